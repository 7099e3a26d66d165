"""The classes of findings: kept by the director, issued by the city, taken over by its counties."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import psycopg2
import pytest
from psycopg2.extensions import connection as Connection

from kernel.errors import NotAllowed, NotVisible
from sharing.access.dictionary import access_class_in_use, categories_visible_to
from sharing.domain.dictionary import STANDARD, Frame
from sharing.errors.categories import (
    CategoriesBegunAlready,
    CategoryHasClasses,
    CategoryHeadingIsTheCitys,
    CategoryHeadingRetired,
    CategoryIsTheCitys,
    CategoryTitleTaken,
    NothingToAdopt,
    NothingToIssue,
)
from sharing.models.dictionary import FindingCategory
from sharing.selectors.dictionary import categories_page
from sharing.services.dictionary import (
    add_category,
    begin_with_standard,
    move_category,
    retire_category,
    revive_category,
)
from sharing.services.issuing_categories import adopt_categories, issue_categories
from tenancy.actor import Actor
from tests.integration.tenancy.raw import Raw
from tests.people import acting

# With real commits, for the raw sessions beside.
pytestmark = pytest.mark.usefixtures("django_as")


def codes(actor: Actor, *, in_use: bool = True) -> list[str]:
    with acting(actor):
        rows = categories_visible_to(actor)
        return sorted((rows.in_use() if in_use else rows).values_list("code", flat=True))


def one(actor: Actor, code: str) -> FindingCategory:
    with acting(actor):
        return categories_visible_to(actor).get(code=code)


def begin(actor: Actor) -> None:
    with acting(actor):
        begin_with_standard(actor=actor)


def add(actor: Actor, title: str, under: str = "U1") -> str:
    with acting(actor):
        heading = categories_visible_to(actor).get(code=under).pk
        return add_category(actor=actor, title=title, heading=heading).code


def issued(zhao: Actor) -> None:
    """The city's set with a class of level 2, handed to its counties."""
    begin(zhao)
    add(zhao, "党组议事规则不落实")
    with acting(zhao):
        issue_categories(actor=zhao, remark="首版")


def test_an_office_begins_with_the_usual_headings_and_adds_its_own(zhao: Actor) -> None:
    begin(zhao)
    with acting(zhao), pytest.raises(CategoriesBegunAlready):
        begin_with_standard(actor=zhao)

    assert codes(zhao) == sorted(heading.code for heading in STANDARD)
    assert [add(zhao, "甲"), add(zhao, "乙"), add(zhao, "甲", "U2")] == ["U1.01", "U1.02", "U2.01"]
    with acting(zhao):
        further = add_category(actor=zhao, title="其他", frame=Frame.GRASS_ROOTS)
        assert further.code == "G5"
        with pytest.raises(CategoryTitleTaken):
            add(zhao, " 甲 ")


def test_a_retired_class_is_given_to_no_new_finding_and_keeps_its_code(zhao: Actor) -> None:
    begin(zhao)
    add(zhao, "甲")
    heading, first = one(zhao, "U1").pk, one(zhao, "U1.01").pk
    with acting(zhao):
        assert access_class_in_use(zhao, first).title == "甲"
        with pytest.raises(NotVisible):
            access_class_in_use(zhao, heading)
        with pytest.raises(CategoryHasClasses):
            retire_category(actor=zhao, number=heading)
        retire_category(actor=zhao, number=first)
        retire_category(actor=zhao, number=first)
        with pytest.raises(NotVisible):
            access_class_in_use(zhao, first)
        with pytest.raises(CategoryTitleTaken):
            add(zhao, "甲")
        retire_category(actor=zhao, number=heading)
        with pytest.raises(CategoryHeadingRetired):
            revive_category(actor=zhao, number=first)
        with pytest.raises(CategoryHeadingRetired):
            add(zhao, "丙")
        revive_category(actor=zhao, number=heading)
        revive_category(actor=zhao, number=first)
    assert add(zhao, "乙") == "U1.02"


def test_classes_change_places_with_their_neighbours(zhao: Actor) -> None:
    begin(zhao)
    for title in "甲乙丙":
        add(zhao, title)

    def titles() -> list[str]:
        with acting(zhao):
            [units, _] = categories_page(zhao).frames
            return [row.title for row in units.headings[0].classes]

    def move(code: str, *, up: bool) -> list[str]:
        number = one(zhao, code).pk
        with acting(zhao):
            move_category(actor=zhao, number=number, up=up)
        return titles()

    assert move("U1.03", up=True) == ["甲", "丙", "乙"]
    assert move("U1.01", up=True) == ["甲", "丙", "乙"]
    assert move("U1.01", up=False) == ["丙", "甲", "乙"]


