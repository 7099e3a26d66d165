"""manage.py load_dictionaries: the demo's categories, rules and contacts."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from sharing.management.demo_dictionaries import load_dictionaries


class Command(BaseCommand):
    help = (
        "Give the demo city its categories and rules, issue them to its counties, and name who "
        "speaks for a unit. After load_demo; repeating it changes nothing."
    )

    def handle(self, **options: Any) -> None:
        load_dictionaries(self.stdout.write)
