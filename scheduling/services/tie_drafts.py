"""A tie as somebody typed it, and what of it does not hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kernel.text import Text
from scheduling.domain.vocabulary import CANNOT_COME, Vocabulary
from scheduling.errors import DeclaredPersonUnknown, DeclaredTargetUnknown, TieOutOfRange
from scheduling.models.declarations import Declaration
from scheduling.models.releases import ReleasedPerson, ReportedUnit
from scheduling.models.rosters import InspectedUnit, Person
from tenancy.actor import Actor
from tenancy.models import Office

Target = Declaration.Target
Severity = Declaration.Severity
ROLES = ("leader", "deputy", "member")
HEAVIEST = 100


@dataclass(frozen=True, slots=True)
class Tie:
    """What somebody has to keep away from. `office` and `code` name the target: of a county the
    office alone, of a unit also its code, of a person also their number."""

    target: str
    kind: str
    office: int | None = None
    code: str = ""
    severity: str = Severity.HARD
    weight: int = 1
    roles: Sequence[str] = ()  # none: all


WHOLE_ROUND = Tie(Target.ROUND, CANNOT_COME)


_NO_SUCH_KIND = Text(zh="没有这种情形", en="there is no such kind")
_NO_SUCH_TARGET = Text(zh="没有这种对象", en="there is no such target")
_NO_SUCH_SEVERITY = Text(zh="没有这种程度", en="there is no such severity")
_SOFT_ABOUT_PEOPLE = Text(
    zh="两人不同组只能是“必须回避”", en="two people are kept apart for certain or not at all"
)
_WEIGHT = Text(zh=f"权重须在 1 至 {HEAVIEST} 之间", en=f"a weight is from 1 to {HEAVIEST}")
_NO_SUCH_ROLE = Text(zh="没有这个职务", en="there is no such role")
_NO_OFFICE = Text(zh="没有选定县（区）", en="no county is chosen")
_NEEDS_CODE = Text(zh="缺少单位编号或人员编号", en="the code of the unit or person is missing")
_NEEDS_NO_CODE = Text(zh="整个县（区）不用填编号", en="a whole county has no code")
_NOT_THERE = Text(zh="没有编号“{code}”", en="nothing is numbered “{code}”")
_ONESELF = Text(zh="两人是同一个人", en="both are the same person")


def must_be_of_own_office(actor: Actor, number: str) -> None:
    if not Person.objects.active().filter(tenant_id=actor.tenant_id, number=number).exists():
        raise DeclaredPersonUnknown(number=number)


def check_tie(tie: Tie, kinds: Vocabulary) -> None:
    if tie.kind not in kinds:
        raise TieOutOfRange(fault=_NO_SUCH_KIND).at("tie.kind")
    if tie.target not in (Target.UNIT, Target.COUNTY, Target.PERSON):
        raise TieOutOfRange(fault=_NO_SUCH_TARGET).at("tie.target")
    if tie.severity not in Severity.values:
        raise TieOutOfRange(fault=_NO_SUCH_SEVERITY).at("tie.severity")
    if tie.severity == Severity.SOFT and tie.target == Target.PERSON:
        raise TieOutOfRange(fault=_SOFT_ABOUT_PEOPLE).at("tie.severity")
    if not 1 <= tie.weight <= HEAVIEST:
        raise TieOutOfRange(fault=_WEIGHT).at("tie.weight")
    if not set(tie.roles) <= set(ROLES):
        raise TieOutOfRange(fault=_NO_SUCH_ROLE).at("tie.roles")
    if not Office.objects.filter(pk=tie.office or 0).exists():
        raise DeclaredTargetUnknown(fault=_NO_OFFICE).at("tie.office")
    if (tie.target == Target.COUNTY) == bool(tie.code):
        fault = _NEEDS_CODE if tie.target != Target.COUNTY else _NEEDS_NO_CODE
        raise DeclaredTargetUnknown(fault=fault).at("tie.code")


def must_be_two_people(tie: Tie, office: int, number: str) -> None:
    """The engine takes no word of somebody and themselves."""
    if tie.target == Target.PERSON and (tie.office, tie.code) == (office, number):
        raise DeclaredTargetUnknown(fault=_ONESELF).at("tie.code")


def must_be_known_at_home(actor: Actor, tie: Tie) -> None:
    """Another office's units and people cannot be seen from here; one's own can."""
    if tie.office != actor.tenant_id or tie.target == Target.COUNTY:
        return
    own = InspectedUnit if tie.target == Target.UNIT else Person
    column = "code" if tie.target == Target.UNIT else "number"
    if not own.objects.filter(tenant_id=actor.tenant_id, **{column: tie.code}).exists():
        raise DeclaredTargetUnknown(fault=_NOT_THERE.format(code=tie.code)).at("tie.code")


def must_be_known_in_the_round(actor: Actor, number: int, tie: Tie) -> None:
    if tie.target == Target.COUNTY:
        return
    own = {"tenant_id": actor.tenant_id, "round_id": number, "sender_id": tie.office}
    if tie.target == Target.UNIT:
        is_there = ReportedUnit.objects.filter(**own, code=tie.code).exists()
    else:
        is_there = ReleasedPerson.objects.filter(**own, number=tie.code).exists()
    if not is_there:
        raise DeclaredTargetUnknown(fault=_NOT_THERE.format(code=tie.code)).at("tie.code")