def test_a_county_takes_the_city_s_edition_over_and_adds_its_own_classes(
    zhao: Actor, lin: Actor, jiang: Actor
) -> None:
    issued(zhao)
    with acting(lin):
        pending = categories_page(lin).pending
        assert pending is not None
        assert (pending.number, pending.remark, len(pending.adoption.added)) == (1, "首版", 9)
        adopt_categories(actor=lin)
        with pytest.raises(NothingToAdopt):
            adopt_categories(actor=lin)
        assert categories_page(lin).pending is None
    assert codes(lin) == codes(zhao)
    assert codes(jiang) == [], "nothing changes before the director takes it over"

    assert add(lin, "海岛补贴发放不规范") == "U1.B01"
    with acting(lin):
        with pytest.raises(CategoryHeadingIsTheCitys):
            add_category(actor=lin, title="其他")
        with pytest.raises(CategoryIsTheCitys):
            retire_category(actor=lin, number=one(lin, "U1.01").pk)


def test_a_further_edition_retires_and_adds_and_leaves_own_classes_alone(
    zhao: Actor, lin: Actor
) -> None:
    issued(zhao)
    with acting(lin):
        adopt_categories(actor=lin)
    add(lin, "本级")
    with acting(zhao), pytest.raises(NothingToIssue):
        issue_categories(actor=zhao)
    with acting(zhao):
        retire_category(actor=zhao, number=one(zhao, "U1.01").pk)
    add(zhao, "新类")
    with acting(zhao):
        issue_categories(actor=zhao)
    before = one(lin, "U1.01")
    with acting(lin):
        adopt_categories(actor=lin)

    after = one(lin, "U1.01")
    assert (before.retired_on, after.pk, after.title) == (None, before.pk, before.title)
    assert after.retired_on is not None
    assert {"U1.02", "U1.B01"} <= set(codes(lin))


def test_a_county_that_stood_alone_keeps_old_records_when_it_joins(zhao: Actor, lin: Actor) -> None:
    begin(lin)
    with acting(lin):
        own = add_category(actor=lin, title="自设", frame=Frame.UNITS)
    assert own.code == "UB1"
    add(lin, "自设一", "UB1")
    add(lin, "自设二", "U2")
    standard = one(lin, "U1").pk
    issued(zhao)
    with acting(lin):
        adopt_categories(actor=lin)

    assert (one(lin, "U1").pk, one(lin, "U1").is_citys) == (standard, True)
    assert one(lin, "UB1").retired_on is not None
    assert one(lin, "UB1.B01").retired_on is not None
    assert one(lin, "U2.B01").retired_on is None


def test_who_keeps_and_who_issues(zhao: Actor, lin: Actor, wu: Actor, chen: Actor) -> None:
    begin(zhao)
    with acting(wu):
        assert categories_page(wu).is_empty
        with pytest.raises(NotAllowed):
            begin_with_standard(actor=wu)
    with acting(lin), pytest.raises(NotAllowed):
        issue_categories(actor=lin)
    with acting(chen), pytest.raises(NotAllowed):
        categories_page(chen)
    number = one(zhao, "U1").pk
    with acting(lin), pytest.raises(NotVisible):
        retire_category(actor=lin, number=number)


# --- By SQL ---------------------------------------------------------------------------------


def raw(connect_as: Callable[[str], Connection], actor: Actor) -> Raw:
    hands = Raw(connect_as("app"))
    hands.act_for(actor.tenant_id, actor.user_id)
    return hands


def add_by_sql(hands: Raw, tenant: int, code: str, parent: str = "", **said: object) -> int:
    row = {"title": "x", "frame": "units", "is_citys": False, "retired_on": None} | said
    return hands.run(
        "INSERT INTO sharing_findingcategory (tenant_id, code, title, frame, position, is_citys,"
        " retired_on, parent_id) VALUES (%s, %s, %s, %s, 9, %s, %s, (SELECT id FROM"
        " sharing_findingcategory WHERE tenant_id = %s AND code = %s))",
        tenant,
        code,
        row["title"],
        row["frame"],
        row["is_citys"],
        row["retired_on"],
        tenant,
        parent,
    )


