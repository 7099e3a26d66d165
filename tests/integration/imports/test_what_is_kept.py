"""Uploads hold what was typed of people: they are kept until they have served, and no longer."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import ProgrammingError, connection

from scheduling.mapping.filing import forget
from scheduling.models.imports import Import, ImportRow
from scheduling.services.expiring import forget_stale_imports
from tenancy.context import in_office
from tenancy.models import AuditEntry
from tests.import_desk import Desk, RoleSwitch, SignedIn
from tests.workbook_files import roster

OLD = timedelta(days=31)


def aged(django_as: RoleSwitch, number: int) -> None:
    with django_as("superuser"), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE scheduling_import SET uploaded_at = uploaded_at - %s::interval WHERE id = %s",
            [f"{OLD.days} days", number],
        )


def files(media: Path) -> list[str]:
    return sorted(path.suffix for path in media.rglob("*") if path.is_file())


def test_what_nobody_applied_in_time_is_gone_and_says_so(
    desk: Desk, django_as: RoleSwitch, media: Path, tmp_path: Path
) -> None:
    stale = desk.upload(roster(tmp_path))
    aged(django_as, stale.pk)
    assert files(media) == [".upload"]

    with django_as("worker"):
        forget_stale_imports()

    ended = desk.see(stale.pk)
    assert ended.state == Import.State.REFUSED
    assert ended.refusal is not None
    assert "30 天" in ended.refusal["zh"][0]
    assert files(media) == []
    with in_office(desk.actor.tenant_id, desk.actor.user_id):
        assert not ImportRow.objects.filter(upload_id=stale.pk).exists()
        assert AuditEntry.objects.filter(action="scheduling.import.expired").count() == 1


def test_what_is_young_or_was_applied_stays(
    desk: Desk, django_as: RoleSwitch, media: Path, tmp_path: Path
) -> None:
    applied = desk.take(roster(tmp_path))
    aged(django_as, applied.pk)
    young = desk.upload(roster(tmp_path, ("A009", "郑九", None, "", "", "", "")))

    with django_as("worker"):
        forget_stale_imports()

    assert desk.see(applied.pk).state == Import.State.APPLIED
    assert desk.see(young.pk).state == Import.State.DRY_RUN


def test_rows_that_were_not_taken_are_offered_for_a_month(
    desk: Desk, django_as: RoleSwitch, media: Path, tmp_path: Path
) -> None:
    desk.upload(roster(tmp_path))
    [folder] = [path for path in media.iterdir() if path.is_dir()]
    old, young = folder / "a.faulty.xlsx", folder / "b.faulty.xlsx"
    for path in (old, young):
        path.write_bytes(b"x")
    before = time.time() - OLD.total_seconds()
    os.utime(old, (before, before))

    with django_as("worker"):
        forget_stale_imports()

    assert (old.exists(), young.exists()) == (False, True)


def test_a_workbook_that_another_relay_removes_at_the_same_moment_is_no_fault(
    desk: Desk, django_as: RoleSwitch, media: Path, tmp_path: Path
) -> None:
    desk.upload(roster(tmp_path))
    [folder] = [path for path in media.iterdir() if path.is_dir()]
    (folder / "gone.faulty.xlsx").symlink_to(folder / "nowhere")

    with django_as("worker"):
        forget_stale_imports()


def test_a_file_that_cannot_be_removed_keeps_no_other_and_is_tried_again(
    desk: Desk,
    django_as: RoleSwitch,
    media: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    stuck = desk.upload(roster(tmp_path))
    other = desk.upload(roster(tmp_path, ("A009", "郑九", None, "", "", "", "")))
    for upload in (stuck, other):
        aged(django_as, upload.pk)

    def refuse(tenant_id: int, name: str) -> None:
        if name == stuck.stored_name:
            raise PermissionError(name)
        forget(tenant_id, name)

    with monkeypatch.context() as locked, django_as("worker"):
        locked.setattr("scheduling.services.expiring.forget", refuse)
        forget_stale_imports()
    assert desk.see(stuck.pk).state == Import.State.DRY_RUN
    assert desk.see(other.pk).state == Import.State.REFUSED
    assert f"of import {stuck.pk} cannot be removed" in caplog.text

    with django_as("worker"):
        forget_stale_imports()
    assert desk.see(stuck.pk).state == Import.State.REFUSED
    assert files(media) == []


def test_the_web_does_not_learn_of_other_offices_imports(desk: Desk) -> None:
    with (
        in_office(desk.actor.tenant_id),
        pytest.raises(ProgrammingError),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT * FROM sec.stale_imports(1)")


def test_a_clerk_gives_an_import_up_on_its_page(
    desk: Desk, signed_in: SignedIn, media: Path, tmp_path: Path
) -> None:
    upload = desk.upload(roster(tmp_path))
    browser = signed_in(desk.actor)
    address = f"/imports/{upload.pk}/cancel/"
    assert address in browser.get(f"/imports/{upload.pk}/").content.decode()

    browser.post(address)
    desk.work(upload.pk)

    page = browser.get(f"/imports/{upload.pk}/").content.decode()
    assert "取消了这次导入" in page
    assert address not in page
    assert files(media) == []


def test_an_applied_import_is_not_given_up(desk: Desk, signed_in: SignedIn, tmp_path: Path) -> None:
    upload = desk.take(roster(tmp_path))

    answer = signed_in(desk.actor).post(f"/imports/{upload.pk}/cancel/")

    assert answer.status_code == 409
    assert desk.see(upload.pk).state == Import.State.APPLIED
