"""The county of the seed essay: 14 units, 166 problems in 7 classes, 11 common items with 22 problems
to 11 departments by letter with terms, 10 lead-handling letters, a look-back of 11 villages."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from sharing.domain.letters import LetterKind
from sharing.domain.look_backs import drawn
from sharing.models.rectification import RectificationItem
from sharing.selectors.letters import Sieve, inbox_part, letters_part
from sharing.selectors.rectification import items_part
from sharing.selectors.rectification_board import board
from sharing.selectors.rectification_desks import cases_part, talks_part
from sharing.services.joint_cases import open_case
from sharing.services.letters import LetterDraft, act_on_letter, draft_letter, reply_to_letter
from sharing.services.looking_back import act_on_look_back, plan_look_back
from sharing.services.rectifying import Issue, assign_from_feedback
from tenancy.domain.roles import Role
from tenancy.models import Membership, User
from tenancy.paging import Window
from tests.integration.sharing.county import County, settled
from tests.people import SEATED_SINCE
from tests.teams import Team

SERVED = date(2018, 1, 8)
UNITS, PROBLEMS, CLASSES = 14, 166, 7
COMMON, IN_COMMON, DEPARTMENTS, LEADERS, VILLAGES = 11, 22, 11, 10, 11
ALL = Window(200)


def test_the_county_of_the_seed(team: Team) -> None:
    county = settled(team, units=UNITS + DEPARTMENTS)
    leaders = ten_leaders(county)
    items = feed_back(county, leaders)
    assert len(items) == PROBLEMS
    assert len({item.category for item in items}) == CLASSES
    five = Counter(item.category for item in items)
    assert sum(sorted(five.values())[2:]) == 132

    cases = common_problems(county, items, leaders)
    letters = tell_departments(county, cases)
    leads = hand_to_leaders(county, leaders)

    assert len(county.sees("lin", cases_part, ALL).lines) == COMMON
    assert [letter.number for letter in letters] == list(range(1, DEPARTMENTS + 1))
    assert [letter.number for letter in leads] == list(range(1, LEADERS + 1))
    assert all(letter.due_on > letter.signed_on for letter in (*letters, *leads))
    waiting = county.sees("lin", letters_part, ALL, Sieve(state="sent")).lines
    assert len(waiting) == DEPARTMENTS + LEADERS
    assert len(county.sees("bai", inbox_part, ALL).lines) == 1
    county.by("bai", act_on_letter, number=leads[0].pk, act="received")
    county.by("bai", reply_to_letter, number=leads[0].pk, text="已领办。")

    found = county.sees("lin", board)
    assert (found.all.total, len(found.units), len(found.leaders)) == (PROBLEMS, UNITS, LEADERS)
    assert found.all.overdue == PROBLEMS, "it was fed back years ago"
    assert found.talks_left == 2 * UNITS
    assert len(county.sees("lin", talks_part, ALL, True).lines) == 2 * UNITS
    assert len(county.sees("lin", items_part, ALL).lines) == PROBLEMS
    look_back(county)


def ten_leaders(county: County) -> list[str]:
    """bai and nine more, by the codes that letters name them with."""
    bai = county.actor("bai")
    numbers = [bai.person_id]
    with county.team.django_as("owner"):
        for number in range(9201, 9201 + LEADERS - 1):
            User(pk=number, username=f"l{number}", display_name=f"领导{number}", password="!").save(
                force_insert=True
            )
            Membership.objects.create(
                tenant_id=bai.tenant_id, user_id=number, role=Role.COUNTY_LEADER,
                since_on=SEATED_SINCE,
            )  # fmt: skip
            numbers.append(number)
    return [f"leader:{number}" for number in numbers]


def feed_back(county: County, leaders: list[str]) -> list[RectificationItem]:
    """166 problems to 14 units: five classes hold 132 of them, two the other 34."""
    sizes = [28, 27, 26, 26, 25, 17, 17]
    classes = [f"第{n}类" for n, size in enumerate(sizes, start=1) for _ in range(size)]
    made: list[RectificationItem] = []
    for unit in range(UNITS):
        mine = [(n, one) for n, one in enumerate(classes) if n % UNITS == unit]
        made += county.by(
            "wu", assign_from_feedback, unit_code=f"U{unit + 1:02d}", round_name="第一、二轮",
            served_on=SERVED, leader=leaders[unit % LEADERS],
            issues=[Issue(f"具体问题{n}", one, "working_paper", n + 1) for n, one in mine],
        )  # fmt: skip
    return made


def common_problems(county: County, items: list[RectificationItem], leaders: list[str]) -> Any:
    """11 common items of two concrete problems each, of different units."""
    pairs = [(items[n], items[-1 - n]) for n in range(COMMON)]
    assert 2 * len(pairs) == IN_COMMON
    return [
        county.by(
            "wu", open_case, title=f"共性问题{n}", leader=leaders[n % LEADERS],
            departments=f"第{UNITS + n + 1}单位", items=[one.pk for one in pair],
        )
        for n, pair in enumerate(pairs)
    ]  # fmt: skip


def tell_departments(county: County, cases: Any) -> list[Any]:
    return [
        out(county, LetterKind.NOTIFICATION, f"unit:U{UNITS + n + 1:02d}", case.pk, "lin")
        for n, case in enumerate(cases)
    ]


def hand_to_leaders(county: County, leaders: list[str]) -> list[Any]:
    return [out(county, LetterKind.LEAD_HANDLING, leader, None, "he") for leader in leaders]


def out(county: County, kind: LetterKind, to: str, case: int | None, signer: str) -> Any:
    """Drafted, handed in, signed by whose it is, sent."""
    draft = LetterDraft(to, "关于整改有关问题的函")
    letter = county.by("wu", draft_letter, kind=kind, draft=draft, case=case)
    for who, act in (("wu", "handed_in"), (signer, "signed"), ("wu", "sent")):
        letter = county.by(who, act_on_letter, number=letter.pk, act=act)
    return letter


def look_back(county: County) -> None:
    villages = [f"第{n}村" for n in range(1, 60)]
    back = county.by(
        "wu", plan_look_back, title="村级巡察回头看", population=villages, count=VILLAGES,
        seed="2016年全覆盖", units=["U01", "U02"],
    )  # fmt: skip
    back = county.by("wu", act_on_look_back, number=back.pk, act="sampled")
    back = county.by("he", act_on_look_back, number=back.pk, act="approved")

    assert back.drawn == drawn(villages, VILLAGES, "2016年全覆盖")
    assert (len(back.drawn), back.state) == (VILLAGES, "approved")
    assert back.unit_codes == ["U01", "U02"]
