from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tenancy.audit_chain import ChainReport, verify_chains


class Command(BaseCommand):
    help = (
        "Walk every audit chain and name the first line that is not as it was written. Prints"
        " the heads: kept on another machine, they show also that a whole chain was rewritten."
        " Reads only. As the owner."
    )

    def handle(self, **options: Any) -> None:
        broken = []
        for report in verify_chains():
            self.stdout.write(self._line(report))
            if report.verdict.fault is not None:
                broken.append(report)
        if broken:
            raise CommandError(f"{len(broken)} chain(s) are broken. See above.", returncode=1)

    def _line(self, report: ChainReport) -> str:
        fault = report.verdict.fault
        if fault is not None:
            return f"{report.name}: line {fault.seq} {fault.what}."
        head = report.head.hash.hex() if report.head else "-"
        return f"{report.name}: {report.verdict.length} lines, head {head}"
