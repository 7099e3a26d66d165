"""manage.py load_demo: the demo city's offices, accounts and workbooks."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from scheduling.management.demo_city import DEMO, load_city


class Command(BaseCommand):
    help = (
        "Make the demo city: five offices, one account per role, rosters and lists of units by "
        "the same import that people use (a worker must be running), and a past term's figures. "
        "Repeating it changes nothing."
    )

    def handle(self, **options: Any) -> None:
        load_city(self.stdout.write)
        call_command("import_history", "shengsi", DEMO / "workbooks" / "嵊泗县-历史数据.xlsx")
