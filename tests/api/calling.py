"""Programs as the tests know them: what they send, and what they get."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.test import Client

from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.models import User
from tenancy.services.tokens import make_token
from tests.people import acting

API = "/api/v1"
PROBLEM = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, read once."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def code(self) -> str:
        """Of a refusal."""
        assert self.headers["Content-Type"] == PROBLEM, self.body
        code: str = self.json["code"]
        return code


@dataclass
class Program:
    """Calls the API, in English unless it says otherwise."""

    client: Client = field(default_factory=Client)
    headers: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **headers: str) -> Answer:
        return self.call("GET", path, headers=headers)

    def act(self, path: str, body: Any = None, *, method: str = "POST", key: str = "") -> Answer:
        return self.call(method, path, body=body, headers={"Idempotency-Key": key or str(uuid4())})

    def put(self, path: str, body: Any) -> Answer:
        return self.act(path, body, method="PUT")

    def upload(self, path: str, *, key: str = "", **fields: Any) -> Answer:
        """A form, as programs send files."""
        headers = {"Idempotency-Key": key or str(uuid4())}
        return _read(self.client.post(_address(path), fields, headers=self._said(headers)))

    def call(
        self, method: str, path: str, *, body: Any = None, headers: dict[str, str] | None = None
    ) -> Answer:
        content = b"" if body is None else json.dumps(body).encode()
        return self.send(method, path, content, headers=headers)

    def send(
        self,
        method: str,
        path: str,
        content: bytes = b"",
        content_type: str = "application/json",
        headers: dict[str, str] | None = None,
    ) -> Answer:
        return _read(
            self.client.generic(
                method, _address(path), content, content_type, headers=self._said(headers or {})
            )
        )

    def _said(self, headers: dict[str, str]) -> dict[str, str]:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return {"Accept-Language": "en", **self.headers, **named}


def program_of(actor: Actor, *, is_checked: bool = False) -> Program:
    """In the session of somebody who signed in and chose their office.

    `is_checked`: CSRF is, as it is outside of tests.
    """
    client = Client(enforce_csrf_checks=is_checked)
    assert actor.user_id is not None
    user = User.objects.get(pk=actor.user_id)
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    session = client.session
    session["office"] = actor.tenant_id
    session.save()
    return Program(client)


def tab_of(program: Program) -> Program:
    """The same browser once more, in the same sign-in: a new one would end the first."""
    client = Client(enforce_csrf_checks=program.client.handler.enforce_csrf_checks)
    client.cookies = SimpleCookie(program.client.cookies.output(header="", sep=";"))
    return Program(client, dict(program.headers))


def token_of(actor: Actor, *permissions: Permission) -> str:
    """The secret of a new token; with all of the actor's permissions unless some are named."""
    with acting(actor):
        made = make_token(
            actor=actor, name="test", permissions=permissions or actor.permissions, days=30
        )
    return made.secret


def program_with(secret: str) -> Program:
    return Program(Client(enforce_csrf_checks=True), {"Authorization": f"Bearer {secret}"})


def _address(path: str) -> str:
    return path if path.startswith("/api/") else f"{API}{path}"


def _read(response: Any) -> Answer:
    return Answer(response.status_code, dict(response.headers), b"".join(response))
