"""The pages. No rules here: fetch by access and selectors, act by services, render."""

from __future__ import annotations

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = "Portal"
