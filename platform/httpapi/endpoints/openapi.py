"""The OpenAPI document of all this."""

from __future__ import annotations

from typing import Any

from httpapi.declarations import Call, Everybody, reads
from httpapi.endpoint import Endpoint
from httpapi.schema import document


class OpenApi(Endpoint):
    @reads("read_openapi", Everybody.STRANGERS, gives=None)
    def get(self, call: Call) -> Any:
        """This document. It tells what can be called, and nothing of anybody's office."""
        return document()
