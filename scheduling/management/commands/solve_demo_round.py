"""manage.py solve_demo_round: the demo city's show round, from its first line to its plan in force."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand

from scheduling.management.demo_city import DEMO, seated
from scheduling.management.demo_round import DemoRound
from tenancy.domain.roles import Permission
from tenancy.models import Office


class Command(BaseCommand):
    help = (
        "Set up, release, survey, solve and publish the demo round by the services people use "
        "(after load_demo; workers must be running). Repeating it changes nothing."
    )

    def handle(self, **options: Any) -> None:
        wanted = json.loads((DEMO / "show_round.json").read_text(encoding="utf-8"))
        codes = [office["code"] for office in wanted["offices"]]
        offices = {office.code: office for office in Office.objects.filter(code__in=codes)}
        actors = {code: list(seated(offices[code])) for code in codes}
        [scheduler] = [a for a in actors["zhoushan"] if a.may(Permission.EDIT_ROUND)]
        [director] = [a for a in actors["zhoushan"] if a.may(Permission.PUBLISH_PLAN)]
        directors = {
            code: actor
            for code, people in actors.items()
            for actor in people
            if actor.may(Permission.RELEASE_PEOPLE)
        }
        DemoRound(wanted, offices, directors, scheduler, director, self.stdout.write).play()
