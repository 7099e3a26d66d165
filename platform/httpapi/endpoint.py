"""What every endpoint is: closed, in its office's fence, and once for each Idempotency-Key."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from django.core.files.base import ContentFile
from django.db import transaction
from django.http import HttpResponse
from django.utils.cache import patch_vary_headers
from rest_framework import exceptions, serializers
from rest_framework.authentication import SessionAuthentication
from rest_framework.parsers import BaseParser, JSONParser, MultiPartParser
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request, is_form_media_type
from rest_framework.views import APIView

from httpapi.cursors import WindowIn, next_link, window_of
from httpapi.declarations import (
    DOCX,
    JSON,
    OCTETS,
    XLSX,
    Call,
    Created,
    Document,
    File,
    Verb,
    Workbook,
)
from httpapi.errors import faults_of
from httpapi.fields import Input, composed
from httpapi.idempotency import REPLAYED, key_of, unsafe_call
from httpapi.language import spoken_tag
from httpapi.permissions import declared_verb
from httpapi.refusals import QueryNotValid
from httpapi.rules import reads_of_operations, rules_of_operations
from httpapi.schema import DeclaredSchema
from tenancy.actor import Actor
from tenancy.domain.reads import UNDECIDED
from tenancy.http import API_DOOR
from tenancy.paging import Part, Window
from tenancy.services.idempotency import Reply, claim, keep_reply
from tenancy.services.reading import note_reading


class WorkbookRenderer(BaseRenderer):
    """For negotiation alone: a workbook is bytes already."""

    media_type = XLSX
    format = "xlsx"
    render_style = "binary"


class DocxRenderer(BaseRenderer):
    """Likewise, for a docx."""

    media_type = DOCX
    format = "docx"
    render_style = "binary"


class FileRenderer(BaseRenderer):
    """Likewise, for a file of whatever kind."""

    media_type = OCTETS
    format = "file"
    render_style = "binary"


RENDERERS: dict[str, type[BaseRenderer]] = {
    XLSX: WorkbookRenderer,
    DOCX: DocxRenderer,
    OCTETS: FileRenderer,
}


class Json(JSONParser):
    """JSON that can be kept: no half characters, no NUL, and no deeper than Python goes."""

    def parse(self, *args: Any, **kwargs: Any) -> Any:
        try:
            read = super().parse(*args, **kwargs)
            text = json.dumps(read, ensure_ascii=False).encode()
        except (RecursionError, UnicodeEncodeError) as error:
            raise exceptions.ParseError from error
        if rb"\u0000" in text:
            raise exceptions.ParseError
        return composed(read)


class WholeBody(BaseParser):
    """The body is the file. Who reads it is stricter than a parser, and hashes what was sent."""

    media_type = JSON

    def parse(self, stream: Any, *args: Any, **kwargs: Any) -> Any:
        return {"file": ContentFile(stream.read(), name="body.json")}


class Endpoint(APIView):
    """An address. Its handlers are declared (`httpapi.declarations`); the rest happens here."""

    # No OPTIONS: what an address offers stands in the OpenAPI document.
    http_method_names = ["get", "head", "post", "put", "patch", "delete"]
    schema = DeclaredSchema()

    @classmethod
    def as_view(cls, **options: Any) -> Any:
        view = super().as_view(**options)
        view.door = API_DOOR  # type: ignore[attr-defined]
        return view

    # --- What DRF asks -----------------------------------------------------------------

    @property
    def verb(self) -> Verb | None:
        # Without a request: the schema is being made.
        return declared_verb(self, str(self.request.method)) if self.request else None

    @property
    def offered(self) -> str:
        return self.verb.offers if self.verb else JSON

    @property
    def read(self) -> str:
        return self.verb.reads if self.verb else JSON

    def get_renderers(self) -> list[BaseRenderer]:
        return [RENDERERS.get(self.offered, JSONRenderer)()]

    def get_parsers(self) -> list[BaseParser]:
        if self.verb is not None and self.verb.takes_document:
            return [MultiPartParser(), WholeBody()]
        return [Json() if self.read == JSON else MultiPartParser()]

    def perform_authentication(self, request: Request) -> None:
        """The middleware has found out who it is; a session's unsafe call must not be forged."""
        asked = request._request
        refusal = getattr(asked, "refusal", None)
        if refusal is not None:
            raise refusal
        actor = getattr(asked, "actor", None)
        if actor is not None and actor.token_number is None:
            SessionAuthentication().enforce_csrf(request)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        patch_vary_headers(response, ["Accept-Language", "Authorization", "Cookie"])
        return response

    # --- What a declared verb does ---------------------------------------------------------

    def answered(self, verb: Verb, handler: Callable[..., Any], **numbers: Any) -> HttpResponse:
        """A refusal on the way undoes what was written, and nothing is kept of the call."""
        call = self._call(verb)
        with transaction.atomic():
            if verb.kind != "act" or not verb.is_kept:
                reply = self._reply(verb, handler(self, call, **numbers))
                _note(verb, call.actor, numbers.get("number"))
                return _response(reply)
            unsafe = unsafe_call(self.request)
            kept = claim(actor=call.actor, call=unsafe)
            if kept is not None:
                return _response(kept, {REPLAYED: "true"})
            reply = self._reply(verb, handler(self, call, **numbers))
            keep_reply(actor=call.actor, call=unsafe, reply=reply)
            return _response(reply)

    def _call(self, verb: Verb) -> Call:
        asked = self._asked(verb)
        window = window_of(self.request, asked) if verb.kind == "list" else Window(0)
        given: Mapping[str, Any] = {}
        if verb.kind == "act":
            key_of(self.request)
            given = self._given(verb)
        return Call(getattr(self.request._request, "actor", None), given, asked, window)  # type: ignore[arg-type]

    def _asked(self, verb: Verb) -> Mapping[str, Any]:
        parts = [part for part in (verb.asks, WindowIn if verb.kind == "list" else None) if part]
        reader = type("Query", tuple(parts) or (Input,), {})(data=self.request.GET.dict())
        try:
            return _valid(reader)
        except exceptions.ValidationError as error:
            faults = faults_of(error)
            refusal = QueryNotValid(count=len(faults))
            refusal.faults = faults  # type: ignore[attr-defined]
            raise refusal from error

    def _given(self, verb: Verb) -> Mapping[str, Any]:
        if not (verb.takes_file and is_form_media_type(self.request.content_type)):
            # Now, while it is one piece: its hash is taken as well.
            _ = self.request._request.body
        return _valid((verb.takes or Input)(data=self.request.data))

    def _reply(self, verb: Verb, told: Any) -> Reply:
        if isinstance(told, Workbook | Document | File):
            headers = {
                "Content-Type": verb.offers,
                "Content-Disposition": f"attachment; filename*=UTF-8''{quote(told.file_name)}",
            }
            return Reply(200, headers, told.content)
        headers = {"Content-Type": JSON, "Content-Language": spoken_tag()}
        if isinstance(told, Created):
            headers["Location"] = told.address
            told = told.made
        shown = self._shown(verb, told, headers)
        return Reply(verb.status, headers, JSONRenderer().render(shown))

    def _shown(self, verb: Verb, told: Any, headers: dict[str, str]) -> Any:
        if verb.gives is None:
            return told
        if not isinstance(told, Part):
            return verb.gives(told).data
        following = next_link(self.request._request, told)
        if following is not None:
            headers["Link"] = f'<{following}>; rel="next"'
        return {"items": verb.gives(told.lines, many=True).data, "next": following}


def _valid(reader: serializers.BaseSerializer[Any]) -> Mapping[str, Any]:
    reader.is_valid(raise_exception=True)
    valid: Mapping[str, Any] = reader.validated_data
    return valid


def _response(reply: Reply, more: Mapping[str, str] | None = None) -> HttpResponse:
    response = HttpResponse(reply.body, status=reply.status)
    for name, value in {**reply.headers, **(more or {})}.items():
        response[name] = value
    return response


def _note(verb: Verb, actor: Actor | None, number: int | None) -> None:
    """What was read is recorded before it is sent. Strangers read nothing of anybody's."""
    if actor is None:
        return
    note_reading(
        actor=actor,
        reading=reads_of_operations().get(verb.operation, UNDECIDED),
        rules=rules_of_operations().get(verb.operation, ()),
        number=number,
        place=verb.operation,
    )
