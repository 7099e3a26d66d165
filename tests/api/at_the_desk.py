"""The scheduler's desk by programs alone: a draft, its edits, and what is asked about it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from scheduling.models.plans import Plan
from tests.api.witness import Office, Witness
from tests.integration.scheduling import desks
from tests.people import acting


def at_the_desk(office: Office, plan: int, round_number: int) -> None:
    program = office.program
    made = program.act(f"/plans/{plan}/drafts")
    draft = program.ok(made)["number"]
    assert made.headers["Location"] == f"/api/v1/plans/{draft}/desk"
    here = f"/plans/{draft}/desk"
    page = program.ok(program.get(here))
    assert (page["revision"], page["may_edit"], page["based_on"]["number"]) == (1, True, plan)
    team = page["board"]["teams"][0]
    ask_about(program, here, team)
    revision = edit_and_undo(program, here, team["seats"][-1]["inspector"])
    share_out_duties(program, here, revision, team)
    pin_at_the_desk(program, here)
    found = program.ok(program.get(f"/rounds/{round_number}/comparison?a={plan}&b={draft}"))
    assert (found["a"]["number"], found["b"]["number"]) == (plan, draft)
    send_home_who_is_barred(office, draft, team["seats"][-1]["inspector"])
    check_and_mend(office, here)


def asked(program: Witness, path: str, **query: Any) -> Any:
    return program.ok(program.get(f"{path}?{urlencode(query)}"))


def ask_about(program: Witness, here: str, team: dict[str, Any]) -> None:
    person, unit = team["seats"][-1]["inspector"], team["visits"][0]["unit"]
    why = asked(program, f"{here}/why", person=person)
    assert (why["team"], bool(why["passed"])) == (team["code"], True)
    assert asked(program, f"{here}/why-not", person=person, team="T02")["reasons"] is not None
    assert asked(program, f"{here}/why-not", team="T02", unit=unit)["reasons"] is not None
    assert asked(program, f"{here}/who-else", team=team["code"], role="member")["revision"] == 1
    assert asked(program, f"{here}/where-else", person=person)["revision"] == 1
    assert asked(program, f"{here}/who-could-visit", unit=unit)["revision"] == 1


def edit_and_undo(program: Witness, here: str, person: str) -> int:
    """Whoever goes home comes back. The revision that it leaves."""
    edit = {"edit": "unseat", "inspector": person}
    priced = asked(program, f"{here}/price", **edit)
    assert (priced["edit"], priced["refusal"]) == (edit, None)
    assert program.ok(program.get(here))["revision"] == 1
    done = program.ok(program.act(f"{here}/edits", {"edit": edit, "seen": 1}))
    assert (done["revision"], done["price"]) == (2, priced["price"])
    undone = program.ok(program.act(f"{here}/undo", {"seen": 2}))
    assert undone["words"] == f"Undone: {done['words']}"
    assert program.ok(program.act(f"{here}/redo", {"seen": 3}))["revision"] == 4
    assert program.ok(program.act(f"{here}/undo", {"seen": 4}))["revision"] == 5
    page = program.ok(program.get(here))
    news = asked(program, f"{here}/news", seen=1, token=page["token"])
    assert news == {"is_new": False, "edits": []}
    return 5


def share_out_duties(program: Witness, here: str, seen: int, team: dict[str, Any]) -> None:
    usual = program.ok(program.act(f"{here}/usual-duties", {"seen": seen}))
    none = {"seen": usual["revision"], "team": team["code"], "duties": {}}
    assert program.ok(program.act(f"{here}/duties", none))["revision"] == seen + 2
    assert program.ok(program.act(f"{here}/undo", {"seen": seen + 2}))["revision"] == seen + 3


def pin_at_the_desk(program: Witness, here: str) -> None:
    pin = {"pin": {"unit": "dinghai:U1", "out": True}}
    made = program.ok(program.act(f"{here}/pins", pin))
    assert [one["number"] for one in program.ok(program.get(here))["pins"]] == [made["number"]]
    gone = program.act(f"{here}/pins/remove", {"number": made["number"]})
    assert program.ok(gone) == {"removed": True}


def send_home_who_is_barred(office: Office, draft: int, person: str) -> None:
    program, here = office.program, f"/plans/{draft}/desk"
    with acting(office.actor):
        plan = Plan.objects.get(pk=draft)
    desks.declare_out(office.world, plan, person)
    page = program.ok(program.get(here))
    assert len(page["barred"]) == 1
    home = {"seen": page["revision"]}
    assert program.ok(program.act(f"{here}/barred-home", home))["edit"]["edit"] == "send_home"
    assert program.ok(program.get(here))["barred"] == []


def check_and_mend(office: Office, here: str) -> None:
    program = office.program
    office.work(program.ok(program.act(f"{here}/check"))["job"])
    assert program.ok(program.get(here))["verdict"]["checked_at"] is not None
    run = program.ok(program.act(f"{here}/runs", {"time_limit_s": 2}))
    assert program.ok(program.get(here))["run_at_work"] == run["number"]
    assert program.ok(program.act(f"/runs/{run['number']}/cancel"))["state"] == "cancelled"
