"""What the pages of emergency access show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kernel.clock import now
from kernel.text import Text
from scheduling.access.emergencies import access_emergency, emergencies_visible_to
from scheduling.access.rounds import rounds_visible_to
from scheduling.domain.emergencies import State
from scheduling.models.emergencies import EmergencyAccess, EmergencyOpening
from scheduling.models.releases import Release, ReleaseCall, ReleasedPerson
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.models import Office, User

STATES = {
    State.OPEN: ("warn", Text(zh="待确认", en="waits for an answer")),
    State.IN_FORCE: ("good", Text(zh="生效中", en="in force")),
    State.REFUSED: ("quiet", Text(zh="已驳回", en="refused")),
    State.ENDED: ("quiet", Text(zh="已提前结束", en="ended early")),
    State.EXPIRED: ("quiet", Text(zh="已到期", en="over")),
    State.UNANSWERED: ("quiet", Text(zh="逾期未处理", en="nobody answered")),
}


@dataclass(frozen=True, slots=True)
class EmergencyLine:
    number: int
    round_name: str
    asking: str
    owner: str
    reason: str
    asked_by: str
    asked_at: datetime
    decided_by: str
    decided_at: datetime | None
    decision_reason: str
    expires_at: datetime | None
    tone: str
    state: Text
    may_decide: bool
    may_open: bool
    may_end: bool


@dataclass(frozen=True, slots=True)
class EmergencyPage:
    """`people`: number and name of whose record can be opened now; `openings`: what was."""

    line: EmergencyLine
    people: Sequence[tuple[str, str]]
    openings: Sequence[EmergencyOpening]


def emergency_list(actor: Actor) -> Sequence[EmergencyLine]:
    return _lines(actor, emergencies_visible_to(actor))


def emergency_page(actor: Actor, number: int) -> EmergencyPage:
    one = access_emergency(actor, number)
    [line] = _lines(actor, [one])
    opened = EmergencyOpening.objects.filter(emergency_id=one.pk).select_related("opened_by")
    people = _people(one) if line.may_open else []
    return EmergencyPage(line, people, list(opened.order_by("-pk")))


def rounds_and_offices(actor: Actor) -> Sequence[tuple[str, str]]:
    """ "round:office" and its words: every office that was called on for a round of one's own."""
    if not actor.may(Permission.ASK_EMERGENCY):
        return []
    rounds = {one.pk: one.name for one in rounds_visible_to(actor)}
    calls = ReleaseCall.objects.sent_by(actor).filter(round_id__in=rounds)
    pairs = list(calls.order_by("-round_id", "tenant_id").values_list("round_id", "tenant_id"))
    offices = Office.objects.in_bulk({office for _, office in pairs})
    return [
        (f"{round_}:{office}", f"{rounds[round_]} · {offices[office].short_name}")
        for round_, office in pairs
        if office != actor.tenant_id
    ]


def _people(one: EmergencyAccess) -> list[tuple[str, str]]:
    """Of the newest release: the number and the name that the city sees anyway."""
    release = (
        Release.objects.filter(
            tenant_id=one.sender_id, sender_id=one.tenant_id, round_id=one.round_id
        )
        .order_by("-version")
        .first()
    )
    found = ReleasedPerson.objects.filter(tenant_id=one.sender_id, release=release)
    return list(found.order_by("number").values_list("number", "name"))


def _lines(actor: Actor, rows: Sequence[EmergencyAccess]) -> list[EmergencyLine]:
    offices = Office.objects.in_bulk({one.tenant_id for one in rows} | {o.sender_id for o in rows})
    people = User.objects.in_bulk(
        {one.asked_by_id for one in rows} | {one.decided_by_id for one in rows} - {None}
    )
    return [_line(actor, one, offices, people) for one in rows]


def _line(
    actor: Actor,
    one: EmergencyAccess,
    offices: dict[int, Office],
    people: dict[int, User],
) -> EmergencyLine:
    at, access = now(), one.access
    state = access.state(at)
    tone, words = STATES[state]
    decider = people.get(one.decided_by_id or 0)
    may_confirm = actor.may(Permission.CONFIRM_EMERGENCY)
    is_asker = actor.user_id == one.asked_by_id
    return EmergencyLine(
        number=one.pk,
        round_name=one.round_name,
        asking=offices[one.sender_id].short_name,
        owner=offices[one.tenant_id].short_name,
        reason=one.reason,
        asked_by=people[one.asked_by_id].display_name,
        asked_at=one.asked_at,
        decided_by=decider.display_name if decider else "",
        decided_at=one.decided_at,
        decision_reason=one.decision_reason,
        expires_at=one.ended_at or one.expires_at,
        tone=tone,
        state=words,
        may_decide=may_confirm and access.may_be_decided(actor.person_id, at),
        may_open=actor.may(Permission.ASK_EMERGENCY) and access.opens(actor.person_id, at),
        may_end=state is State.IN_FORCE and (may_confirm or is_asker),
    )
