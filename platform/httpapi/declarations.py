"""What an endpoint says of each of its verbs: who may, what it takes, what it gives.

A verb that says nothing is closed. The OpenAPI document is made from the same words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import wraps
from typing import Any, Literal

from django.http import HttpResponse
from rest_framework.serializers import BaseSerializer, Serializer

from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.paging import Window

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
JSON = "application/json"
OCTETS = "application/octet-stream"
FORM = "multipart/form-data"


class Everybody(Enum):
    """In place of a permission, where none is needed. Each use is listed in a test."""

    SEATED = "whoever acts for an office"
    STRANGERS = "anybody"


# One of several permissions: the service decides which of them the case at hand needs.
Needed = Permission | tuple[Permission, ...] | Everybody
Kind = Literal["one", "list", "act", "workbook", "docx", "document", "file"]


@dataclass(frozen=True, slots=True)
class Verb:
    operation: str  # the name of the call in OpenAPI, for ever
    kind: Kind
    needed: Needed
    gives: type[BaseSerializer[Any]] | None = None
    takes: type[BaseSerializer[Any]] | None = None
    asks: type[Serializer[Any]] | None = None
    status: int = 200
    takes_file: bool = False
    takes_document: bool = False  # the file, or its content as the whole body
    is_kept: bool = True

    @property
    def offers(self) -> str:
        return {"workbook": XLSX, "docx": DOCX, "file": OCTETS}.get(self.kind, JSON)

    @property
    def reads(self) -> str:
        if self.takes_document:
            return f"{FORM}, {JSON}"
        return FORM if self.takes_file else JSON


@dataclass(frozen=True, slots=True)
class Call:
    """What a handler is told: who, the body, the query, and which part of a list."""

    actor: Actor
    given: Mapping[str, Any]
    asked: Mapping[str, Any]
    window: Window


@dataclass(frozen=True, slots=True)
class Created:
    """Something new, with its address."""

    made: Any
    address: str


@dataclass(frozen=True, slots=True)
class Workbook:
    content: bytes
    file_name: str


@dataclass(frozen=True, slots=True)
class Document:
    """A JSON file as it is kept: its very bytes, which its hash is of."""

    content: bytes
    file_name: str


@dataclass(frozen=True, slots=True)
class File:
    """Bytes of whatever kind, as somebody handed them in or had them made."""

    content: bytes
    file_name: str


Handler = Callable[..., Any]
Declared = Callable[[Handler], Handler]


def reads(
    operation: str,
    needed: Needed,
    *,
    gives: type[BaseSerializer[Any]] | None,
    asks: type[Serializer[Any]] | None = None,
) -> Declared:
    """One thing. The handler gives what `gives` shows; None: what is JSON already."""
    return _declaring(Verb(operation, "one", needed, gives=gives, asks=asks))


def lists(
    operation: str,
    needed: Needed,
    *,
    gives: type[BaseSerializer[Any]],
    asks: type[Serializer[Any]] | None = None,
) -> Declared:
    """A list. The handler gives the `Part` of it that `call.window` asks for."""
    return _declaring(Verb(operation, "list", needed, gives=gives, asks=asks))


def downloads(operation: str, needed: Needed) -> Declared:
    """A workbook. The handler gives a `Workbook`."""
    return _declaring(Verb(operation, "workbook", needed))


def writes_out(operation: str, needed: Needed) -> Declared:
    """A docx. The handler gives a `File`."""
    return _declaring(Verb(operation, "docx", needed))


def hands_out(operation: str, needed: Needed) -> Declared:
    """A JSON file. The handler gives a `Document`."""
    return _declaring(Verb(operation, "document", needed))


def hands_out_file(operation: str, needed: Needed) -> Declared:
    """A file of whatever kind. The handler gives a `File`."""
    return _declaring(Verb(operation, "file", needed))


def hands_over(operation: str, needed: Needed) -> Declared:
    """A `Document` that is there once. The reply is kept nowhere: a repeat meets the service's
    own refusal, whatever key it carries."""
    return _declaring(Verb(operation, "act", needed, is_kept=False))


def acts(
    operation: str,
    needed: Needed,
    *,
    gives: type[BaseSerializer[Any]],
    takes: type[BaseSerializer[Any]] | None = None,
    status: int = 200,
    takes_file: bool = False,
    takes_document: bool = False,
) -> Declared:
    """A change, by one service, once for each Idempotency-Key. `takes_document`: a form's `file`,
    or that file itself as a JSON body."""
    verb = Verb(
        operation,
        "act",
        needed,
        gives=gives,
        takes=takes,
        status=status,
        takes_file=takes_file or takes_document,
        takes_document=takes_document,
    )
    return _declaring(verb)


def _declaring(verb: Verb) -> Declared:
    def declare(handler: Handler) -> Handler:
        @wraps(handler)
        def answered(endpoint: Any, request: Any, **numbers: Any) -> HttpResponse:
            reply: HttpResponse = endpoint.answered(verb, handler, **numbers)
            return reply

        answered.declared = verb  # type: ignore[attr-defined]
        return answered

    return declare
