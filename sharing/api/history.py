"""Past terms: quoted figures, nothing computed."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from httpapi.declarations import Call, lists
from httpapi.endpoint import Endpoint
from httpapi.fields import Output
from sharing.selectors.history import figures_part
from tenancy.domain.roles import Permission


class FigureOut(Output):
    term = serializers.CharField()
    topic = serializers.CharField()
    figure = serializers.CharField()
    value = serializers.CharField(help_text="As it stands in the source: text, not a number.")
    measure = serializers.CharField()
    quote = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]
    caution = serializers.CharField(help_text="What to mind in reading it.")


class Figures(Endpoint):
    @lists("list_history_figures", Permission.VIEW_HISTORY, gives=FigureOut)
    def get(self, call: Call) -> Any:
        """The figures of archived terms, as they were published."""
        return figures_part(call.actor, call.window)
