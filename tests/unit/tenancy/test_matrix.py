"""The table of who may do what: whole, or refused in words."""

from __future__ import annotations

import pytest

from tenancy.domain.matrix import RELATIONS, MatrixFault, Rule, read_matrix, stored_table
from tenancy.domain.matrix.reading import faults_of_words
from tenancy.domain.matrix.words import RECORDS, RELATION_WORDS, VERBS
from tenancy.domain.roles import ADMINISTRATORS, MATRIX, ROLES_IN, SEATS, Permission, Role

HEAD = "record,verb,permission,relation,clerk,chief"
ALL = " ".join(RELATIONS)
OTHERS = " ".join(RELATIONS[1:])
SMALL = (
    HEAD,
    "round,read,see,own,may,code@city",
    f"round,read,see,{OTHERS},-,-",
    f"self,read,everybody,{ALL},may,may",
)
KINDS = {"city": frozenset({"clerk", "chief"}), "county": frozenset({"clerk", "chief"})}


def read(*lines: str, permissions: tuple[str, ...] = ("see",)) -> object:
    return read_matrix(
        "\n".join(lines), roles=("clerk", "chief"), permissions=permissions, kinds=KINDS
    )


def test_a_table_says_who_may_what_of_a_row_so_related() -> None:
    matrix = read_matrix(
        "\n".join(SMALL), roles=("clerk", "chief"), permissions=("see",), kinds=KINDS
    )
    seen = Rule("round", "read")

    assert matrix.mark(seen, "own", "clerk", "county") == "may"
    assert matrix.mark(seen, "foreign", "clerk", "county") == "-"
    assert matrix.mark(seen, "own", "chief", "city") == "code"
    assert matrix.mark(seen, "own", "chief", "county") == "-"
    assert matrix.permissions("chief", "city") == {"see"}
    assert matrix.permissions("chief", "county") == frozenset()
    assert matrix.permissions("clerk", "village") == frozenset()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (f"plan,read,look,{ALL},-,-", "no permission is called ['look']"),
        (f"plan,read,,{ALL},-,-", "names no permission"),
        ("plan,read,see,next door,-,-", "no relation is called “next door”"),
        ("plan,read,see,,-,-", "no relation is called"),
        (f"plan,read,see,{OTHERS},may,-", "“own” stands on 0 lines"),
        (f"plan,read,see,{ALL} own,may,-", "“own” stands on 2 lines"),
        (f"plan,read,see,{ALL},,-", "clerk has “”, which is no mark"),
        (f"plan,read,see,{ALL},perhaps,-", "clerk has “perhaps”"),
        (f"plan,read,see,{ALL},may@village,-", "clerk has “may@village”"),
        (f"plan,read,see,{ALL},may", "5 cells for 6 columns"),
        (f",read,see,{ALL},-,-", "names no record and verb"),
        (f"plan,read,see,{ALL},-,may", "gives clerk"),
    ],
)
def test_a_table_with_a_gap_is_refused_and_says_where(line: str, said: str) -> None:
    with pytest.raises(MatrixFault) as refusal:
        read(*SMALL, line)

    assert said in str(refusal.value)


def test_a_role_without_its_column_and_a_column_of_no_role_are_refused() -> None:
    with pytest.raises(MatrixFault, match="chief"):
        read(HEAD.replace(",chief", ""))
    with pytest.raises(MatrixFault, match="guest"):
        read(HEAD + ",guest")


def test_a_permission_that_no_line_needs_is_refused() -> None:
    with pytest.raises(MatrixFault, match="No line needs edit"):
        read(*SMALL, permissions=("see", "edit"))


def test_lines_of_one_rule_that_need_different_things_are_refused() -> None:
    with pytest.raises(MatrixFault, match="different permissions"):
        read(HEAD, "a,read,see,own,may,-", f"a,read,everybody,{OTHERS},-,-")


def test_the_stored_table_has_a_cell_for_everything() -> None:
    assert list(faults_of_words(MATRIX, RECORDS, VERBS)) == []
    assert tuple(RELATION_WORDS) == RELATIONS
    cells = sum(len(line.relations) * len(line.cells) for line in MATRIX.lines)
    assert cells == len(MATRIX.needs) * len(RELATIONS) * len(Role)
    assert read_matrix(stored_table(), roles=Role, permissions=Permission, kinds=SEATS)


def test_of_another_office_only_administrators_act_on_anything() -> None:
    public = {"office_directory", "permission_table"}
    holders = {
        role
        for line in MATRIX.lines
        if "foreign" in line.relations and line.rule.record not in public
        for role, cell in line.cells.items()
        if cell.mark != "-"
    }

    assert holders == ADMINISTRATORS


def test_what_was_taken_back_shows_nobody_more_than_that() -> None:
    public = {"office_directory", "permission_table"}
    marks = {
        cell.mark
        for line in MATRIX.lines
        if "revoked" in line.relations and line.rule.record not in public
        for cell in line.cells.values()
    }

    assert marks == {"code", "-"}


def test_the_people_of_others_are_seen_by_code_alone() -> None:
    shown = Rule("released_person", "read")

    for role in SEATS["city"]:
        assert MATRIX.mark(shown, "released", role, "city") in ("code", "-")


def test_the_city_s_leading_group_reads_plans_and_a_county_s_leads_no_round() -> None:
    assert Permission.VIEW_PLAN in ROLES_IN["city"][Role.LEADING_GROUP]
    assert Permission.VIEW_PLAN not in ROLES_IN["county"][Role.LEADING_GROUP]


def test_a_role_holds_nothing_where_it_has_no_seat() -> None:
    assert Role.SCHEDULER not in ROLES_IN["county"]
    assert MATRIX.permissions(Role.SCHEDULER, "county") == frozenset()
