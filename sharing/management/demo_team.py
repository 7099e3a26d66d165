"""One team of the demo's published round, authorised by the people whose step each is."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction

from kernel.clock import today
from scheduling.access.publications import publications_visible_to
from scheduling.access.rosters import people_visible_to
from scheduling.management.demo_city import DEMO, seated
from scheduling.selectors.published_teams import published_teams
from sharing.access.authorisations import requests_visible_to
from sharing.management.demo_cast import city_of, county_of
from sharing.management.demo_corroboration import compare_clues
from sharing.management.demo_papers import lay_papers
from sharing.management.demo_story import tell_story
from sharing.models.authorisations import AuthorisationRequest
from sharing.services.accounts import link_account
from sharing.services.authorising import grant, propose_team
from tenancy.actor import Actor
from tenancy.context import in_office
from tenancy.models import Office, User

HOST = "dinghai"
DOCUMENT, BODY = "定委〔2026〕28号", "中共舟山市定海区委"
DAYS = 180


@dataclass(frozen=True)
class DemoTeam:
    """`city`: who proposes; `directors`: by the number of their office."""

    city: Actor
    directors: Mapping[int, Actor]

    @transaction.atomic
    def play(self) -> list[str]:
        """What was done, a line each; nothing, where a team was proposed before.

        In one transaction: of a start that is stopped in between, nothing stands. Told in pieces, a
        story of a hundred acts would leave the next start to find out which of them are missing.
        """
        with in_office(self.city.tenant_id, self.city.user_id):
            if requests_visible_to(self.city).exists():
                return []
            asked = self._proposed()
        if asked is None:
            return []
        accounts = json.loads((DEMO / "card.json").read_text(encoding="utf-8"))["team_accounts"]
        lines = [self._seated(account, asked) for account in accounts]
        host = self.directors[asked.tenant_id]
        with in_office(host.tenant_id, host.user_id):
            grant(
                actor=host,
                number=asked.pk,
                document_number=DOCUMENT,
                authorised_by=BODY,
                starts_on=asked.starts_on,
                until_on=asked.until_on,
            )
        in_host = self._of_team(asked.tenant_id, accounts)
        in_city = self._of_team(self.city.tenant_id, accounts)
        if in_host is None or in_city is None:
            return [f"      {asked.team_name} authorised by {host.name} for its term", *lines]
        laid = lay_papers(finder=in_host[0], leader=in_host[1])
        first = f"      {asked.team_name} authorised by {host.name} for its term, {laid} papers"
        county = county_of(seated(Office.objects.get(pk=asked.tenant_id)))
        city = city_of(seated(Office.objects.get(pk=self.city.tenant_id)))
        beside = [county_of(seated(one)) for one in self._beside(asked.tenant_id)]
        told = tell_story(county, city, beside, in_host=in_host, in_city=in_city)
        if told:
            hits = compare_clues(city, county)
            told.append(f"      {hits} offices told that another may hold a related clue")
        return [first, *told, *lines]

    def _beside(self, host: int) -> Sequence[Office]:
        """The city's other counties; first the one that has most accounts."""
        others = Office.objects.filter(parent_id=self.city.tenant_id, kind=Office.Kind.COUNTY)
        return list(others.exclude(pk=host).order_by("-pk"))

    def _of_team(
        self, office: int, accounts: Sequence[Mapping[str, str]]
    ) -> tuple[Actor, Actor] | None:
        """Member and leader as guests of that office; None where one of them has no seat."""
        of_team: dict[str, Actor] = {}
        for account in accounts:
            user = User.objects.get(username=account["username"])
            with in_office(office, user.pk):
                actor = Actor.seated(user_id=user.pk, tenant_id=office)
            if actor is not None:
                of_team[account["place"]] = actor
        if set(of_team) != {"leader", "member"}:
            return None
        return of_team["member"], of_team["leader"]

    def _proposed(self) -> AuthorisationRequest | None:
        made = publications_visible_to(self.city).in_force().order_by("-pk").first()
        if made is None:
            return None
        host = Office.objects.get(code=HOST).pk
        teams = [team for team in published_teams(self.city, made.pk) if team.host == host]
        if not teams:
            return None
        return propose_team(
            actor=self.city,
            publication=made.pk,
            host=host,
            team=teams[0].code,
            starts_on=today(),
            until_on=today() + timedelta(days=DAYS),
        )

    def _seated(self, account: Mapping[str, str], asked: AuthorisationRequest) -> str:
        """An account in the name of somebody of the team, linked by their own director."""
        person: Mapping[str, Any] = next(
            one for one in asked.people if one["role"] == account["place"]
        )
        director = self.directors[person["origin"]]
        user, is_new = User.objects.get_or_create(
            username=account["username"], defaults={"display_name": person["name"]}
        )
        if is_new:
            user.set_password(account["password"])
            user.save(update_fields=["password"])
        with in_office(director.tenant_id, director.user_id):
            row = people_visible_to(director).get(number=person["number"])
            link_account(actor=director, number=row.pk, username=account["username"])
        return f"      {account['role']} {person['name']}: {account['username']}"
