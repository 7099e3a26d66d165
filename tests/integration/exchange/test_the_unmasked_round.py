"""The round with its facts leaves through the recusal officer, once, and on record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from psycopg2.extensions import connection as Connection

from kernel.clock import now
from kernel.errors import NotAllowed, NotVisible
from scheduling.errors import ReasonMissing, SealedExportGone
from scheduling.models.rounds import InspectionRound
from scheduling.models.sealed import SealedContent, SealedExport
from scheduling.services import sealing
from tenancy.actor import Actor
from tenancy.models import AuditEntry
from tenancy.relay import do_chores
from tests.integration.scheduling.world import CANARY, World, acting

REASON = "市委巡察办核对回避结果，主任批准"


@pytest.fixture
def round_(world: World) -> InspectionRound:
    return world.released_round()


def asked(world: World, song: Actor, round_: InspectionRound) -> SealedExport:
    """Asked for, and made by the worker."""
    with acting(song):
        export = sealing.request_unmasked(actor=song, number=round_.pk, reason=REASON)
    assert export.job is not None
    assert world.work(export.job) == "done"
    return export


def test_the_officer_takes_it_once_and_each_step_is_on_record(
    world: World, song: Actor, round_: InspectionRound
) -> None:
    export = asked(world, song, round_)

    with acting(song):
        document = sealing.take_unmasked(actor=song, number=export.pk)
    with acting(song), pytest.raises(SealedExportGone):
        sealing.take_unmasked(actor=song, number=export.pk)

    assert CANARY in document.content.decode()
    with acting(song):
        actions = set(
            AuditEntry.objects.filter(action__startswith="scheduling.sealed_export").values_list(
                "action", flat=True
            )
        )
        assert actions == {
            "scheduling.sealed_export.requested",
            "scheduling.sealed_export.made",
            "scheduling.sealed_export.taken",
        }
        assert AuditEntry.objects.filter(data__reason=REASON).exists()
    with world.django_as("worker"), acting(song):
        assert not SealedContent.objects.exists()


def test_a_refused_taking_leaves_the_document_where_it_is(
    world: World, song: Actor, round_: InspectionRound, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No line in the record, no document: the two stand in one transaction."""
    export = asked(world, song, round_)

    def broken(*_args: object, **_data: object) -> None:
        raise RuntimeError("the record could not be written")

    with monkeypatch.context() as patch:
        patch.setattr("scheduling.services.sealing.audit.record", broken)
        with pytest.raises(RuntimeError), acting(song):
            sealing.take_unmasked(actor=song, number=export.pk)

    with acting(song):
        assert sealing.take_unmasked(actor=song, number=export.pk).content


def test_without_a_purpose_nothing_is_made(
    song: Actor, world: World, round_: InspectionRound
) -> None:
    with acting(song), pytest.raises(ReasonMissing):
        sealing.request_unmasked(actor=song, number=round_.pk, reason="  ")


def test_nobody_else_of_the_office_asks_for_it_sees_it_or_takes_it(
    world: World, song: Actor, round_: InspectionRound
) -> None:
    export = asked(world, song, round_)
    for actor in (world.chen, world.zhao):
        with acting(actor), pytest.raises(NotAllowed):
            sealing.request_unmasked(actor=actor, number=round_.pk, reason=REASON)
        with acting(actor), pytest.raises(NotVisible):
            sealing.take_unmasked(actor=actor, number=export.pk)
        with acting(actor), connection.cursor() as cursor:
            cursor.execute("SELECT sec.take_sealed_export(%s)", [export.pk])
            assert cursor.fetchone() == (None,)
    with acting(world.lin), pytest.raises(NotVisible):
        sealing.request_unmasked(actor=world.lin, number=round_.pk, reason=REASON)


def test_after_a_quarter_of_an_hour_it_is_gone(
    world: World, song: Actor, round_: InspectionRound, superuser_connection: Connection
) -> None:
    export = asked(world, song, round_)
    with superuser_connection.cursor() as cursor:
        cursor.execute(
            "UPDATE scheduling_sealedexport SET made_at = %s WHERE id = %s",
            [now() - timedelta(minutes=16), export.pk],
        )
    superuser_connection.commit()

    with acting(song), pytest.raises(SealedExportGone):
        sealing.take_unmasked(actor=song, number=export.pk)


def test_the_relay_removes_what_nobody_took(
    world: World, song: Actor, round_: InspectionRound, superuser_connection: Connection
) -> None:
    export = asked(world, song, round_)
    with world.django_as("worker"):
        do_chores()
        with acting(song):
            assert SealedContent.objects.exists(), "its quarter of an hour has only begun"
    with superuser_connection.cursor() as cursor:
        cursor.execute(
            "UPDATE scheduling_sealedexport SET made_at = %s WHERE id = %s",
            [now() - timedelta(minutes=16), export.pk],
        )
    superuser_connection.commit()

    with world.django_as("worker"):
        do_chores()

    with world.django_as("worker"), acting(song):
        assert not SealedContent.objects.exists()


def test_the_officer_asks_and_takes_on_the_page(
    world: World, song: Actor, round_: InspectionRound, signed_in: Callable[[Actor], Client]
) -> None:
    client, address = signed_in(song), f"/rounds/{round_.pk}/exchange/"

    assert client.post(f"{address}unmasked/", {"reason": ""}).status_code == 422
    assert client.post(f"{address}unmasked/", {"reason": REASON}).status_code == 302
    with acting(song):
        export = SealedExport.objects.select_related("job").get()
    assert export.job is not None
    world.work(export.job)
    page = client.get(address).content.decode()
    taken = client.post(f"/sealed/{export.pk}/take/")

    assert f"/sealed/{export.pk}/take/" in page
    assert CANARY not in page
    assert CANARY in taken.content.decode()
    assert "no-store" in taken["Cache-Control"]
    assert signed_in(world.chen).get(address).content.decode().count("unmasked/") == 0
