"""The offices that rows may be handed to: one's own, its parent, its children."""

from __future__ import annotations

from typing import Any

from httpapi.declarations import Call, Everybody, lists
from httpapi.endpoint import Endpoint
from httpapi.endpoints.me import OfficeOut
from tenancy.access import related_offices
from tenancy.paging import part_of


class Offices(Endpoint):
    @lists("list_offices", Everybody.SEATED, gives=OfficeOut)
    def get(self, call: Call) -> Any:
        """One's own office, its parent and its children, by name."""
        return part_of(related_offices(call.actor), call.window, "name_key", "pk")
