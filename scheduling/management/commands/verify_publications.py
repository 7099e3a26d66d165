"""manage.py verify_publications: is every published plan still what was published?"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from scheduling.selectors.publication_checks import checked_publications


class Command(BaseCommand):
    help = (
        "Compute the hash of every published document again, and compare the plan's rows and the"
        " counties' extracts with it. One line a publication. Reads only. As the owner. Exit"
        " status 1 when something is not as it was published."
    )

    def handle(self, **options: Any) -> None:
        broken = 0
        for check in checked_publications():
            verdict = "; ".join(check.faults) or f"as published, {check.plan_sha256}"
            self.stdout.write(f"{check.office}, {check.round}, version {check.number}: {verdict}.")
            broken += bool(check.faults)
        if broken:
            raise CommandError(
                f"{broken} publication(s) are not as published. See above.", returncode=1
            )
