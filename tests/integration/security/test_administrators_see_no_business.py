"""None of the three administrators gets at an office's work by any address of the portal."""

from __future__ import annotations

from collections.abc import Callable

from psycopg2.extensions import connection as Connection

from tests.import_desk import SignedIn
from tests.integration.portal.test_the_door import _addresses
from tests.integration.security.test_every_address import (  # noqa: F401  (fixture)
    OUTER,
    Ground,
    asked,
    ground,
    sent,
)
from tests.integration.tenancy.administrators import (
    AUDIT,
    SECURITY,
    SYSTEM,
    administrator,
    seat_administrators,
)
from tests.integration.tenancy.raw import Raw

# Everybody's: one's own desk and tokens, an empty list of imports, and a workbook with no row. The
# rest is administration, which shows no business.
OWN = {("home", "get"), ("tokens", "get"), ("tokens", "post")}
OWN |= {("import-new", "get"), ("import-template", "get")}
ADMINISTRATION = {
    SYSTEM: {"seats", "seat-end", "accounts", "account", "account-invite"}
    | {"offices", "office-detail", "office-abolish"},
    SECURITY: {"seats", "seat-end", "seat-change-decide"},
    AUDIT: set(),
}


def test_no_administrator_gets_at_an_offices_work(
    ground: Ground,  # noqa: F811
    signed_in: SignedIn,
    connect_as: Callable[[str], Connection],
) -> None:
    raw = Raw(connect_as("superuser"))
    seat_administrators(raw)
    raw.connection.commit()
    got_in: dict[int, set[tuple[str, str]]] = {person: set() for person in ADMINISTRATION}
    for person in ADMINISTRATION:
        client = signed_in(administrator(person))
        for name, pattern in _addresses():
            if name in OUTER:
                continue
            area = pattern.split("/")[1]
            path = pattern.replace("/7/", f"/{ground.numbers.get(area, 7)}/")
            path = path.replace("/template/7/", "/template/roster/")
            for verb in ("get", "post"):
                if asked(client, verb, path, sent(name, ground)) == "open":
                    got_in[person].add((name, verb))

    for person, found in got_in.items():
        theirs = {(name, verb) for (name, verb) in found if name in ADMINISTRATION[person]}
        assert found - theirs <= OWN
        assert ("home", "get") in found
    assert {("seats", "get"), ("accounts", "get"), ("offices", "get")} <= got_in[SYSTEM]
    assert ("seats", "get") in got_in[SECURITY]
