from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from tenancy.audit_chain import ChainReport, verify_chains
from tenancy.audit_heads import NotSigned, check, public_half
from tenancy.domain.chain import Head
from tenancy.domain.heads import NoHead, heads_by_stream, must_be_whole, read


class Command(BaseCommand):
    help = (
        "Walk every stream of every audit chain and name stream and first line that is not as it was written. With"
        " --heads FILE (made by export_audit_heads, kept on another machine) it finds also that a"
        " chain was rewritten together with its head, or that an old backup was put back. Reads"
        " only. As the auditor (xuncha_audit)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--heads", type=Path, help="the file of heads that was kept")
        parser.add_argument(
            "--public-key", help="the key that must have signed them, in hexadecimal"
        )

    def handle(
        self, *, heads: Path | None = None, public_key: str | None = None, **options: Any
    ) -> None:
        broken = []
        for report in verify_chains(_kept(heads, public_key) if heads else {}):
            if report.verdict.fault is not None or report.verdict.length:
                self.stdout.write(self._line(report))
            if report.verdict.fault is not None:
                broken.append(report)
        if broken:
            raise CommandError(f"{len(broken)} stream(s) are broken. See above.", returncode=1)

    def _line(self, report: ChainReport) -> str:
        fault = report.verdict.fault
        if fault is not None:
            return f"{report.name}: line {fault.seq} {fault.what}."
        head = report.head.hash.hex() if report.head else "-"
        return f"{report.name}: {report.verdict.length} lines, head {head}"


def _kept(file: Path, public_key: str | None) -> Mapping[tuple[int, int], Sequence[Head]]:
    """The heads of the file, when all are signed with the key that we trust."""
    try:
        found = read(file.read_text(encoding="utf-8").splitlines())
        check(found, public=_trusted(public_key))
        must_be_whole(found)
    except (OSError, UnicodeDecodeError, NoHead, NotSigned) as error:
        raise CommandError(f"The kept heads are of no use: {error}", returncode=2) from error
    if not found:
        raise CommandError("The kept heads are of no use: the file is empty.", returncode=2)
    return heads_by_stream(found)


def _trusted(public_key: str | None) -> bytes:
    if public_key is None:
        if not settings.AUDIT_SIGNING_KEY:
            raise CommandError("Name the key with --public-key, or set AUDIT_SIGNING_KEY.")
        return public_half(settings.AUDIT_SIGNING_KEY)
    try:
        key = bytes.fromhex(public_key)
    except ValueError:
        key = b""
    if len(key) != 32:
        raise CommandError("--public-key must be 32 bytes in hexadecimal (64 digits).")
    return key
