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
    letters,
    my_seat,
    notices,
    ours,
    plans,
    publication,
    record,
    rectification,
    releases,
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
    letters,
    rectification,
    dictionary,
    rulebook,
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
