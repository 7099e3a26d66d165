"""The tables of the city digest, and nothing besides. What is not declared here cannot be asked.

Every table crosses one thing with the county. Two things crossed with each other and both with the county
would be a ring (`tables`), and most of its counts small.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from kernel.text import Text
from sharing.domain.digest.publishing import COUNTY
from sharing.domain.digest.tables import Dimension, Table, Value
from sharing.domain.outcomes import OUTCOME_TITLES, OutcomeCode
from sharing.domain.rectification import RECTIFICATION


class Population(StrEnum):
    """What is counted: problems as they were fed back, and clues as they were handed over."""

    FINDINGS = "findings"
    CLUES = "clues"


# Whose records are the city's own: of lifted rounds, and clues about cadres whom the city manages. Such
# a clue never counts in the county it is about, which must not learn of it even by a number.
CITY_ITSELF = Value("city", Text(zh="市本级", en="the city itself"))

# What the office's own words do not name. Whoever counts puts it here, and leaves out nothing.
UNSORTED = Value("unsorted", Text(zh="其他分类", en="other categories"))
OTHER_KIND = Value("unknown", Text(zh="其他单位", en="other bodies"))
EARLIER_ROUNDS = Value("earlier", Text(zh="更早的轮次", en="earlier rounds"))
OWN_ROUNDS = Value("own", Text(zh="县级自行组织的巡察", en="rounds of the counties' own"))

OPEN, CLOSED = "open", "closed_out"
NOT_ASSIGNED = Value("not_assigned", Text(zh="尚未交办", en="not assigned yet"), OPEN)
STATE = Dimension(
    "state",
    Text(zh="整改状态", en="state of rectification"),
    (
        Value(OPEN, Text(zh="整改未销号", en="not closed out")),
        NOT_ASSIGNED,
        *(
            Value(code, title, OPEN)
            for code, title in RECTIFICATION.states.items()
            if code not in RECTIFICATION.finals
        ),
        *(Value(code, RECTIFICATION.states[code]) for code in sorted(RECTIFICATION.finals)),
    ),
)
# How long an open item is past its own day, at the end of the digest's period: (code, days at most).
BANDS: tuple[tuple[str, int], ...] = (("in_time", 0), ("days_30", 30), ("days_90", 90))
LONGEST = "longer"
AGE = Dimension(
    "age",
    Text(zh="逾期时间", en="time overdue"),
    (
        Value("in_time", Text(zh="未逾期或期限待定", en="not overdue, or no day set")),
        Value("days_30", Text(zh="逾期30天以内", en="up to 30 days overdue")),
        Value("days_90", Text(zh="逾期31至90天", en="31 to 90 days overdue")),
        Value(LONGEST, Text(zh="逾期90天以上", en="more than 90 days overdue")),
    ),
)

PENDING = Value("pending", Text(zh="尚未反馈结果", en="no result told yet"))
_GROUPS: Mapping[str, tuple[Text, tuple[OutcomeCode, ...]]] = MappingProxyType(
    {
        "party": (
            Text(zh="党纪处分", en="Party sanctions"),
            (
                OutcomeCode.PARTY_EXPELLED, OutcomeCode.PARTY_PROBATION,
                OutcomeCode.PARTY_POST_REMOVED, OutcomeCode.PARTY_SERIOUS_WARNING,
                OutcomeCode.PARTY_WARNING,
            ),
        ),
        "administrative": (
            Text(zh="政务处分", en="administrative sanctions"),
            (
                OutcomeCode.ADMIN_DISMISSED, OutcomeCode.ADMIN_REMOVED, OutcomeCode.ADMIN_DEMOTED,
                OutcomeCode.ADMIN_SERIOUS_DEMERIT, OutcomeCode.ADMIN_DEMERIT,
                OutcomeCode.ADMIN_WARNING,
            ),
        ),
        "without_sanction": (
            Text(zh="组织处理和教育提醒", en="dealt with without a sanction"),
            (OutcomeCode.REORGANISED, OutcomeCode.ADMONITION, OutcomeCode.TALK),
        ),
        "money": (
            Text(zh="仅涉及款项", en="money alone"),
            (OutcomeCode.MONEY_CONFISCATED, OutcomeCode.MONEY_RETURNED),
        ),
        "nothing": (
            Text(zh="反映不实或不追究", en="not borne out, or no liability"),
            (OutcomeCode.NO_LIABILITY, OutcomeCode.NOT_BORNE_OUT),
        ),
    }
)  # fmt: skip
# A clue with several outcomes counts once, under the first of them in this order. The order serves the
# counting; it says nothing about a person.
ORDER: tuple[OutcomeCode, ...] = (
    OutcomeCode.TO_THE_PROCURATORATE,
    *(code for _, codes in _GROUPS.values() for code in codes),
)
# By county in groups, since single codes are rare; the codes of a group for the whole city.
OUTCOME = Dimension(
    "outcome",
    Text(zh="线索办理结果", en="outcome of clues"),
    (
        PENDING,
        Value(OutcomeCode.TO_THE_PROCURATORATE, OUTCOME_TITLES[OutcomeCode.TO_THE_PROCURATORATE]),
        *(Value(group, title) for group, (title, _) in _GROUPS.items()),
    ),
)
CODES: Mapping[str, Dimension] = MappingProxyType(
    {
        group: Dimension(
            f"{group}_code", title, tuple(Value(code, OUTCOME_TITLES[code]) for code in codes)
        )
        for group, (title, codes) in _GROUPS.items()
    }
)


@dataclass(frozen=True, slots=True)
class Words:
    """The office's own values. `categories`: level 2 stands under level 1; what has no class of level 2
    needs one of its own (`other_of`), or level 1 would not be the sum of level 2."""

    categories: tuple[Value, ...]
    kinds: tuple[Value, ...]
    rounds: tuple[Value, ...]
    counties: tuple[Value, ...]


def other_of(heading: Value) -> Value:
    """The class of findings that level 2 does not name."""
    return Value(f"{heading.code}.other", Text(zh="未细分", en="not sorted further"), heading.code)


def age_of(days_overdue: int | None) -> str:
    """The band of an open item. `days_overdue` None: it has no day."""
    if days_overdue is None:
        return BANDS[0][0]
    return next((code for code, most in BANDS if days_overdue <= most), LONGEST)


def outcome_of(told: Collection[OutcomeCode]) -> tuple[str, OutcomeCode | None]:
    """Under what a clue counts: the value by county, and the code in its group. Nothing told: pending."""
    first = next((code for code in ORDER if code in told), None)
    if first is None:
        return PENDING.code, None
    group = next((group for group, (_, codes) in _GROUPS.items() if first in codes), None)
    return (str(first), None) if group is None else (group, first)


def tables_of(words: Words, period: str, settled: Mapping[str, Words]) -> tuple[Table, ...]:
    """The tables of the digest of `period`; a crossing without values is left out.

    `settled`: cohorts of which it says what became, with the words in which they were counted: a county
    that was merged since stands there as it did then.
    """
    counties = _counties(words)
    crossed = (
        _table("categories", "问题分类", "Findings by category", period, counties, CATEGORY, words.categories),
        _table("kinds", "单位类别", "Findings by kind of unit", period, counties, KIND, words.kinds),
        _table("rounds", "巡察轮次", "Findings by round", period, counties, ROUND, words.rounds),
    )  # fmt: skip
    clues = Text(zh="移交问题线索", en="Clues handed over")
    return (
        *(table for table in crossed if table is not None),
        Table("clues", clues, Population.CLUES, period, (counties,)),
        *(t for cohort, theirs in settled.items() for t in _became(cohort, _counties(theirs))),
    )


def _counties(words: Words) -> Dimension:
    title = Text(zh="县（市、区）", en="county")
    return Dimension(COUNTY, title, (*words.counties, CITY_ITSELF))


CATEGORY = ("category", Text(zh="问题分类", en="category"))
KIND = ("kind", Text(zh="单位类别", en="kind of unit"))
ROUND = ("round", Text(zh="巡察轮次", en="round"))


def _table(
    code: str, zh: str, en: str, period: str, counties: Dimension,
    crossed: tuple[str, Text], values: tuple[Value, ...],
) -> Table | None:  # fmt: skip
    if not values:
        return None
    crossings = (Dimension(*crossed, values), counties)
    return Table(code, Text(zh=zh, en=en), Population.FINDINGS, period, crossings)


def _became(cohort: str, counties: Dimension) -> tuple[Table, ...]:
    """What became of the findings and clues of `cohort`."""
    return (
        Table(
            f"rectification:{cohort}", Text(zh="整改情况", en="Rectification"),
            Population.FINDINGS, cohort, (STATE, counties),
        ),
        Table(
            f"ages:{cohort}", Text(zh="未销号事项逾期情况", en="Open items by time overdue"),
            Population.FINDINGS, cohort, (AGE, counties), ((STATE.code, OPEN),),
        ),
        Table(
            f"outcomes:{cohort}", Text(zh="线索办理结果", en="Outcomes of clues"),
            Population.CLUES, cohort, (OUTCOME, counties),
        ),
        *(
            Table(
                f"{codes.code}:{cohort}", codes.title, Population.CLUES, cohort, (codes,),
                ((OUTCOME.code, group),),
            )
            for group, codes in CODES.items()
        ),
    )  # fmt: skip
