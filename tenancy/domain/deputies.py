"""Who may stand in for whom, for how long, and what is never passed on. Pure.

The database says the same (migration 0061): a rule here is a sentence for people, there a lock.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from kernel.text import Text
from tenancy.domain.roles import Permission, Role, permissions_of
from tenancy.domain.seats import SeatFact

LONGEST_DAYS = 90

# The seats in which an office does its daily work: theirs can be stood in for, and whoever stands
# in holds one of them. The recusal officer's cannot: kin and careers are for the officer by name.
# Nor what other bodies hold in the office's fence, nor a team's seats, which the plan gives.
POSTS = frozenset({Role.SCHEDULER, Role.CITY_DIRECTOR, Role.COUNTY_DIRECTOR, Role.COUNTY_CLERK})

# What stays with the person: giving rights, standing in, reading what others did, and secrets.
NEVER_PASSED_ON = frozenset(
    {
        Permission.PROPOSE_SEATS,
        Permission.TRANSFER_SEATS,
        Permission.DECIDE_SEATS,
        Permission.NAME_DEPUTY,
        Permission.NAME_HANDLERS,
        Permission.LINK_ACCOUNTS,
        Permission.PROPOSE_AUTHORISATION,
        Permission.GRANT_AUTHORISATION,
        Permission.END_AUTHORISATION,
        Permission.VIEW_OWN_RECORD,
        Permission.MANAGE_WEBHOOKS,
        Permission.ASK_EMERGENCY,
        Permission.CONFIRM_EMERGENCY,
        Permission.EXPORT_UNMASKED,
        Permission.HANDLE_CLUE,
        Permission.WATCH_CLUES,
        Permission.NAME_CUSTODIANS,
        Permission.DEAL_WITH_INTERFERENCE,
        Permission.OPEN_ORIGINALS,
        Permission.MAKE_PACKAGES,
        Permission.TAKE_IN_PACKAGES,
        Permission.KEEP_PACKAGE_KEYS,
        Permission.APPROVE_SHARES,
        Permission.DECIDE_SHARES,
        Permission.APPROVE_CLUE_SHARES,
        Permission.WATCH_CLUE_SHARES,
        Permission.READ_SHARED_VIEWS,
        Permission.MANAGE_OFFICES,
        Permission.MANAGE_ACCOUNTS,
        Permission.SET_SECURITY,
        Permission.READ_ALL_RECORDS,
        Permission.EXPORT_RECORDS,
    }
)


class Unfit(StrEnum):
    """Why somebody does not stand in for somebody."""

    ONESELF = "oneself"
    NO_POST = "no_post"
    OF_A_DEPUTY = "of_a_deputy"
    NOT_OF_THE_OFFICE = "not_of_the_office"
    TERM = "term"
    AFTER_THE_SEAT = "after_the_seat"
    TAKEN = "taken"


UNFIT: Mapping[Unfit, Text] = MappingProxyType(
    {
        Unfit.ONESELF: Text(
            zh="不能指定本人代理自己的岗位。", en="Nobody stands in for themselves."
        ),
        Unfit.NO_POST: Text(
            zh="该岗位不能代理：只有巡察办主任、排期员和经办人的岗位可以代理。",
            en="This seat is not stood in for: only those of directors, schedulers and clerks are.",
        ),
        Unfit.OF_A_DEPUTY: Text(
            zh="代理人不得再指定代理人。", en="Nobody stands in for somebody's deputy."
        ),
        Unfit.NOT_OF_THE_OFFICE: Text(
            zh="代理人须自代理起始日起在同一单位任巡察办主任、排期员或经办人。",
            en="A deputy is a director, scheduler or clerk of the same office from the first day.",
        ),
        Unfit.TERM: Text(
            zh="代理须有期限，最长 90 天，届满日期须晚于起始日期。",
            en="A deputy has a term of at most 90 days, which ends after it begins.",
        ),
        Unfit.AFTER_THE_SEAT: Text(
            zh="代理期限不能超出被代理岗位的任期。",
            en="A deputy's term lies within that of the seat.",
        ),
        Unfit.TAKEN: Text(
            zh="该岗位在这段时间里已有代理人。", en="The seat has a deputy at that time already."
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat as far as deputies go. `stands_for`: the number of the seat that it deputises."""

    number: int
    held: SeatFact
    stands_for: int | None = None


def passed_on(
    role: Role, kind: str, withheld: Collection[Permission] = ()
) -> frozenset[Permission]:
    """What a deputy may in the name of this seat: less than its holder, always."""
    if role not in POSTS:
        return frozenset()
    return permissions_of([role], kind) - NEVER_PASSED_ON - frozenset(withheld)


def withholdable(role: Role, kind: str) -> frozenset[Permission]:
    """What a proposal may hold back: acts. Whoever stands in reads what the seat reads."""
    return frozenset(one for one in passed_on(role, kind) if not one.startswith("view_"))


def unfit(
    principal: Seat,
    person: int,
    since_on: date,
    until_on: date,
    *,
    held: Collection[Seat],
) -> Unfit | None:
    """Why `person` cannot stand in for that seat then; None: they can. `held`: all seats there are."""
    seat = principal.held
    if principal.stands_for is not None:
        return Unfit.OF_A_DEPUTY
    if seat.role not in POSTS:
        return Unfit.NO_POST
    if person == seat.person:
        return Unfit.ONESELF
    if not since_on < until_on <= since_on + timedelta(days=LONGEST_DAYS):
        return Unfit.TERM
    if since_on < seat.since_on or (seat.until_on is not None and until_on > seat.until_on):
        return Unfit.AFTER_THE_SEAT
    if not any(_is_of_the_office(one, seat.office, person, since_on) for one in held):
        return Unfit.NOT_OF_THE_OFFICE
    wanted = SeatFact(person, seat.office, seat.role, since_on, until_on)
    if any(one.stands_for == principal.number and one.held.overlaps(wanted) for one in held):
        return Unfit.TAKEN
    return None


def deputy_title(principal: str, seat: Text) -> Text:
    """What the deputy's hat is called."""
    return Text(
        zh=f"代{principal}（{seat['zh']}）",
        en=f"{seat['en']}, for {principal}",
    )


def end_of(deputy: Seat, principal_ends: date | None, own_post_ends: date | None) -> date | None:
    """The first day without the deputy: the term's, or that of whichever seat ends before."""
    ends = [deputy.held.until_on, principal_ends, own_post_ends]
    return min((day for day in ends if day is not None), default=None)


def _is_of_the_office(seat: Seat, office: int, person: int, on: date) -> bool:
    fact = seat.held
    return (
        seat.stands_for is None
        and (fact.person, fact.office) == (person, office)
        and fact.role in POSTS
        and fact.since_on <= on
        and (fact.until_on is None or on < fact.until_on)
    )
