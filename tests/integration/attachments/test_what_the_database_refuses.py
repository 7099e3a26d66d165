"""Said again by the database: what no service would do, tried in SQL, each beside its allowed twin."""

from __future__ import annotations

import re
from importlib import import_module
from typing import Any

import psycopg2
import pytest
from django.db import DatabaseError, connection, transaction

from sharing.models.attachments import SealedDerivative
from tenancy.actor import Actor
from tenancy.context import in_office
from tenancy.domain.roles import MATRIX, Permission, Role
from tests import planted
from tests.integration.attachments.conftest import Cabinet
from tests.people import acting

migration = import_module("sharing.migrations.0060_attachments")
PHOTO = planted.FILES["PLANTED.jpg"]


def tried(actor: Actor, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with acting(actor), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall()) if cursor.description else []


def refused(actor: Actor, sql: str, *values: object) -> str:
    with pytest.raises(DatabaseError) as refusal:
        tried(actor, sql, *values)
    return str(refusal.value)


NEW = (
    "INSERT INTO sharing_attachment (tenant_id, state, name, kind, size, sha256,"
    " derivative_sha256, remarks, taken_in_by_id, taken_in_at)"
    " VALUES (%s, %s, 'x', 'png', 1, 'x', '', '[]', %s, now())"
)


def test_one_hands_in_by_oneself_and_uncleaned(wu: Actor, lin: Actor, db: None) -> None:
    tried(wu, NEW, wu.tenant_id, "cleaning", wu.user_id)

    assert "attachment_begins_uncleaned" in constraint_of(
        wu, NEW, wu.tenant_id, "cleaning", lin.user_id
    )
    assert refused(wu, NEW, wu.tenant_id, "ready", wu.user_id)


def constraint_of(actor: Actor, sql: str, *values: object) -> str:
    with pytest.raises(DatabaseError) as refusal:
        tried(actor, sql, *values)
    cause = refusal.value.__cause__
    assert isinstance(cause, psycopg2.Error)
    return str(cause.diag.constraint_name)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE sharing_attachment SET sha256 = 'x'",
        "UPDATE sharing_attachment SET name = 'x'",
        "UPDATE sharing_attachment SET state = 'ready'",
        "DELETE FROM sharing_attachment",
        "SELECT wrapped FROM sharing_sealedoriginal",
        "UPDATE sharing_sealedoriginal SET key = 'x'",
        "DELETE FROM sharing_sealedoriginal",
        "INSERT INTO sharing_sealedderivative (tenant_id) VALUES (1)",
        "UPDATE sharing_sealedderivative SET attachment_id = 1",
    ],
)
def test_the_web_changes_nothing_that_was_handed_in(wu: Actor, db: None, sql: str) -> None:
    assert "permission denied" in refused(wu, sql)


def test_originals_are_handed_to_custodians_alone(
    cabinet: Cabinet, wu: Actor, lin: Actor, jiang: Actor
) -> None:
    made = cabinet.take(PHOTO)
    ask = "SELECT stored_name FROM sec.original_of(%s)"

    assert len(tried(lin, ask, made.pk)) == 1
    assert tried(wu, ask, made.pk) == []
    assert tried(jiang, ask, made.pk) == []
    assert "permission denied" in refused_as_worker(cabinet, wu, ask, made.pk)


def refused_as_worker(cabinet: Cabinet, actor: Actor, sql: str, *values: object) -> str:
    with cabinet.django_as("worker"):
        return refused(actor, sql, *values)


def test_a_deputy_is_no_custodian(cabinet: Cabinet, wu: Actor, lin: Actor) -> None:
    made = cabinet.take(PHOTO)
    seat = (
        "UPDATE tenancy_membership SET principal_id = %s, stands_for = id, withheld = '[]',"
        " since_on = CURRENT_DATE - 1, until_on = CURRENT_DATE + 30 WHERE user_id = %s"
    )
    with cabinet.django_as("superuser"), connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(seat, [wu.user_id, lin.user_id])

    assert tried(lin, "SELECT stored_name FROM sec.original_of(%s)", made.pk) == []


def test_what_was_decided_of_a_file_stands(cabinet: Cabinet) -> None:
    made = cabinet.take(PHOTO)
    change = "UPDATE sharing_attachment SET state = 'refused', refusal = '{}' WHERE id = %s"

    with cabinet.django_as("worker"):
        with pytest.raises(DatabaseError) as refusal:
            tried(cabinet.actor, change, made.pk)
        assert "stands" in str(refusal.value)


def test_a_seal_is_of_an_attachment_of_its_own_office(cabinet: Cabinet, jiang: Actor) -> None:
    made = cabinet.take(PHOTO)
    row = {"attachment_id": made.pk, "cipher": "x", "key": "x", "wrapped": b""}
    with (
        cabinet.django_as("worker"),
        pytest.raises(DatabaseError, match="same_office"),
        in_office(jiang.tenant_id, None),
    ):
        SealedDerivative.objects.create(tenant_id=jiang.tenant_id, **row)


def test_the_function_knows_the_custodians_that_the_table_of_roles_knows() -> None:
    named = re.search(r"seat.role IN \(([^)]*)\)", migration.ORIGINAL_OF)
    held = {
        role.value
        for role in Role
        for kind in ("city", "county")
        if Permission.OPEN_ORIGINALS in MATRIX.permissions(role, kind)
    }

    assert named is not None
    assert set(re.findall(r"'(\w+)'", named[1])) == held
