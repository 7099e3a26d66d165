"""manage.py authorise_demo_team: a team of the demo's published round at work, with two accounts."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from scheduling.management.demo_city import seated
from sharing.management.demo_digests import publish_past_digests
from sharing.management.demo_team import DemoTeam
from tenancy.domain.roles import Permission
from tenancy.models import Office


class Command(BaseCommand):
    help = (
        "Propose and authorise one team of the demo's round by the services people use, and give a "
        "leader and a member of it accounts (after solve_demo_round). Repeating it changes nothing."
    )

    def handle(self, **options: Any) -> None:
        offices = Office.objects.exclude(kind=Office.Kind.PLATFORM)
        everybody = [actor for office in offices for actor in seated(office)]
        [city] = [one for one in everybody if one.may(Permission.PROPOSE_AUTHORISATION)]
        directors = {one.tenant_id: one for one in everybody if one.may(Permission.LINK_ACCOUNTS)}
        for line in DemoTeam(city, directors).play():
            self.stdout.write(line)
        [publisher] = [one for one in everybody if one.may(Permission.PUBLISH_DIGEST)]
        for line in publish_past_digests(publisher):
            self.stdout.write(line)
