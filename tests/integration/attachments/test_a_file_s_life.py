"""From the hand that gives it to the hands that get it: sealed, cleaned, read by who may."""

from __future__ import annotations

import hashlib
import os
import time
from io import BytesIO
from pathlib import Path

import pytest
from django.db import connection, transaction
from PIL import Image
from pytest_django import Settings

from kernel.errors import DomainError, NotAllowed, NotVisible
from sharing.attachments import outside
from sharing.attachments.kinds import LARGEST
from sharing.attachments.refusals import Recording, TooLarge, UnknownKind
from sharing.errors.attachments import AttachmentNotReady, OriginalNeedsReason
from sharing.mapping import filing
from sharing.models.attachments import Attachment, SealedDerivative, SealedOriginal
from sharing.services import attaching, cleaning_files
from sharing.services.attaching import (
    attach,
    detach,
    open_derivative,
    open_original,
    take_in,
)
from sharing.vault.key_service import KeyServiceAway, SealIsBroken
from tenancy.actor import Actor
from tenancy.models import AuditEntry, Job
from tests import planted
from tests.filing.models import FolderFile
from tests.integration.attachments.conftest import Cabinet, new_folder
from tests.people import acting

PHOTO = planted.FILES["PLANTED.jpg"]


def read(actor: Actor, number: int) -> attaching.Opened:
    with acting(actor):
        return open_derivative(actor=actor, number=number)


def acts(number: int) -> list[str]:
    entries = AuditEntry.objects.filter(object_type="sharing.attachment", object_id=number)
    return list(entries.order_by("at", "pk").values_list("action", flat=True))


def test_it_is_taken_in_sealed_and_handed_on_cleaned(cabinet: Cabinet, lin: Actor) -> None:
    made = cabinet.take(PHOTO, r"D:\wu\现场照片.JPG")

    assert (made.state, made.kind, made.name) == ("ready", "jpeg", "现场照片.jpg")
    assert made.sha256 == hashlib.sha256(PHOTO).hexdigest()
    got = read(lin, made.pk)
    assert made.derivative_sha256 == hashlib.sha256(got.content).hexdigest()
    assert Image.open(BytesIO(got.content)).size == (48, 64)
    assert planted.MARK not in got.content
    with acting(lin):
        assert acts(made.pk) == [
            "sharing.attachment.taken_in",
            "sharing.attachment.cleaned",
            "sharing.attachment.opened",
        ]


def test_before_it_is_cleaned_there_is_nothing_to_read(cabinet: Cabinet, wu: Actor) -> None:
    made = cabinet.put(PHOTO)

    with pytest.raises(AttachmentNotReady):
        read(wu, made.pk)


def test_what_is_not_taken_in_leaves_nothing(cabinet: Cabinet) -> None:
    for content, refusal in ((b"ID3\x04", Recording), (b"GIF89a", UnknownKind)):
        with pytest.raises(refusal):
            cabinet.put(content)
    with acting(cabinet.actor):
        assert not Attachment.objects.exists()
    assert cabinet.files() == []


def test_more_than_is_ever_taken_is_not_even_gathered(cabinet: Cabinet) -> None:
    given = iter([b"x" * LARGEST, b"x", b"never asked for"])
    with pytest.raises(TooLarge), acting(cabinet.actor):
        take_in(
            actor=cabinet.actor,
            link=FolderFile,
            subject=cabinet.folder,
            file_name="x",
            content=given,
        )

    assert next(given) == b"never asked for"


def test_what_cannot_be_cleaned_is_refused_in_words_and_nothing_is_kept(cabinet: Cabinet) -> None:
    made = cabinet.take(b"%PDF-1.7 and no more", "x.pdf")

    assert made.state == "refused"
    assert made.refusal is not None
    assert made.refusal["code"] == "sharing.attachment.damaged"
    assert all(made.refusal["zh"] + made.refusal["en"])
    assert cabinet.files() == []
    with cabinet.django_as("superuser"):
        assert not SealedOriginal.objects.exists()
    with acting(cabinet.actor):
        assert acts(made.pk)[-1] == "sharing.attachment.refused"


