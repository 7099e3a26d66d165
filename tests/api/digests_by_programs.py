"""The part of the story that is about the city digest: begun, stopped, published, read by a county."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.db import connection, transaction

from sharing.domain.digest.periods import Length
from sharing.models.digests import Digest, SealedDigest
from sharing.services.digest_rules import set_digest_rule
from tests.digest_rows import a_document
from tests.people import acting
from tests.teams import Team


def key() -> dict[str, str]:
    return {"Idempotency-Key": str(uuid4())}


def digests_by_programs(team: Team, seated: Any) -> None:
    """What a worker makes of it is laid: nothing is counted here."""
    zhao, lin = team.actor("zhao"), team.actor("lin")
    with acting(zhao):
        set_digest_rule(actor=zhao, since_year=2025, length=Length.QUARTER)
    city, county = seated(zhao).program, seated(lin).program
    made = city.ok(city.send("POST", "/digests-made", headers=key()))
    assert (made["period"], made["state"]) == ("2025-Q1", "making")
    address = f"/digests-made/{made['number']}"
    assert city.ok(city.send("POST", f"{address}/stop", headers=key()))["state"] == "refused"
    assert county.ok(county.get("/digests"))["items"] == []
    with team.django_as("superuser"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = 'replica'")
        Digest.objects.update(state=Digest.State.READY)
        SealedDigest.objects.create(
            tenant_id=zhao.tenant_id, digest_id=made["number"], document=a_document("甲"),
            sha256="ab" * 32, cipher="x", key="x", wrapped=b"", sealed=b"",
        )  # fmt: skip
    published = city.ok(city.send("POST", f"{address}/publish", headers=key()))
    [line] = city.ok(city.get("/digests-made"))["items"]
    assert (line["number"], line["state"]) == (made["number"], "published")
    [one] = county.ok(county.get("/digests"))["items"]
    assert one["sha256"] == published["sha256"] == "ab" * 32
    whole = county.ok(county.get(f"/digests/{one['number']}"))
    [table] = (one for one in whole["tables"] if one["code"] == "categories")
    assert table["columns"] == ["total", "the city itself"]
    assert {figure for line in table["lines"] for figure in line["figures"]} == {0}
