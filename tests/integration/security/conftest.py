"""Attacks in the city of the scheduling tests."""

from __future__ import annotations

from tests.import_desk import desk, media, signed_in
from tests.integration.scheduling.conftest import world

__all__ = ["desk", "media", "signed_in", "world"]
