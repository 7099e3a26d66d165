"""The facts that decide whether a plan may take its next step, from the rows, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kernel.text import Text
from scheduling.access.publications import barred_people
from scheduling.domain.duties import duty_faults
from scheduling.domain.publishing import STANDING, Clash, Facts
from scheduling.domain.rules import RULE_BY_CODE
from scheduling.domain.rules.fingerprint import rules_sha256
from scheduling.mapping.basis import basis_of
from scheduling.mapping.questions import masked_problem
from scheduling.mapping.schedules import duties_of, schedule_of
from scheduling.models.declarations import Declaration, DeclarationWithdrawal
from scheduling.models.pins import RoundPin
from scheduling.models.plans import Plan, PlanSeat, PlanVisit
from scheduling.models.publications import Booking, Publication
from scheduling.models.releases import Release, ReleasedPerson, ReportedUnit, StaleNotice
from scheduling.selectors.requests import asked_about


def facts_of(plan: Plan) -> Facts:
    """Everything, as it stands at this moment. A constant number of queries."""
    rows = _Rows.of(plan)
    verdict = plan.verdict or {}
    is_checked = bool(verdict) and verdict.get("revision") == plan.revision
    gone = list(_gone(plan, rows))
    asked = asked_about(plan).values() if plan.state in STANDING else ()
    return Facts(
        is_checked=is_checked,
        breaches=[_breach(entry) for entry in verdict.get("breaches", ())] if is_checked else (),
        changed=list(_changed(plan)) if is_checked and not is_current(plan) else None,
        gone=gone,
        stale=_stale(plan, rows),
        suspended=_suspended(plan, rows),
        duties=() if gone else list(_duties(plan)),
        clashes=list(_clashes(plan, rows)),
        unanswered=[
            one.request.tenant.short_name
            for one in asked
            if one.request.people and one.answer is None
        ],
        objecting={
            one.request.tenant.short_name: one.objections
            for one in asked
            if one.request.people and one.objections
        },
    )


def is_current(plan: Plan) -> bool:
    """Whether the verdict is of this revision, of these rules, and of the round as it stands."""
    verdict = plan.verdict
    return bool(
        verdict
        and verdict.get("revision") == plan.revision
        and verdict.get("input_unchanged", True)
        and verdict.get("rules_sha256") == rules_sha256()
        and verdict.get("basis") == basis_of(plan.round)
    )


@dataclass(frozen=True)
class _Rows:
    seats: Sequence[PlanSeat]
    visits: Sequence[PlanVisit]

    @classmethod
    def of(cls, plan: Plan) -> _Rows:
        own = {"tenant_id": plan.tenant_id, "plan": plan}
        seats = PlanSeat.objects.filter(**own).select_related("person__sender", "team")
        visits = PlanVisit.objects.filter(**own).select_related("unit__sender")
        return cls(list(seats.order_by("team__position", "pk")), list(visits.order_by("pk")))

    def days_of(self) -> Mapping[int, tuple[date, date]]:
        """By team, as a booking has them: from the first day to the last."""
        days: dict[int, tuple[date, date]] = {}
        for visit in self.visits:
            first, last = days.get(visit.team_id, (visit.starts_on, visit.ends_on))
            days[visit.team_id] = (min(first, visit.starts_on), max(last, visit.ends_on))
        return days


def _breach(entry: Mapping[str, object]) -> Text:
    rule = RULE_BY_CODE.get(str(entry["code"]))
    title = Text(zh="方案自报的指标", en="the plan's own figures") if rule is None else rule.title
    names = [str(name) for name in entry["names"]]  # type: ignore[attr-defined]
    return Text(
        zh=f"{title.zh}（{'、'.join(names)}）" if names else title.zh,
        en=f"{title.en} ({', '.join(names)})" if names else title.en,
    )


def _gone(plan: Plan, rows: _Rows) -> Iterator[str]:
    standing = Release.objects.filter(tenant_id=plan.tenant_id, round_id=plan.round_id).standing()
    own = {"tenant_id": plan.tenant_id, "release__in": standing}
    people = set(ReleasedPerson.objects.filter(**own).values_list("sender_id", "number"))
    units = set(
        ReportedUnit.objects.filter(**own, inspectable=True).values_list("sender_id", "code")
    )
    for seat in rows.seats:
        if (seat.person.sender_id, seat.person.number) not in people:
            yield _named(seat)
    for visit in rows.visits:
        if (visit.unit.sender_id, visit.unit.code) not in units:
            yield visit.unit.name


def _stale(plan: Plan, rows: _Rows) -> Mapping[str, int]:
    """Of the seated, by office: of others it does not matter that home has moved on.

    What counts is the release that stands: a check moves the seats to it.
    """
    standing = Release.objects.filter(tenant_id=plan.tenant_id, round_id=plan.round_id).standing()
    stale = StaleNotice.objects.filter(tenant_id=plan.tenant_id, person__release__in=standing)
    seated = {(seat.person.sender_id, seat.person.number) for seat in rows.seats}
    named = stale.order_by("sender__name_key").values_list(
        "sender_id", "person__number", "sender__short_name"
    )
    return dict(Counter(name for office, number, name in named if (office, number) in seated))


def _suspended(plan: Plan, rows: _Rows) -> list[str]:
    barred = barred_people(plan)
    return [_named(seat) for seat in rows.seats if seat.person_id in barred]


def _duties(plan: Plan) -> Iterator[Text]:
    if plan.question is None:
        return
    problem = masked_problem(plan.question)
    for fault in duty_faults(problem, schedule_of(plan), duties_of(plan)):
        yield fault.says


def _clashes(plan: Plan, rows: _Rows) -> Iterator[Clash]:
    days = rows.days_of()
    if not days:
        return
    booked = (
        Booking.objects.in_force()
        .filter(
            tenant_id=plan.tenant_id,
            starts_on__lte=max(last for _, last in days.values()),
            ends_on__gte=min(first for first, _ in days.values()),
        )
        .exclude(publication__round_id=plan.round_id)
        .select_related("inspector", "publication__round")
        .order_by("starts_on", "pk")
    )
    seats = {(seat.person.sender_id, seat.person.number): seat for seat in rows.seats}
    for booking in booked:
        seat = seats.get((booking.inspector.office_id, booking.inspector.number))
        first, last = days.get(seat.team_id, (None, None)) if seat else (None, None)
        if seat and first and last and booking.starts_on <= last and booking.ends_on >= first:
            yield Clash(
                seat.person.name,
                seat.person.sender.short_name,
                booking.publication.round.name,
                booking.starts_on,
                booking.ends_on,
            )


def _named(seat: PlanSeat) -> str:
    return f"{seat.person.name}（{seat.person.sender.short_name}，{seat.team.name}）"


# --- What changed since the verdict ---------------------------------------------------------


def _changed(plan: Plan) -> Iterator[Text]:
    """As far as rows with a time can tell; an empty answer says only that it is not the same."""
    since = datetime.fromisoformat((plan.verdict or {})["checked_at"])
    own = {"tenant_id": plan.tenant_id, "round_id": plan.round_id}
    stale = StaleNotice.objects.filter(
        tenant_id=plan.tenant_id, person__round_id=plan.round_id, at__gte=since
    )
    for office in _offices(stale):
        yield Text(zh="{office}的放行已过时", en="a release of {office} is out of date").format(
            office=office
        )
    for office in _offices(Release.objects.filter(**own, released_at__gte=since)):
        yield Text(zh="{office}重新放行或撤回", en="{office} released anew or withdrew").format(
            office=office
        )
    declared = Declaration.objects.filter(**own)
    taken_back = DeclarationWithdrawal.objects.filter(
        tenant_id=plan.tenant_id, declaration__round_id=plan.round_id, at__gte=since
    )
    for office in _offices(declared.filter(declared_at__gte=since)):
        yield Text(zh="{office}作了申报", en="{office} made a declaration").format(office=office)
    for office in _offices(taken_back):
        yield Text(zh="{office}撤回了申报", en="{office} took a declaration back").format(
            office=office
        )
    if plan.round.changed_at >= since:
        yield Text(zh="轮次的设置有改动", en="the round's settings were changed")
    if RoundPin.objects.filter(**own, set_at__gte=since).exists():
        yield Text(zh="增加了固定安排", en="a pin was set")
    others = Publication.objects.filter(tenant_id=plan.tenant_id, published_at__gte=since)
    for name in sorted(
        set(others.exclude(round_id=plan.round_id).values_list("round__name", flat=True))
    ):
        yield Text(zh="“{round}”已公布", en="“{round}” was published").format(round=name)


def _offices(rows: object) -> Sequence[str]:
    """The senders of delivered rows, each once."""
    named = rows.values_list("sender__short_name", flat=True)  # type: ignore[attr-defined]
    return sorted(set(named))
