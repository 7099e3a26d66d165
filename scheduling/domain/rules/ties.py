"""Who may not go where: kin, interest, and what was declared or decided."""

from __future__ import annotations

from collections.abc import Iterator

from kernel.law import practice
from kernel.text import Text
from scheduling.domain.problem import Inspector, Problem, Relative, Unit
from scheduling.domain.rules.base import ALL_ROLES, Statement, rule
from scheduling.domain.rules.sources import (
    CIVIL_SERVANTS,
    COLLEGE_RULE,
    DISCIPLINE_STAFF_RULE,
    ENTERPRISE_MANUAL,
    UNIVERSITY_RULE,
)
from scheduling.domain.rules.statements import Excluded
from scheduling.domain.rules.territory import units_by_county
from scheduling.domain.vocabulary import POSITIONS, RELATIONS, said


@rule(
    "relative",
    Text(zh="亲属回避", en="Not where a relative works"),
    kind="person",
    basis=(CIVIL_SERVANTS, UNIVERSITY_RULE, COLLEGE_RULE, ENTERPRISE_MANUAL),
    text=Text(
        zh="配偶、父母、子女、兄弟姐妹、近姻亲在某单位任何岗位工作的，或其他亲属担任该单位主要负责人、"
        "领导班子成员的，不得巡察该单位；登记的是县级巡察机构的，不得巡察该县单位。",
        en="Barred is the unit in which a spouse, parent, child, sibling or in-law works in any"
        " position, or another relative is its head or in its leadership. Where the entry names"
        " a county office, the whole county is barred.",
    ),
    numbers=("R03", "R04"),
)
def relative(problem: Problem) -> Iterator[Statement]:
    """Other relatives on the staff bar nothing: they cost, as a soft conflict."""
    hosts = units_by_county(problem)
    for inspector in problem.inspectors:
        for tie in inspector.relatives:
            if tie.relation == "other" and tie.position == "staff":
                continue
            because = _kin(problem, inspector, tie)
            for unit in _named(problem, hosts, tie.unit, tie.office):
                yield Excluded("relative", inspector.id, unit.id, ALL_ROLES, False, because)


def _kin(problem: Problem, inspector: Inspector, tie: Relative) -> Text:
    body = (
        problem.unit_by_id[tie.unit].name
        if tie.unit is not None
        else problem.office_by_id[tie.office or ""].name
    )
    return Text(
        zh="{name}有亲属（{relation}）在{body}，{position}。",
        en="{relation} of {name} at {body}: {position}.",
    ).format(
        name=inspector.name,
        relation=said(RELATIONS, tie.relation),
        body=body,
        position=said(POSITIONS, tie.position),
    )


@rule(
    "interest",
    Text(zh="利害关系回避", en="Not where one has an interest"),
    kind="person",
    basis=practice(
        "公务回避（涉及利害关系） [S6~]", "recusal from duties that touch one's interests [S6~]"
    ),
    text=Text(
        zh="本人与某单位有经济利害关系的，不得巡察该单位。",
        en="Nobody visits a unit in which they have an economic interest.",
    ),
    numbers=("R05",),
)
def interest(problem: Problem) -> Iterator[Statement]:
    """Interests are declared; the platform says what counts as one."""
    for inspector in problem.inspectors:
        for unit_id in inspector.interests:
            unit = problem.unit_by_id[unit_id]
            if unit.inspectable:
                because = Text(
                    zh=f"{inspector.name}与{unit.name}有经济利害关系。",
                    en=f"{inspector.name} has an economic interest in {unit.name}.",
                )
                yield Excluded("interest", inspector.id, unit.id, ALL_ROLES, False, because)


@rule(
    "declared",
    Text(zh="申报或认定的回避", en="Not where a conflict is declared"),
    kind="person",
    basis=(UNIVERSITY_RULE, DISCIPLINE_STAFF_RULE),
    text=Text(
        zh="本人申报、单位提出或组织认定的硬性回避事项，不得巡察所列单位或县；列明职务的，只限该职务；"
        "列明本地席位除外（unless_host）的，本地席位除外。",
        en="A hard conflict that was declared, objected or decided bars the unit or the county"
        " that it names; where it names roles, in those roles only; where it says `unless_host`,"
        " a host seat is exempt.",
    ),
    numbers=("R06", "R07", "R08", "R15", "R17", "R18"),
)
def declared(problem: Problem) -> Iterator[Statement]:
    """Soft declarations cost and bar nothing."""
    hosts = units_by_county(problem)
    for entry in problem.declared:
        if entry.severity != "hard":
            continue
        name = problem.inspector_by_id[entry.inspector].name
        because = Text(
            zh=f"{name}有回避事项：{entry.kind}。",
            en=f"{name} has a declared conflict: {entry.kind}.",
        )
        for unit in _named(problem, hosts, entry.unit, entry.office):
            yield Excluded(
                "declared",
                entry.inspector,
                unit.id,
                entry.roles,
                entry.unless_host,
                because,
                entry.kind,
            )


def _named(
    problem: Problem, hosts: dict[str, list[Unit]], unit_id: str | None, office: str | None
) -> list[Unit]:
    """The inspectable units behind an entry that names a unit or a county office."""
    if unit_id is not None:
        unit = problem.unit_by_id[unit_id]
        return [unit] if unit.inspectable else []
    return hosts.get(office or "", [])