def test_a_fault_of_ours_is_told_and_nothing_is_kept(
    cabinet: Cabinet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "sharing.tasks.attachments.cleaned_aside",
        lambda *_: (_ for _ in ()).throw(outside.CleaningFailed("ValueError")),
    )
    made = cabinet.put(PHOTO)

    assert cabinet.work(made) == "failed"

    found = cabinet.see(made.pk)
    assert found.refusal is not None
    assert found.refusal["code"] == "sharing.attachment.cleaning_stopped"
    assert cabinet.files() == []


def test_done_twice_it_is_done_once(cabinet: Cabinet) -> None:
    made = cabinet.take(PHOTO)
    with cabinet.django_as("superuser"):
        Job.objects.filter(pk=made.job_id or 0).update(state="queued", finished_at=None)
    before = cabinet.files()

    assert cabinet.work(made) == "done"

    assert cabinet.files() == before
    assert len(before) == 2


def test_a_worker_that_dies_before_the_commit_leaves_no_row_and_no_file(
    cabinet: Cabinet, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = cabinet.put(PHOTO)
    with monkeypatch.context() as patch:

        def fallen(*_: object, **__: object) -> None:
            raise OSError("no room")

        patch.setattr("sharing.services.cleaning_files.audit.record", fallen)
        assert cabinet.work(made) == "failed"
    assert cabinet.see(made.pk).state == "cleaning"
    for path in cabinet.files():
        old = time.time() - filing.ORPHAN_AFTER_S - 1
        os.utime(path, (old, old))

    with cabinet.django_as("worker"):
        cleaning_files.forget_orphans()

    assert len(cabinet.files()) == 1, "the original alone"


def test_orphans_go_and_what_has_a_row_or_may_get_one_stays(cabinet: Cabinet) -> None:
    made = cabinet.take(PHOTO)
    old, young = (filing.keep(made.tenant_id, b"x") for _ in range(2))
    long_ago = time.time() - filing.ORPHAN_AFTER_S - 1
    for path in cabinet.files():
        if path.name != young:
            os.utime(path, (long_ago, long_ago))

    with cabinet.django_as("worker"):
        cleaning_files.forget_orphans()

    left = {path.name for path in cabinet.files()}
    assert old not in left
    assert young in left
    assert len(left) == 3
    assert read(cabinet.actor, made.pk).content


def test_an_act_that_is_undone_leaves_no_file(
    cabinet: Cabinet, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fallen(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("sharing.services.attaching.audit.record", fallen)
    with pytest.raises(RuntimeError):
        cabinet.put(PHOTO)

    assert cabinet.files() == []


def test_it_is_read_exactly_by_who_may_read_what_it_hangs_on(
    cabinet: Cabinet, wu: Actor, lin: Actor, jiang: Actor
) -> None:
    kept = Cabinet(wu, new_folder(wu, wu.user_id), cabinet.django_as, cabinet.media, cabinet.keys)
    open_to_all, own = cabinet.take(PHOTO), kept.take(PHOTO)

    assert read(wu, own.pk).content
    assert read(lin, open_to_all.pk).content
    for who, number in ((lin, own.pk), (jiang, open_to_all.pk), (jiang, own.pk), (lin, 10**9)):
        with pytest.raises(NotVisible):
            read(who, number)


def test_hung_on_a_second_record_its_readers_read_it_until_it_is_taken_off(
    cabinet: Cabinet, wu: Actor, lin: Actor
) -> None:
    kept = Cabinet(wu, new_folder(wu, wu.user_id), cabinet.django_as, cabinet.media, cabinet.keys)
    made, other = kept.take(PHOTO), cabinet.folder
    for _ in range(2):
        with acting(wu):
            attach(actor=wu, link=FolderFile, subject=other, number=made.pk)
    assert read(lin, made.pk).content

    with acting(wu):
        detach(actor=wu, link=FolderFile, subject=other, number=made.pk)

    with pytest.raises(NotVisible):
        read(lin, made.pk)
    assert read(wu, made.pk).content
    with acting(wu):
        assert acts(made.pk).count("sharing.attachment.attached") == 1
        attach(actor=wu, link=FolderFile, subject=other, number=made.pk)


def test_nobody_hangs_up_what_they_may_not_read(cabinet: Cabinet, wu: Actor, lin: Actor) -> None:
    kept = Cabinet(wu, new_folder(wu, wu.user_id), cabinet.django_as, cabinet.media, cabinet.keys)
    made = kept.take(PHOTO)

    with pytest.raises(NotVisible), acting(lin):
        attach(actor=lin, link=FolderFile, subject=cabinet.folder, number=made.pk)


# --- Originals ---------------------------------------------------------------------------------


def original(actor: Actor, number: int, reason: str = "核对原始证据") -> bytes:
    with acting(actor):
        return open_original(actor=actor, number=number, reason=reason).content


def test_a_custodian_opens_the_original_with_a_reason_that_stands_on_record(
    cabinet: Cabinet, lin: Actor
) -> None:
    made = cabinet.take(PHOTO)

    assert original(lin, made.pk) == PHOTO

    with acting(lin):
        line = AuditEntry.objects.get(action="sharing.original.opened")
        assert line.object_id == made.pk
        assert line.data["reason"] == "核对原始证据"


def test_without_a_reason_or_the_seat_it_stays_shut(
    cabinet: Cabinet, wu: Actor, lin: Actor, jiang: Actor
) -> None:
    made = cabinet.take(PHOTO)

    refused: list[tuple[Actor, str, type[DomainError]]] = [
        (wu, "x", NotAllowed),
        (lin, "  ", OriginalNeedsReason),
        (jiang, "x", NotVisible),
    ]
    for who, reason, refusal in refused:
        with pytest.raises(refusal):
            original(who, made.pk, reason)


def test_a_custodian_opens_no_original_of_a_record_that_they_may_not_read(
    cabinet: Cabinet, wu: Actor, lin: Actor
) -> None:
    kept = Cabinet(wu, new_folder(wu, wu.user_id), cabinet.django_as, cabinet.media, cabinet.keys)
    made = kept.take(PHOTO)

    with pytest.raises(NotVisible):
        original(lin, made.pk)


# --- What lies on the disks -----------------------------------------------------------------------


def test_a_file_that_was_changed_or_exchanged_does_not_open(cabinet: Cabinet) -> None:
    one, two = cabinet.take(PHOTO), cabinet.take(planted.FILES["photo.png"], "b.png")
    with cabinet.django_as("superuser"):
        names = dict(SealedDerivative.objects.values_list("attachment", "stored_name"))
    paths = {path.name: path for path in cabinet.files()}
    first, second = paths[names[one.pk]], paths[names[two.pk]]
    first.write_bytes(second.read_bytes())
    with pytest.raises(SealIsBroken):
        read(cabinet.actor, one.pk)

    whole = bytearray(second.read_bytes())
    whole[len(whole) // 2] ^= 1
    second.write_bytes(whole)
    with pytest.raises(SealIsBroken):
        read(cabinet.actor, two.pk)


def test_without_its_keys_nothing_is_taken_in_and_nothing_is_lost(
    cabinet: Cabinet, settings: Settings, tmp_path: Path
) -> None:
    made = cabinet.take(PHOTO)
    settings.KEYS_FOLDER = tmp_path / "not-mounted"

    with pytest.raises(KeyServiceAway):
        read(cabinet.actor, made.pk)
    with pytest.raises(KeyServiceAway):
        cabinet.put(PHOTO)

    settings.KEYS_FOLDER = cabinet.keys
    assert read(cabinet.actor, made.pk).content
    assert len(cabinet.files()) == 2


def test_where_the_office_wants_it_sm4_seals_and_both_open(
    cabinet: Cabinet, settings: Settings
) -> None:
    before = cabinet.take(PHOTO)
    settings.RECORD_CIPHER = "sm4-gcm"
    after = cabinet.take(PHOTO)

    for one in (before, after):
        assert read(cabinet.actor, one.pk).content
    with cabinet.django_as("superuser"):
        ciphers = SealedDerivative.objects.order_by("pk").values_list("cipher", flat=True)
        assert list(ciphers) == ["aes-256-gcm", "sm4-gcm"]


def test_the_transaction_of_the_intake_is_one(cabinet: Cabinet) -> None:
    with acting(cabinet.actor), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        made = cabinet.put(PHOTO)
        transaction.set_rollback(True)

    with acting(cabinet.actor):
        assert not Attachment.objects.filter(pk=made.pk).exists()
