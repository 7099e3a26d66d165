from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tenancy.catalogue import Fence, fences


class Command(BaseCommand):
    help = "Show how each table of offices is fenced, and who may what on it. Reads only."

    def handle(self, **options: Any) -> None:
        rows = list(fences())
        width = max(len(row.table) for row in rows)
        self.stdout.write(f"{'table':{width}}  {'fenced':8}{'app may':60}worker may")
        for row in rows:
            self.stdout.write(self._line(row, width))
        open_ones = [row for row in rows if row.gaps]
        if open_ones:
            raise CommandError(
                "\n".join(f"{row.table}: {'; '.join(row.gaps)}." for row in open_ones),
                returncode=1,
            )
        self.stdout.write(f"{len(rows)} tables, all fenced.")

    def _line(self, row: Fence, width: int) -> str:
        fenced = "NO" if row.gaps else "yes"
        return f"{row.table:{width}}  {fenced:8}{row.app_may or '-':60}{row.worker_may or '-'}"
