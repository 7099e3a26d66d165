"""Grants from the first county of a city to its second: in force, taken back, over, undecided, refused,
and of a clue. What was never shown, or is shown no more, is a canary of the owner alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db import connection

from kernel.clock import frozen, today
from sharing.access.shares import digest_of, shown_to
from sharing.domain.disclosures import Way
from sharing.domain.grants import Purpose
from sharing.domain.letters import LetterKind
from sharing.domain.shared_views import Redaction, Shareable
from sharing.models.office_clues import OfficeClue
from sharing.models.share_grants import ShareGrant, ShownView
from sharing.services import clues, handing_over
from sharing.services.asking_for_shares import Asked, ask_for_shares
from sharing.services.clues import ClueDraft
from sharing.services.deciding_on_shares import (
    approve_share,
    refuse_share,
    take_share_back,
    tell_of_destruction,
)
from sharing.services.letters import LetterDraft, act_on_letter, draft_letter
from sharing.services.preparing_shares import Chosen, Terms, prepare_share
from sharing.services.share_groups import keep_group, offer_to_group
from sharing.services.showing_views import note_from_view, show_view
from tenancy.actor import Actor
from tenancy.domain.roles import Role
from tests.integration.scheduling.world import acting
from tests.security.canaries import Canaries

RoleSwitch = Callable[[str], AbstractContextManager[None]]
HIDDEN_OF_A_LETTER = Redaction(frozenset({"body"}))
HIDDEN_OF_A_CLUE = Redaction(frozenset({"subject", "post", "unit", "evidence"}))
OF_LETTERS = ("county_director", "county_clerk", "leading_group")
OF_CLUES = ("county_director", "discipline_body")
MET_ON = date(2026, 9, 1)


@dataclass(frozen=True)
class Neighbours:
    """`owner` and `receiver`: codes of two counties of `city`."""

    city: str
    owner: str
    receiver: str
    actors: Mapping[str, Actor]
    mark: Canaries
    django_as: RoleSwitch

    def who(self, role: Role, office: str = "") -> Actor:
        return self.actors[f"{office or self.owner}/{role}"]

    @property
    def director(self) -> Actor:
        return self.who(Role.COUNTY_DIRECTOR)

    @property
    def reader(self) -> Actor:
        return self.who(Role.COUNTY_DIRECTOR, self.receiver)

    def said(self, what: str) -> str:
        """What both sides and the city above are told of a grant."""
        city = self.who(Role.CITY_DIRECTOR, self.city).tenant_id
        return self.mark.told_to(
            {self.reader.tenant_id, city}, self.director.tenant_id, "own", f"share: {what}"
        )

    def own(self, what: str, actor: Actor | None = None) -> str:
        return self.mark((actor or self.director).tenant_id, "own", f"share: {what}")


def lay_shares(between: Neighbours) -> None:
    """By the services. The database asks its own clock until when something is read."""
    clue = Chosen(Shareable.CLUE, _clue(between), HIDDEN_OF_A_CLUE)
    shown = {
        name: Chosen(Shareable.LETTER, _letter(between, name), HIDDEN_OF_A_LETTER)
        for name in ("in force", "taken back", "over", "undecided")
    }
    with frozen(datetime.now(UTC)):
        of_letters = {name: _prepared(between, name, one) for name, one in shown.items()}
        for name in ("in force", "taken back", "over"):
            _approve(between, of_letters[name], Role.COUNTY_DIRECTOR, Role.LEADING_GROUP)
        _refused(between)
        _read_and_noted(between, of_letters["in force"])
        _taken_back(between, of_letters["taken back"])
        _over(between, of_letters["over"])
        in_force, _undecided = (_prepared(between, f"clue {n}", clue) for n in (1, 2))
        _approve(between, in_force, Role.COUNTY_DIRECTOR, Role.DISCIPLINE_BODY)
        _group(between)


def _letter(between: Neighbours, name: str) -> int:
    title = f"title of what is {name}"
    draft = LetterDraft(
        "unit:U1",
        between.said(title) if name == "in force" else between.own(title),
        between.own(f"text of what is {name}"),
    )
    with acting(between.director):
        letter = draft_letter(actor=between.director, kind=LetterKind.NOTIFICATION, draft=draft)
        for act in ("handed_in", "signed", "sent"):
            act_on_letter(actor=between.director, number=letter.pk, act=act)
    return letter.pk


def _clue(between: Neighbours) -> int:
    """Of its words the gist alone leaves the county, and the team that wrote them."""
    leader, member = (
        between.who(role, between.city) for role in (Role.TEAM_LEADER, Role.TEAM_MEMBER)
    )
    director, county = between.director, between.director.tenant_id
    above = between.who(Role.CITY_DIRECTOR, between.city).tenant_id

    def words(what: str) -> str:
        return between.mark(county, "routed", f"shared clue: {what}")

    gist = between.mark.told_to(
        {between.reader.tenant_id, above}, county, "routed", "shared clue: gist"
    )
    draft = ClueDraft(
        subject_name=words("subject"),
        subject_unit=words("unit of the subject"),
        subject_post=words("post of the subject"),
        management_level="county_managed",
        source_kind="files",
        gist=gist,
        evidence=(words("evidence"),),
    )
    with acting(member):
        number = clues.register_clue(actor=member, draft=draft).pk
    with acting(leader):
        clues.judge_clue(actor=leader, number=number, judgement="screened", met_on=MET_ON)
        clues.sign_clue(actor=leader, number=number)
    with acting(director):
        kept = OfficeClue.objects.get(subject_name=draft.subject_name).pk
        handing_over.take_in(actor=director, number=kept)
        handing_over.seal_list(actor=director, clues=[kept])
    return kept


def _asked(between: Neighbours, name: str, kind: Shareable) -> ShareGrant:
    is_clue = kind is Shareable.CLUE
    asked = Asked(
        purpose=Purpose.HANDLING if is_clue else Purpose.PREPARATION,
        basis=between.said(f"basis, {name}"),
        wanted=between.said(f"wanted, {name}"),
        unit=between.said(f"unit, {name}"),
        words=between.said(f"words, {name}"),
        kinds=[kind],
        roles=OF_CLUES if is_clue else OF_LETTERS,
        until_on=today() + timedelta(days=30),
        may_export=True,
    )
    with acting(between.reader):
        [share] = ask_for_shares(
            actor=between.reader, offices=[between.director.tenant_id], asked=asked
        )
    return share


def _prepared(between: Neighbours, name: str, record: Chosen) -> ShareGrant:
    share = _asked(between, name, record.kind)
    terms = Terms(share.roles, share.until_on, may_export=True)
    with acting(between.director):
        return prepare_share(actor=between.director, number=share.pk, records=[record], terms=terms)


def _approve(between: Neighbours, share: ShareGrant, *roles: Role) -> None:
    for role in roles:
        actor = between.who(role)
        with acting(actor):
            approve_share(actor=actor, number=share.pk, seen=digest_of(share))


def _refused(between: Neighbours) -> None:
    share = _asked(between, "refused", Shareable.LETTER)
    reason = between.own("reason of a refusal")
    with acting(between.director):
        refuse_share(actor=between.director, number=share.pk, reason=reason)


def _read_and_noted(between: Neighbours, share: ShareGrant) -> None:
    reader = between.reader
    with acting(reader):
        view = shown_to(reader).get(grant_number=share.pk)
        show_view(actor=reader, number=view.pk, way=Way.PAGE)
        note_from_view(actor=reader, number=view.pk, text=between.own("note of a view", reader))


def _taken_back(between: Neighbours, share: ShareGrant) -> None:
    director, reader = between.director, between.reader
    with acting(director):
        reason = between.own("reason of taking back")
        take_share_back(actor=director, number=share.pk, reason=reason)
    with acting(reader):
        what = between.said("what was destroyed")
        tell_of_destruction(actor=reader, number=share.pk, what=what)


def _over(between: Neighbours, share: ShareGrant) -> None:
    """Yesterday was its last day. The triggers sleep, and no job ends it."""
    with between.django_as("superuser"), connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        ShareGrant.objects.filter(pk=share.pk).update(until_on=today())
        ShownView.objects.filter(grant_number=share.pk).update(until_on=today())


def _group(between: Neighbours) -> None:
    director = between.director
    asked = Asked(
        purpose=Purpose.PREPARATION,
        basis=between.said("basis of an offer"),
        wanted=between.said("wanted of an offer"),
        kinds=[Shareable.LETTER],
        roles=OF_LETTERS,
        until_on=today() + timedelta(days=30),
    )
    with acting(director):
        name = between.own("name of a group")
        group = keep_group(actor=director, name=name, offices=[between.reader.tenant_id])
        offer_to_group(actor=director, number=group.pk, asked=asked)
