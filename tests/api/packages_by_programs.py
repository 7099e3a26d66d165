"""The part of the story that is about packages: made and brought in person, read and answered by
programs."""

from __future__ import annotations

from typing import Any

from tests.packages import keyed, made, taken_in, trusted
from tests.teams import Team


def packages_by_programs(team: Team, seated: Any) -> None:
    """Of a letter that Dinghai has closed."""
    lin, zhao, he, xu = (team.actor(who) for who in ("lin", "zhao", "he", "xu"))
    here, there = keyed(lin), keyed(zhao)
    trusted(zhao, xu, here, "dinghai")
    trusted(lin, he, there, "zhoushan")
    county, city = seated(lin).program, seated(zhao).program
    letter = county.ok(county.get("/letters?state=closed"))["items"][0]["number"]
    taken_in(zhao, made(lin, "zhoushan", [("letters", letter)]).content)
    [sent] = county.ok(county.get("/packages-sent"))["items"]
    whole = county.ok(county.get(f"/packages-sent/{sent['number']}"))
    assert [part["rows"] for part in whole["parts"]] == [1]
    [package] = city.ok(city.get("/packages-received"))["items"]
    assert package["package"] == sent["package"]
    inside = f"/packages-received/{package['number']}"
    assert city.ok(city.get(inside))["package"]["sha256"] == sent["sha256"]
    [record] = city.ok(city.get(f"{inside}/records"))["items"]
    address = f"/package-records/{record['number']}"
    assert city.ok(city.get(address))["content"]["ref"] == letter
    answered = city.ok(city.act(f"{address}/answers", {"kind": "receipt"}))
    assert [(one["kind"], one["is_sent"]) for one in answered["answers"]] == [("receipt", False)]
