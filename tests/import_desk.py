"""A clerk's import from the upload to the roster: the web as the app, the job as a worker."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import Client
from pytest_django import Settings

from scheduling.models.imports import Import, ImportRow
from scheduling.models.rosters import Person
from scheduling.services.importing import apply_import, upload_workbook
from tenancy.actor import Actor
from tenancy.context import in_office
from tenancy.models import User
from tenancy.runner import run_job

RoleSwitch = Callable[[str], AbstractContextManager[None]]
SignedIn = Callable[[Actor], Client]


@dataclass
class Desk:
    """One clerk's desk, and the worker in the next room."""

    actor: Actor
    django_as: RoleSwitch

    def upload(self, path: Path, kind: str = "roster") -> Import:
        """Upload and have it read; the import as the dry run left it."""
        number = self.upload_only(path, kind).pk
        self.work(number)
        return self.see(number)

    def upload_only(self, path: Path, kind: str = "roster") -> Import:
        with in_office(self.actor.tenant_id, self.actor.user_id):
            return upload_workbook(
                actor=self.actor, kind=kind, file_name=path.name, content=[path.read_bytes()]
            ).upload

    def apply(self, number: int, *accepted: int) -> Import:
        with in_office(self.actor.tenant_id, self.actor.user_id):
            apply_import(actor=self.actor, number=number, accepted=accepted)
        self.work(number)
        return self.see(number)

    def take(self, path: Path, kind: str = "roster") -> Import:
        return self.apply(self.upload(path, kind).pk)

    def work(self, number: int) -> str:
        job = self.see(number).job_number
        assert job is not None
        with self.django_as("worker"):
            return run_job(job)

    def see(self, number: int) -> Import:
        with in_office(self.actor.tenant_id, self.actor.user_id):
            return Import.objects.get(pk=number)

    def rows(self, number: int, state: str) -> list[ImportRow]:
        with in_office(self.actor.tenant_id, self.actor.user_id):
            return list(ImportRow.objects.filter(upload_id=number, state=state).order_by("pk"))

    def people(self) -> dict[str, Person]:
        with in_office(self.actor.tenant_id, self.actor.user_id):
            return {person.number: person for person in Person.objects.all()}


@pytest.fixture
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


@pytest.fixture
def desk(wu: Actor, django_as: RoleSwitch, media: Path) -> Desk:
    """Wu's, the clerk of Dinghai."""
    return Desk(wu, django_as)


@pytest.fixture
def signed_in(committed_db: None, media: Path) -> SignedIn:
    """A browser in which somebody has signed in and chosen their office."""

    def sign_in(actor: Actor) -> Client:
        client = Client()
        assert actor.user_id is not None
        user = User.objects.get(pk=actor.user_id)
        client.force_login(user, backend=django_settings.AUTHENTICATION_BACKENDS[-1])
        session = client.session
        session["office"] = actor.tenant_id
        session.save()
        return client

    return sign_in
