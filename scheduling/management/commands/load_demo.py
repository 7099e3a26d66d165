"""manage.py load_demo: the demo city's offices, accounts and workbooks."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from scheduling.management.demo_city import DEMO, load_accounts, load_city


class Command(BaseCommand):
    help = (
        "Make the demo city: five offices, one account per role, rosters and lists of units by "
        "the same import that people use (a worker must be running), a past term's figures, "
        "categories, rules and contacts. "
        "Repeating it changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--accounts",
            action="store_true",
            help="Only who is missing of those on the card, and their offices.",
        )

    def handle(self, *, accounts: bool, **options: Any) -> None:
        if accounts:
            load_accounts()
            return
        load_city(self.stdout.write)
        call_command("import_history", "shengsi", DEMO / "workbooks" / "嵊泗县-历史数据.xlsx")
        call_command("load_dictionaries", stdout=self.stdout)