def refused(hands: Raw, constraint: str, act: Callable[[], object]) -> None:
    hands.cursor.execute("SAVEPOINT s")
    with pytest.raises(psycopg2.Error) as refusal:
        act()
    assert refusal.value.diag.constraint_name == constraint
    hands.cursor.execute("ROLLBACK TO SAVEPOINT s")


def test_the_database_lets_a_director_keep_two_levels_and_rewrite_nothing(
    zhao: Actor, chen: Actor, connect_as: Callable[[str], Connection]
) -> None:
    begin(zhao)
    add(zhao, "甲")
    city = zhao.tenant_id
    hands = raw(connect_as, chen)
    by_the_director = "finding_category_kept_by_the_director"
    refused(hands, by_the_director, lambda: add_by_sql(hands, city, "U9"))
    refused(
        hands, by_the_director, lambda: hands.run("UPDATE sharing_findingcategory SET position = 1")
    )
    hands.act_for(city, zhao.user_id)
    on_two = "finding_category_on_two_levels"
    refused(hands, on_two, lambda: add_by_sql(hands, city, "U1.01.1", "U1.01"))
    refused(hands, on_two, lambda: add_by_sql(hands, city, "U1.9", "U1", frame="grass_roots"))
    assert add_by_sql(hands, city, "U1.9", "U1") == 1
    assert hands.run("UPDATE sharing_findingcategory SET position = 2 WHERE code = 'U1.9'") == 1
    for sql in (
        "UPDATE sharing_findingcategory SET title = 'y'",
        "UPDATE sharing_findingcategory SET code = 'y'",
        "UPDATE sharing_findingcategory SET parent_id = NULL",
        "DELETE FROM sharing_findingcategory",
    ):
        with hands.refused("permission denied"):
            hands.run(sql)


def test_the_database_takes_for_the_city_s_only_what_the_city_issued(
    zhao: Actor, lin: Actor, connect_as: Callable[[str], Connection]
) -> None:
    issued(zhao)
    with acting(lin):
        adopt_categories(actor=lin)
    county, hands = lin.tenant_id, raw(connect_as, lin)
    as_said = "finding_category_as_the_city_says"
    refused(hands, as_said, lambda: add_by_sql(hands, county, "U1.77", "U1", is_citys=True))
    retire = "UPDATE sharing_findingcategory SET retired_on = '2026-01-01' WHERE code = 'U1.01'"
    refused(hands, as_said, lambda: hands.run(retire))
    citys = "finding_category_heading_is_the_citys"
    refused(hands, citys, lambda: add_by_sql(hands, county, "U9"))
    refused(
        hands,
        citys,
        lambda: hands.run("UPDATE sharing_findingcategory SET is_citys = false WHERE code = 'U1'"),
    )
    assert add_by_sql(hands, county, "U1.B7", "U1") == 1


def test_the_database_lets_the_city_s_director_alone_issue_and_to_its_counties_alone(
    zhao: Actor, chen: Actor, lin: Actor, connect_as: Callable[[str], Connection]
) -> None:
    city, elsewhere = zhao.tenant_id, 9101
    owner = Raw(connect_as("superuser"))
    owner.run(
        "INSERT INTO tenancy_office (id, code, name, short_name, kind, name_key)"
        " VALUES (%s, 'huzhou', '湖州市委巡察办', '湖州市', 'city', 'hu zhou')",
        elsewhere,
    )
    owner.connection.commit()

    def issue(hands: Raw, sender: int, to: int) -> int:
        return hands.run(
            "INSERT INTO sharing_categoryedition (tenant_id, sender_id, number, entries, remark,"
            " issued_at) VALUES (%s, %s, 7, '[]', '', now())",
            to,
            sender,
        )

    hands = raw(connect_as, chen)
    constraint = "category_edition_issued_by_the_city"
    refused(hands, constraint, lambda: issue(hands, city, lin.tenant_id))
    hands.act_for(lin.tenant_id, lin.user_id)
    for to in (lin.tenant_id, city):
        refused(hands, constraint, partial(issue, hands, lin.tenant_id, to))
    hands.act_for(city, zhao.user_id)
    refused(hands, constraint, partial(issue, hands, city, elsewhere))
    assert issue(hands, city, lin.tenant_id) == 1
    with hands.refused("permission denied"):
        hands.run("UPDATE sharing_categoryedition SET entries = '[]'")
