"""What became of a clue, as the discipline body tells it: codes for each person, never a verdict in words."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum
from types import MappingProxyType

from kernel.text import Text


class OutcomeCode(StrEnum):
    """Per person. The first one stands alone: nothing was found."""

    NOT_BORNE_OUT = "not_borne_out"
    NO_LIABILITY = "no_liability"
    TALK = "talk"
    ADMONITION = "admonition"
    REORGANISED = "reorganised"
    PARTY_WARNING = "party_warning"
    PARTY_SERIOUS_WARNING = "party_serious_warning"
    PARTY_POST_REMOVED = "party_post_removed"
    PARTY_PROBATION = "party_probation"
    PARTY_EXPELLED = "party_expelled"
    ADMIN_WARNING = "admin_warning"
    ADMIN_DEMERIT = "admin_demerit"
    ADMIN_SERIOUS_DEMERIT = "admin_serious_demerit"
    ADMIN_DEMOTED = "admin_demoted"
    ADMIN_REMOVED = "admin_removed"
    ADMIN_DISMISSED = "admin_dismissed"
    TO_THE_PROCURATORATE = "to_the_procuratorate"
    MONEY_CONFISCATED = "money_confiscated"
    MONEY_RETURNED = "money_returned"


OUTCOME_TITLES: Mapping[OutcomeCode, Text] = MappingProxyType(
    {
        OutcomeCode.NOT_BORNE_OUT: Text(zh="反映不实", en="not borne out"),
        OutcomeCode.NO_LIABILITY: Text(zh="不追究责任", en="no liability"),
        OutcomeCode.TALK: Text(zh="谈话提醒、批评教育", en="talk, criticism"),
        OutcomeCode.ADMONITION: Text(zh="诫勉", en="admonition"),
        OutcomeCode.REORGANISED: Text(zh="组织调整或处理", en="moved or dealt with by the organisation"),
        OutcomeCode.PARTY_WARNING: Text(zh="党内警告", en="Party warning"),
        OutcomeCode.PARTY_SERIOUS_WARNING: Text(zh="党内严重警告", en="serious Party warning"),
        OutcomeCode.PARTY_POST_REMOVED: Text(zh="撤销党内职务", en="removed from Party posts"),
        OutcomeCode.PARTY_PROBATION: Text(zh="留党察看", en="Party probation"),
        OutcomeCode.PARTY_EXPELLED: Text(zh="开除党籍", en="expelled from the Party"),
        OutcomeCode.ADMIN_WARNING: Text(zh="政务警告", en="administrative warning"),
        OutcomeCode.ADMIN_DEMERIT: Text(zh="政务记过", en="demerit"),
        OutcomeCode.ADMIN_SERIOUS_DEMERIT: Text(zh="政务记大过", en="serious demerit"),
        OutcomeCode.ADMIN_DEMOTED: Text(zh="政务降级", en="demoted"),
        OutcomeCode.ADMIN_REMOVED: Text(zh="政务撤职", en="removed from post"),
        OutcomeCode.ADMIN_DISMISSED: Text(zh="开除公职", en="dismissed"),
        OutcomeCode.TO_THE_PROCURATORATE: Text(
            zh="移送检察机关", en="passed to the procuratorate"
        ),
        OutcomeCode.MONEY_CONFISCATED: Text(zh="收缴违纪违法所得", en="gains confiscated"),
        OutcomeCode.MONEY_RETURNED: Text(zh="责令退赔", en="money returned"),
    }
)  # fmt: skip

MOST_PERSONS = 50
_ALONE = frozenset({OutcomeCode.NOT_BORNE_OUT, OutcomeCode.NO_LIABILITY})


class OutcomesFault(StrEnum):
    """Why told outcomes do not hold together."""

    NONE = "none"
    PERSON = "person"
    TWICE = "twice"
    CONTRADICTION = "contradiction"


OUTCOMES_FAULTS: Mapping[OutcomesFault, Text] = MappingProxyType(
    {
        OutcomesFault.NONE: Text(zh="至少填写一项结果", en="there must be one outcome at least"),
        OutcomesFault.PERSON: Text(
            zh="人员序号从 1 开始连续编排，最多 50 人",
            en="persons are counted from 1 without a gap, 50 at most",
        ),
        OutcomesFault.TWICE: Text(
            zh="同一人的同一结果只填一次", en="of one person each outcome stands once"
        ),
        OutcomesFault.CONTRADICTION: Text(
            zh="“反映不实”“不追究责任”不能与其他结果并列",
            en="“not borne out” and “no liability” stand alone",
        ),
    }
)


def fault_of(told: Collection[tuple[int, OutcomeCode]]) -> OutcomesFault | None:
    """`told`: (which person, what became of them); the clue's subject is person 1."""
    if not told:
        return OutcomesFault.NONE
    persons = {person for person, _ in told}
    if persons != set(range(1, len(persons) + 1)) or len(persons) > MOST_PERSONS:
        return OutcomesFault.PERSON
    if len(set(told)) != len(told):
        return OutcomesFault.TWICE
    for person in persons:
        codes = {code for one, code in told if one == person}
        if codes & _ALONE and len(codes) > 1:
            return OutcomesFault.CONTRADICTION
    return None
