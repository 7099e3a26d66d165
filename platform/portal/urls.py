"""The portal's addresses, area by area: each area keeps its own list in `portal/routes/`."""

from __future__ import annotations

from portal.routes import (
    desk,
    exchange,
    history,
    home,
    imports,
    plans,
    releases,
    rosters,
    rounds,
    runs,
    session,
)

app_name = "portal"

AREAS = (
    home,
    session,
    rosters,
    imports,
    releases,
    rounds,
    runs,
    plans,
    desk,
    exchange,
    history,
)

urlpatterns = [pattern for area in AREAS for pattern in area.urlpatterns]
