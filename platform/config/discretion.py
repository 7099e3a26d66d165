"""What an error's report leaves out: whatever was typed to show who somebody is."""

from __future__ import annotations

from collections.abc import ItemsView
from types import FrameType
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter


class Filter(SafeExceptionReporterFilter):
    """By name, whether or not a view says so and whatever the mode: a new view forgets to say it,
    and a report of the development server is pasted into a ticket as well."""

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        given = super().get_post_parameters(request)
        return {name: self._shown(name, value) for name, value in given.items()}

    def get_traceback_frame_variables(
        self, request: HttpRequest | None, tb_frame: FrameType
    ) -> ItemsView[str, Any]:
        found = super().get_traceback_frame_variables(request, tb_frame)
        return {name: self._shown(name, value) for name, value in found}.items()

    def _shown(self, name: str, value: Any) -> Any:
        return self.cleansed_substitute if name in settings.PROOFS else value
