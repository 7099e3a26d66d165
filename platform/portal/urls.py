"""The portal's addresses, area by area: each area keeps its own list in `portal/routes/`."""

from __future__ import annotations

from portal.routes import (
    administration,
    browser,
    contacts,
    desk,
    dictionary,
    emergency,
    exchange,
    history,
    home,
    imports,
    my_seat,
    notices,
    ours,
    papers,
    plans,
    publication,
    record,
    releases,
    rooms,
    rosters,
    rounds,
    rulebook,
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
    rooms,
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
    contacts,
    dictionary,
    rulebook,
    papers,
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
)

urlpatterns = [pattern for area in AREAS for pattern in area.urlpatterns]
