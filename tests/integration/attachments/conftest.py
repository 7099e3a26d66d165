"""A folder of Dinghai's office, the hands that put files into it, and a worker in the next room."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytest_django import Settings

from sharing.models.attachments import Attachment
from sharing.services.attaching import take_in
from tenancy.actor import Actor
from tenancy.runner import run_job
from tests.filing.models import Folder, FolderFile
from tests.people import acting

RoleSwitch = Callable[[str], AbstractContextManager[None]]


@dataclass
class Cabinet:
    """`media`, `keys`: what lies on the disks."""

    actor: Actor
    folder: int
    django_as: RoleSwitch
    media: Path
    keys: Path

    def put(self, content: bytes, name: str = "a.jpg") -> Attachment:
        """Handed in, and not cleaned yet."""
        with acting(self.actor):
            return take_in(
                actor=self.actor,
                link=FolderFile,
                subject=self.folder,
                file_name=name,
                content=[content],
            )

    def work(self, made: Attachment) -> str:
        assert made.job_id is not None
        with self.django_as("worker"):
            return run_job(made.job_id)

    def take(self, content: bytes, name: str = "a.jpg") -> Attachment:
        """Handed in and cleaned, or refused."""
        made = self.put(content, name)
        assert self.work(made) == "done"
        return self.see(made.pk)

    def see(self, number: int) -> Attachment:
        with acting(self.actor):
            return Attachment.objects.get(pk=number)

    def files(self) -> list[Path]:
        return sorted(path for path in self.media.rglob("*") if path.is_file())


def new_folder(actor: Actor, kept_by: int | None = None) -> int:
    with acting(actor):
        return Folder.objects.create(tenant_id=actor.tenant_id, kept_by_id=kept_by).pk


@pytest.fixture
def cabinet(wu: Actor, django_as: RoleSwitch, tmp_path: Path, settings: Settings) -> Cabinet:
    media, keys = tmp_path / "media", tmp_path / "keys"
    keys.mkdir()
    settings.MEDIA_ROOT, settings.KEYS_FOLDER = media, keys
    return Cabinet(wu, new_folder(wu), django_as, media, keys)
