"""Which addresses are for programs."""

from __future__ import annotations

from django.http import HttpRequest

PREFIX = "/api/"


def is_for_programs(request: HttpRequest) -> bool:
    return request.path_info.startswith(PREFIX)
