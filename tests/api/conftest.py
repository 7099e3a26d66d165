from __future__ import annotations

from tests.import_desk import desk, media
from tests.integration.scheduling.conftest import world

__all__ = ["desk", "media", "world"]
