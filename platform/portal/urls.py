"""The portal's addresses, area by area: each area keeps its own list in `portal/routes/`."""

from __future__ import annotations

from portal.routes import (
    administration,
    browser,
    deadlines,
    desk,
    emergency,
    exchange,
    history,
    home,
    imports,
    mail,
    my_seat,
    notices,
    ours,
    plans,
    publication,
    record,
    releases,
    rosters,
    rounds,
    runs,
    session,
    ties,
    tokens,
    webhooks,
    who_may,
)

app_name = "portal"

AREAS = (
    home,
    my_seat,
    session,
    rosters,
    imports,
    releases,
    rounds,
    runs,
    plans,
    desk,
    emergency,
    exchange,
    history,
    tokens,
    publication,
    ours,
    ties,
    notices,
    browser,
    administration,
    who_may,
    record,
    webhooks,
    deadlines,
    mail,
)

urlpatterns = [pattern for area in AREAS for pattern in area.urlpatterns]
