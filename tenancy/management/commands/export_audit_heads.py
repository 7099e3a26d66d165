from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kernel.clock import now
from tenancy.audit_chain import heads
from tenancy.audit_heads import key_id, public_half, sign


class Command(BaseCommand):
    help = (
        "Sign where every stream of every audit chain stands, and append that to FILE, a line each. The"
        " file belongs on another machine; `verify_audit --heads FILE` holds the chains against"
        " it. Run it every hour. As the auditor (xuncha_audit)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options: Any) -> None:
        if not settings.AUDIT_SIGNING_KEY:
            raise CommandError("AUDIT_SIGNING_KEY is not set. See deploy/README.md.")
        signed = sign(heads(), seed=settings.AUDIT_SIGNING_KEY, at=now())
        try:
            with file.open("a", encoding="utf-8") as out:
                out.writelines(f"{one.line()}\n" for one in signed)
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror}.") from error
        public = public_half(settings.AUDIT_SIGNING_KEY)
        self.stdout.write(
            f"{len(signed)} heads, signed with key {key_id(public)} (public: {public.hex()})"
        )
