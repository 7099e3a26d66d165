"""A new key for an office: everything opens under it, and what is under the old one is nobody's any more."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from sharing.mapping.keys import key_service
from sharing.models.attachments import SealedDerivative, SealedOriginal
from sharing.services import key_rotation
from sharing.services.attaching import open_derivative, open_original
from sharing.services.key_rotation import finish_rotation, rewrapped_tables
from sharing.vault.envelopes import rewrapped
from tenancy.actor import Actor
from tenancy.models import AuditEntry
from tests import planted
from tests.integration.attachments.conftest import Cabinet
from tests.people import acting

PHOTO = planted.FILES["PLANTED.jpg"]


def rotated(cabinet: Cabinet, *options: str) -> str:
    said = StringIO()
    with cabinet.django_as("worker"):
        call_command("rotate_keys", "dinghai", *options, stdout=said)
    return said.getvalue()


def keys_in_use(cabinet: Cabinet) -> set[str]:
    with cabinet.django_as("superuser"):
        return {
            key
            for model in (SealedOriginal, SealedDerivative)
            for key in model.objects.values_list("key", flat=True)
        }


def test_after_a_rotation_everything_opens_and_the_old_key_opens_nothing(
    cabinet: Cabinet, lin: Actor
) -> None:
    made, refused = cabinet.take(PHOTO), cabinet.take(b"%PDF-1.7 x")
    assert refused.state == "refused"
    [old] = keys_in_use(cabinet)
    files = {path.name: path.read_bytes() for path in cabinet.files()}

    assert "2 rows" in rotated(cabinet)

    [new] = keys_in_use(cabinet)
    assert new != old
    assert {path.name: path.read_bytes() for path in cabinet.files()} == files
    key_service().destroy(old)
    with acting(lin):
        assert open_derivative(actor=lin, number=made.pk).content
        assert open_original(actor=lin, number=made.pk, reason="x").content == PHOTO
        line = AuditEntry.objects.get(action="sharing.key.rotated")
        assert (line.object_id, line.data) == (lin.tenant_id, {"rows": 2})


def test_interrupted_it_is_finished_and_meanwhile_everything_opens(
    cabinet: Cabinet, wu: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = [cabinet.take(PHOTO).pk for _ in range(2)]
    monkeypatch.setattr(key_rotation, "AT_ONCE", 1)
    rewrap, calls = rewrapped, iter([True, True, False])

    def dying(*given: Any) -> Any:
        assert next(calls), "the process died"
        return rewrap(*given)

    with monkeypatch.context() as patch:
        patch.setattr(key_rotation, "rewrapped", dying)
        with pytest.raises(AssertionError, match="died"):
            rotated(cabinet)
    assert len(keys_in_use(cabinet)) == 2
    with acting(wu):
        assert all(open_derivative(actor=wu, number=number).content for number in numbers)

    assert "2 rows" in rotated(cabinet, "--finish")

    assert len(keys_in_use(cabinet)) == 1
    with cabinet.django_as("worker"):
        assert finish_rotation(office=wu.tenant_id).rows == 0


def test_of_an_office_that_is_not_there_it_says_so(cabinet: Cabinet) -> None:
    with pytest.raises(CommandError, match="Nothing was changed"), cabinet.django_as("worker"):
        call_command("rotate_keys", "nowhere")


def test_every_table_of_wrapped_keys_is_wrapped_anew() -> None:
    """One that nobody registered would stay under a key that is destroyed one day."""
    there = {
        model._meta.db_table
        for model in apps.get_models()
        if "wrapped" in {field.name for field in model._meta.concrete_fields}
    }

    assert there == rewrapped_tables()
