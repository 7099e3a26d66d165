"""The OpenAPI document, from what the endpoints declare."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.utils import translation
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import force_instance
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, inline_serializer
from rest_framework import serializers

from httpapi.declarations import FORM, JSON, Everybody, Verb
from httpapi.fields import Input, Number
from httpapi.problems import PROBLEM_JSON, TITLES

IDEMPOTENCY = OpenApiParameter(
    "Idempotency-Key",
    OpenApiTypes.UUID,
    OpenApiParameter.HEADER,
    required=True,
    description="A new UUID for each new call; the same one for a repeat, which then gets the"
    " reply of the first, byte for byte, with `Idempotency-Replayed: true`.",
)
UNKEPT = OpenApiParameter(
    "Idempotency-Key",
    OpenApiTypes.UUID,
    OpenApiParameter.HEADER,
    required=True,
    description="A new UUID. The reply of this call is kept nowhere: a repeat is refused.",
)
LINK = OpenApiParameter(
    "Link",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    response=["200"],
    description='The address of the next part, `rel="next"`. Not there: this was the last.',
)

# Of what a call names: it is not there, it is in another state, it is of no such kind.
OF_THE_NAMED = (404, 409, 422)
READING = (400, 401, 403, *OF_THE_NAMED, 406, 429, 500)
ACTING = (400, 401, 403, 404, 406, 409, 413, 415, 422, 429, 500)


class Problem(serializers.Serializer[Any]):
    """RFC 9457. `code` is stable and for programs, the sentences are for people."""

    type = serializers.CharField(help_text="`urn:xuncha:problem:` and the code.")
    title = serializers.CharField(help_text="What the status means.")
    status = serializers.IntegerField()
    code = serializers.CharField(help_text="`app.object.past_participle`, for ever.")
    message = serializers.CharField(help_text="What happened, with figures.")
    remedy = serializers.CharField(help_text="What to do now, and what stays as it is.")
    data = serializers.DictField(  # type: ignore[assignment]
        help_text="The figures that the message names."
    )
    errors = serializers.DictField(  # type: ignore[assignment]
        child=serializers.ListField(child=serializers.DictField(child=serializers.CharField())),
        required=False,
        help_text="Of bad input: by the path of the field, a list of `{code, message}`.",
    )


class DeclaredSchema(AutoSchema):
    """Nothing is guessed: each verb says what it takes and gives."""

    @property
    def verb(self) -> Verb:
        verb: Verb = getattr(self.view, self.method.lower()).declared
        return verb

    def get_operation_id(self) -> str:
        return self.verb.operation

    def get_summary(self) -> str:
        words = self.verb.operation.replace("_", " ")
        return words[0].upper() + words[1:]

    def get_description(self) -> str:  # type: ignore[override]
        said = (getattr(self.view, self.method.lower()).__doc__ or "").strip()
        return " ".join([" ".join(said.split()), _needed(self.verb)]).strip()

    def get_tags(self) -> list[str]:
        return [self.path.removeprefix("/api/v1/").split("/")[0].removesuffix(".json")]

    def get_auth(self) -> list[dict[str, Any]]:
        if self.verb.needed is Everybody.STRANGERS:
            return []
        session: dict[str, Any] = (
            {"session": []} if self.verb.kind != "act" else {"session": [], "csrf": []}
        )
        return [{"token": []}, session]

    def get_request_serializer(self) -> Any:
        if self.verb.takes_document:
            return {FORM: self.verb.takes, JSON: OpenApiTypes.OBJECT}
        return self.verb.takes

    def map_parsers(self) -> list[str]:
        return [self.verb.reads]

    def map_renderers(self, attribute: str) -> list[str]:
        return [self.verb.offers] if attribute == "media_type" else []

    def get_override_parameters(self) -> list[Any]:
        verb = self.verb
        queries = [verb.asks] if verb.asks else []
        if verb.kind == "list":
            from httpapi.cursors import WindowIn

            return [*queries, WindowIn, LINK]
        if verb.kind != "act":
            return queries
        return [*queries, IDEMPOTENCY if verb.is_kept else UNKEPT]

    def get_response_serializers(self) -> Any:
        acts = self.verb.kind == "act"
        left_out = set() if "{" in self.path else {404} if acts else set(OF_THE_NAMED)
        if self._names_a_row():
            left_out.discard(404)
        refusals = {
            (status, PROBLEM_JSON): OpenApiResponse(Problem, TITLES[status].en)
            for status in (ACTING if acts else READING)
            if status not in left_out
        }
        return {self._good(): self._shown(), **refusals}

    def _names_a_row(self) -> bool:
        """Whether the query or the body names a row, which may be nobody's."""
        shapes = [shape for shape in (self.verb.asks, self.verb.takes) if shape is not None]
        return any(
            isinstance(field, Number)
            for shape in shapes
            for field in getattr(shape(), "fields", {}).values()
        )

    def _map_serializer(self, serializer: Any, direction: Any, *args: Any, **more: Any) -> Any:
        """A field that nobody asked for is refused (`httpapi.fields.Input`): the document says so."""
        mapped = super()._map_serializer(serializer, direction, *args, **more)  # type: ignore[no-untyped-call]
        if isinstance(force_instance(serializer), Input):  # type: ignore[no-untyped-call]
            mapped["additionalProperties"] = False
        return mapped

    def _map_serializer_field(self, field: Any, *args: Any, **more: Any) -> Any:
        """How long a list of whole entries may be, which the generator leaves out."""
        mapped = super()._map_serializer_field(field, *args, **more)  # type: ignore[no-untyped-call]
        most = getattr(field, "max_length", None)
        if isinstance(field, serializers.ListSerializer) and most is not None:
            mapped["maxItems"] = most
        return mapped

    def _good(self) -> tuple[int, str]:
        return (self.verb.status, self.verb.offers)

    def _shown(self) -> Any:
        gives = self.verb.gives
        if self.verb.kind == "workbook":
            return OpenApiResponse(OpenApiTypes.BINARY, "The workbook.")
        if self.verb.kind == "docx":
            return OpenApiResponse(OpenApiTypes.BINARY, "The document, as docx.")
        if self.verb.kind == "file":
            return OpenApiResponse(OpenApiTypes.BINARY, "The file.")
        if gives is None:
            is_file = self.verb.kind == "document" or not self.verb.is_kept
            return OpenApiResponse(OpenApiTypes.OBJECT, "The document." if is_file else "Done.")
        if self.verb.kind == "list":
            name = f"{gives.__name__.removesuffix('Out')}List"
            fields: dict[str, Any] = {
                "items": gives(many=True),
                "next": serializers.CharField(
                    allow_null=True, help_text="The address of the next part; null at the end."
                ),
            }
            return OpenApiResponse(inline_serializer(name, fields), "A part of the list.")
        return OpenApiResponse(gives, "Done.")

    def _is_list_view(self, serializer: Any = None) -> bool:
        return False


def _needed(verb: Verb) -> str:
    if isinstance(verb.needed, Everybody):
        return f"Open to {verb.needed.value}."
    either = verb.needed if isinstance(verb.needed, tuple) else (verb.needed,)
    return f"Needs {' or '.join(f'`{permission}`' for permission in either)}."


@cache
def document() -> dict[str, Any]:
    """In English, whoever asks: programs are made from it. The same as long as the process is."""
    with translation.override("en"):
        generator = SchemaGenerator()  # type: ignore[no-untyped-call]
        made: dict[str, Any] = generator.get_schema(public=True)  # type: ignore[no-untyped-call]
    return made
