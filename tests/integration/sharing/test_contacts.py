"""Who speaks for a unit and who supervises it: the director says so, the database insists on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from threading import Thread
from typing import Any

import psycopg2
import pytest
from psycopg2.extensions import connection as Connection

from kernel.errors import NotAllowed, NotVisible
from scheduling.models.rosters import InspectedUnit
from sharing.access.contacts import (
    access_desk,
    must_speak_for,
    must_supervise,
    units_spoken_for,
    units_supervised_by,
)
from sharing.errors.contacts import ContactInTheOtherCapacity, ContactWithoutSeat
from sharing.models.contacts import SPEAK, SUPERVISE, UnitContact
from sharing.selectors.contacts import desk_page, desks_part, own_desks_part
from sharing.services.contacts import name_contact, remove_contact
from tenancy.actor import Actor, Principal
from tenancy.domain.roles import ROLES, Permission, Role
from tenancy.models import AuditEntry
from tenancy.paging import Window
from tests.integration.sharing.ground import Bodies, also_seated, end_seats, lay_unit
from tests.integration.tenancy.raw import Raw
from tests.people import acting

ALL = Window(50)


def name(bodies: Bodies, person: Actor, capacity: str = SPEAK, code: str = "U1") -> None:
    with acting(bodies.lin):
        number = bodies.desk(code).pk
        name_contact(actor=bodies.lin, number=number, capacity=capacity, person=person.person_id)


def remove(bodies: Bodies, person: Actor, capacity: str = SPEAK, code: str = "U1") -> None:
    with acting(bodies.lin):
        number = bodies.desk(code).pk
        remove_contact(actor=bodies.lin, number=number, capacity=capacity, person=person.person_id)


def spoken(actor: Actor) -> list[str]:
    with acting(actor):
        return sorted(units_spoken_for(actor).values_list("unit_code", flat=True))


def supervised(actor: Actor) -> list[str]:
    with acting(actor):
        return sorted(units_supervised_by(actor).values_list("unit_code", flat=True))


def recorded(bodies: Bodies) -> list[tuple[str, Any, Any]]:
    with acting(bodies.lin):
        lines = AuditEntry.objects.filter(action__startswith="sharing.contact.").order_by("pk")
        return list(lines.values_list("action", "data__person", "data__code"))


# --- Desks ----------------------------------------------------------------------------------


def test_every_line_of_the_registry_has_a_desk_that_keeps_its_name(bodies: Bodies) -> None:
    desk = bodies.desk("U1")
    with bodies.django_as("worker"), acting(bodies.lin):
        InspectedUnit.objects.filter(tenant_id=bodies.lin.tenant_id, code="U1").update(
            name="教育体育局", name_key="jiaoyutiyuju", inspectable=False
        )
    again = bodies.desk("U1")

    assert (desk.name, desk.inspectable) == ("教育局", True)
    assert (again.pk, again.name, again.name_key) == (desk.pk, "教育体育局", "jiaoyutiyuju")
    assert not again.inspectable
    assert bodies.desk("U1", bodies.jiang).name == "教育局", (
        "another county's unit of the same code"
    )


def test_nobody_who_serves_people_writes_a_desk(
    bodies: Bodies, connect_as: Callable[[str], Connection]
) -> None:
    desk = bodies.desk("U1").pk
    for role in ("app", "worker"):
        hands = Raw(connect_as(role))
        hands.act_for(bodies.lin.tenant_id, bodies.lin.user_id)
        assert hands.one("SELECT name FROM sharing_unitdesk WHERE id = %s", desk) == "教育局"
        for sql in (
            "UPDATE sharing_unitdesk SET name = 'x'",
            "DELETE FROM sharing_unitdesk",
            "INSERT INTO sharing_unitdesk (tenant_id, unit_code, name, name_key, inspectable)"
            f" VALUES ({bodies.lin.tenant_id}, 'X', 'x', 'x', true)",
        ):
            with hands.refused("permission denied"):
                hands.run(sql)


# --- Naming ---------------------------------------------------------------------------------


def test_whoever_is_named_speaks_for_the_unit_and_for_no_other(bodies: Bodies) -> None:
    assert spoken(bodies.he) == []
    name(bodies, bodies.he)
    name(bodies, bodies.he)

    assert spoken(bodies.he) == ["U1"]
    with acting(bodies.he):
        assert must_speak_for(bodies.he, "U1").name == "教育局"
        for code in ("U2", "X9"):
            with pytest.raises(NotVisible):
                must_speak_for(bodies.he, code)
        with pytest.raises(NotVisible):
            must_supervise(bodies.he, "U1")
    remove(bodies, bodies.he)
    remove(bodies, bodies.he)
    assert spoken(bodies.he) == []
    assert recorded(bodies) == [
        ("sharing.contact.named", bodies.he.user_id, SPEAK),
        ("sharing.contact.removed", bodies.he.user_id, SPEAK),
    ]


def test_supervisors_are_of_the_bodies_that_supervise(bodies: Bodies) -> None:
    name(bodies, bodies.qin, SUPERVISE)
    name(bodies, bodies.bai, SUPERVISE, "U2")

    assert (supervised(bodies.qin), supervised(bodies.bai)) == (["U1"], ["U2"])
    assert spoken(bodies.qin) == []
    with acting(bodies.qin):
        assert must_supervise(bodies.qin, "U1").unit_code == "U1"


@pytest.mark.parametrize(
    ("who", "capacity"), [("qin", SPEAK), ("he", SUPERVISE), ("wu", SPEAK), ("feng", SPEAK)]
)
def test_only_somebody_with_the_seat_is_named(bodies: Bodies, who: str, capacity: str) -> None:
    with pytest.raises(ContactWithoutSeat):
        name(bodies, getattr(bodies, who), capacity)


def test_nobody_speaks_for_a_unit_and_supervises_it(bodies: Bodies) -> None:
    both = also_seated(bodies, bodies.qin, Role.UNIT_LIAISON)
    name(bodies, bodies.qin, SUPERVISE)

    with pytest.raises(ContactInTheOtherCapacity):
        name(bodies, both, SPEAK)
    name(bodies, both, SPEAK, "U2")
    # One hat at a time: what they were named to in the other seat is not theirs in this one.
    assert (spoken(both), supervised(both)) == (["U2"], [])
    assert (spoken(bodies.qin), supervised(bodies.qin)) == ([], ["U1"])


def test_a_seat_that_ended_speaks_for_nobody_at_once(bodies: Bodies) -> None:
    name(bodies, bodies.he)
    end_seats(bodies, bodies.he)

    with acting(bodies.lin):
        page = desk_page(bodies.lin, bodies.desk("U1").pk)
        assert [line.is_seated for line in page.lines] == [False]
        left = desks_part(bodies.lin, ALL, without=True).lines
        assert [line.desk.unit_code for line in left] == ["U1", "U2"]
        assert Actor.seated(user_id=bodies.he.person_id, tenant_id=bodies.he.tenant_id) is None


def test_the_director_alone_names_and_removes_and_only_of_the_own_office(bodies: Bodies) -> None:
    number = bodies.desk("U1").pk
    asked: dict[str, Any] = {"number": number, "capacity": SPEAK, "person": bodies.he.person_id}

    for act in (name_contact, remove_contact):
        with acting(bodies.wu), pytest.raises(NotAllowed):
            act(actor=bodies.wu, **asked)
        for stranger in (bodies.jiang, bodies.he):
            with acting(stranger), pytest.raises(NotVisible):
                act(actor=stranger, **asked)
    assert recorded(bodies) == []


def test_a_deputy_and_the_office_s_housekeeping_speak_for_nobody(bodies: Bodies) -> None:
    name(bodies, bodies.he)

    stand_in = replace(bodies.he, on_behalf_of=Principal(bodies.wu.person_id, bodies.wu.name))
    assert spoken(bodies.he) == ["U1"]
    assert spoken(stand_in) == []
    assert spoken(replace(bodies.he, user_id=None)) == []
    assert spoken(replace(bodies.he, token_number=1, token_permissions=frozenset())) == []


# --- Looking --------------------------------------------------------------------------------


def test_the_list_shows_the_own_registry_and_finds_by_name_pinyin_and_code(bodies: Bodies) -> None:
    name(bodies, bodies.he)

    def codes(**asked: Any) -> list[str]:
        with acting(bodies.wu):
            return [line.desk.unit_code for line in desks_part(bodies.wu, ALL, **asked).lines]

    assert codes() == ["U1", "U2"]
    assert codes(search="财政") == codes(search="caizheng") == codes(search="u2") == ["U2"]
    assert codes(without=True) == ["U2"]
    with acting(bodies.he):
        with pytest.raises(NotAllowed):
            desks_part(bodies.he, ALL)
        with pytest.raises(NotVisible):
            access_desk(bodies.he, bodies.desk("U1").pk)
        assert [one.desk.unit_code for one in own_desks_part(bodies.he, ALL).lines] == ["U1"]
    with acting(bodies.lin), pytest.raises(NotVisible):
        access_desk(bodies.lin, bodies.desk("U1", bodies.jiang).pk)


def test_the_list_takes_as_many_queries_however_many_units(
    bodies: Bodies, django_assert_num_queries: Any
) -> None:
    name(bodies, bodies.he)
    with bodies.django_as("worker"), acting(bodies.lin):
        for number in range(3, 9):
            lay_unit(bodies.lin, f"U{number}", f"局{number}", f"ju{number}")
    with acting(bodies.wu), django_assert_num_queries(4):
        assert len(desks_part(bodies.wu, ALL).lines) == 8


# --- By SQL ---------------------------------------------------------------------------------


@pytest.fixture
def hands(bodies: Bodies, connect_as: Callable[[str], Connection]) -> Hands:
    return Hands(connect_as("app"), bodies)


class Hands(Raw):
    def __init__(self, connection: Connection, bodies: Bodies) -> None:
        super().__init__(connection)
        self.bodies = bodies

    def wear(self, actor: Actor) -> None:
        self.act_for(actor.tenant_id, actor.user_id)

    def name(self, desk: int, person: Actor, capacity: str, tenant: int | None = None) -> int:
        return self.run(
            "INSERT INTO sharing_unitcontact (tenant_id, desk_id, user_id, permission_id)"
            " SELECT %s, %s, %s, id FROM auth_permission WHERE codename = %s"
            " ORDER BY id DESC LIMIT 1",
            tenant or self.bodies.lin.tenant_id,
            desk,
            person.user_id,
            capacity,
        )

    @contextmanager
    def refused_as(self, constraint: str) -> Iterator[None]:
        self.cursor.execute("SAVEPOINT before_refusal")
        with pytest.raises(psycopg2.Error) as refusal:
            yield
        assert refusal.value.diag.constraint_name == constraint
        self.cursor.execute("ROLLBACK TO SAVEPOINT before_refusal")


def test_the_database_lets_the_director_alone_name_and_remove(bodies: Bodies, hands: Hands) -> None:
    desk = bodies.desk("U1").pk
    for stranger in (bodies.wu, bodies.he, bodies.qin):
        hands.wear(stranger)
        with hands.refused_as("unit_contact_named_by_the_director"):
            hands.name(desk, bodies.he, SPEAK)
    hands.wear(bodies.jiang)
    for tenant in (bodies.lin.tenant_id, bodies.jiang.tenant_id):
        with hands.refused_as(
            "unit_contact_named_by_the_director"
            if tenant == bodies.lin.tenant_id
            else "unit_contact_holds_a_seat"
        ):
            hands.name(desk, bodies.he, SPEAK, tenant)
    hands.wear(bodies.lin)
    assert hands.name(desk, bodies.he, SPEAK) == 1
    hands.wear(bodies.wu)
    with hands.refused_as("unit_contact_named_by_the_director"):
        hands.run("DELETE FROM sharing_unitcontact")
    hands.wear(bodies.jiang)
    assert hands.run("DELETE FROM sharing_unitcontact") == 0
    hands.wear(bodies.lin)
    with hands.refused("permission denied"):
        hands.run("UPDATE sharing_unitcontact SET user_id = %s", bodies.qin.user_id)
    assert hands.run("DELETE FROM sharing_unitcontact") == 1


def test_the_database_names_only_who_holds_the_seat_and_in_one_capacity(
    bodies: Bodies, hands: Hands
) -> None:
    desk = bodies.desk("U1").pk
    also_seated(bodies, bodies.qin, Role.UNIT_LIAISON)
    hands.wear(bodies.lin)
    for person, capacity in ((bodies.he, SUPERVISE), (bodies.bai, SPEAK), (bodies.feng, SPEAK)):
        with hands.refused_as("unit_contact_holds_a_seat"):
            hands.name(desk, person, capacity)
    with hands.refused_as("unit_contact_holds_a_seat"):
        hands.name(desk, bodies.he, "handle")
    assert hands.name(desk, bodies.qin, SUPERVISE) == 1
    with hands.refused_as("unit_contact_in_one_capacity"):
        hands.name(desk, bodies.qin, SPEAK)
    assert hands.name(desk, bodies.he, SPEAK) == 1


def test_the_database_knows_who_speaks_for_a_unit(
    bodies: Bodies, connect_as: Callable[[str], Connection]
) -> None:
    """What triggers of later tables ask, as their owner."""
    name(bodies, bodies.he)
    name(bodies, bodies.qin, SUPERVISE)
    first, second = bodies.desk("U1").pk, bodies.desk("U2").pk
    asking = Raw(connect_as("owner"))

    def told(actor: Actor, desk: int) -> tuple[bool, bool]:
        asking.act_for(actor.tenant_id, actor.user_id)
        [answer] = asking.rows("SELECT sec.speaks_for(%s), sec.supervises_unit(%s)", desk, desk)
        return answer

    assert told(bodies.he, first) == (True, False)
    assert told(bodies.qin, first) == (False, True)
    for actor, desk in ((bodies.he, second), (bodies.lin, first), (bodies.feng, first)):
        assert told(actor, desk) == (False, False)
    asking.connection.rollback()
    end_seats(bodies, bodies.he)
    assert told(bodies.he, first) == (False, False)


def test_of_two_who_remove_at_once_one_did(bodies: Bodies) -> None:
    name(bodies, bodies.he)
    threads = [Thread(target=remove, args=(bodies, bodies.he)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [act for act, *_ in recorded(bodies)] == [
        "sharing.contact.named",
        "sharing.contact.removed",
    ]


def test_the_seats_are_those_of_the_table_of_roles() -> None:
    speaking = {role for role, held in ROLES.items() if Permission.SPEAK_FOR_UNIT in held}
    supervising = {role for role, held in ROLES.items() if Permission.SUPERVISE_UNIT in held}

    assert speaking == {Role.UNIT_LIAISON}, "sec.seated_for_unit says so"
    assert supervising == {
        Role.DISCIPLINE_BODY,
        Role.STATIONED_DISCIPLINE,
        Role.ORGANISATION_DEPARTMENT,
        Role.AUDIT_OFFICE,
    }, "sec.seated_for_unit says so"
    assert UnitContact.seat_for(SPEAK) == Permission.SPEAK_FOR_UNIT
