"""Lists of pages a part at a time, by the key of the last row seen: nothing is counted."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from httpapi.cursors import next_link, window_of
from tenancy.paging import Part, Window

ROWS_A_PAGE = 50


def window(request: HttpRequest, limit: int = ROWS_A_PAGE) -> Window:
    """The part that the address asks for; the first one without `after`."""
    return window_of(request, {"limit": limit, "after": request.GET.get("after")})


def pages(request: HttpRequest, part: Part[Any]) -> dict[str, Any]:
    """For `portal/_parts.html`: where the next part is, and whether this is not the first."""
    return {"next_part": next_link(request, part), "is_later": "after" in request.GET}
