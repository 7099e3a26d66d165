from __future__ import annotations

from tests.integration.scheduling.conftest import world

__all__ = ["world"]
