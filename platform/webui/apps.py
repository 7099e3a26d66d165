"""The shared look: base page, partials, tags, styles. It knows no business."""

from __future__ import annotations

from django.apps import AppConfig


class WebuiConfig(AppConfig):
    name = "webui"
    verbose_name = "Shared look"
