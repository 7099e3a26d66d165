"""What the database knows of the lives is what the code says, and holds every living record to it."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from psycopg2.extensions import connection as Connection

from sharing.domain.hands import HAND_ROLES, seated_hands
from sharing.domain.life_cycle import LifeCycle
from sharing.domain.lives import LIVES
from sharing.models.steps import HandRole, LawfulStep, Living
from tenancy.domain.roles import ROLES_IN, Permission, Role

LIVING = [model for model in apps.get_models() if issubclass(model, Living)]
SOWN = [one for one in LIVES if any(model.life is one for model in LIVING)]
EVERY_RECORD = pytest.mark.parametrize("model", LIVING, ids=lambda model: model.__name__)
EVERY_SOWN_LIFE = pytest.mark.parametrize("life", SOWN, ids=lambda life: life.name)


@pytest.mark.usefixtures("db")
def test_no_life_is_sown_but_those_that_some_record_lives() -> None:
    names = {one.name for one in SOWN}

    assert set(LawfulStep.objects.values_list("life", flat=True)) == names
    assert set(HandRole.objects.values_list("life", flat=True)) == names


@EVERY_SOWN_LIFE
@pytest.mark.usefixtures("db")
def test_the_database_s_table_of_a_life_is_the_code_s(life: LifeCycle) -> None:
    rows = LawfulStep.objects.filter(life=life.name)
    hands = HandRole.objects.filter(life=life.name)

    assert set(rows.values_list("act", "before", "after", "hand")) == set(life.lawful_steps)
    assert set(hands.values_list("hand", "role", "permission")) == set(seated_hands(life))


@EVERY_SOWN_LIFE
def test_a_hand_is_of_the_roles_that_hold_its_permission(life: LifeCycle) -> None:
    acting = {hand for act in life.acts for hand in act.hands}

    assert set(life.permissions) == acting
    for hand, permission in life.permissions.items():
        holding = {
            role
            for held in ROLES_IN.values()
            for role in Role
            if Permission(permission) in held.get(role, frozenset())
        }
        assert holding == HAND_ROLES[hand], hand


@EVERY_RECORD
def test_a_record_changes_by_its_steps_alone(
    model: type[Living], superuser_connection: Connection
) -> None:
    """Its triggers are there, and nobody who serves people writes state or steps, or any step anew."""
    record, step = model._meta.db_table, model.step_model._meta.db_table

    def ask(sql: str, *values: Any) -> list[tuple[Any, ...]]:
        with superuser_connection.cursor() as cursor:
            cursor.execute(sql, values)
            return list(cursor.fetchall())

    name = record.removeprefix("sharing_")
    calls = (
        "SELECT t.tgrelid::regclass::text, p.proname FROM pg_trigger AS t"
        " JOIN pg_proc AS p ON p.oid = t.tgfoid WHERE t.tgenabled = 'O' AND NOT t.tgisinternal"
        " AND p.proname = ANY (%s)"
    )
    wanted = {(record, f"begin_{name}"), (step, f"walk_{name}")}
    assert set(ask(calls, [f"begin_{name}", f"walk_{name}"])) == wanted
    for role in ("app", "worker"):
        who = settings.DB_ROLES[role]
        for column in ("state", "steps"):
            asked = "SELECT has_column_privilege(%s, %s, %s, 'UPDATE')"
            assert ask(asked, who, record, column) == [(False,)], (role, column)
        assert ask("SELECT has_any_column_privilege(%s, %s, 'UPDATE')", who, step) == [(False,)]
        for table in (record, step):
            assert ask("SELECT has_table_privilege(%s, %s, 'DELETE')", who, table) == [(False,)]
