"""What bodies are read and written with. They know types and ranges; the services decide."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from unicodedata import normalize

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from httpapi.language import spoken
from kernel.text import Text

MOST_NUMBER = 2**63 - 1


def composed(read: Any) -> Any:
    """What was read, with all text in Unicode's composed form (NFC): one word is stored one way,
    however a keyboard sends it."""
    if isinstance(read, str):
        return normalize("NFC", read)
    if isinstance(read, dict):
        return {normalize("NFC", key): composed(value) for key, value in read.items()}
    return [composed(one) for one in read] if isinstance(read, list) else read


class Input(serializers.Serializer[Any]):
    """What is given. A field that nobody asked for is refused: it is a slip of the pen, or a
    version that this one does not know."""

    default_error_messages = {"unknown": "?"}

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping):
            unknown = sorted(str(key) for key in data if str(key) not in self.fields)
            if unknown:
                raise serializers.ValidationError(
                    {key[:100]: serializers.ErrorDetail(_unknown(), "unknown") for key in unknown}
                )
        return super().to_internal_value(data)


class Output(serializers.Serializer[Any]):
    """What is shown: a line of a selector, or a row."""


@extend_schema_field({"type": "string"})
class Said(serializers.Field[Any, Any, str, Any]):
    """Words, in the language of the reply."""

    def __init__(self, **options: Any) -> None:
        super().__init__(read_only=True, **options)

    def to_representation(self, value: Text) -> str:
        return value[spoken()]


class Number(serializers.IntegerField):
    """What people call the number of a row, as it stands in addresses."""

    def __init__(self, **options: Any) -> None:
        if not options.get("read_only"):
            options = {"min_value": 1, "max_value": MOST_NUMBER} | options
        super().__init__(**options)


def entries(shape: type[Input], most: int, **options: Any) -> Any:
    """A list of whole entries, of so many at most: a body's list has an end, which the document says."""
    return shape(many=True, **options | {"max_length": most})


def _unknown() -> str:
    return Text(zh="没有这个字段。", en="There is no such field.")[spoken()]
