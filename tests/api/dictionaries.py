"""The part of the story in which offices keep contacts, categories and rules."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.api.witness import Office, sheet_cells
from tests.workbook_files import book

HEAD = ["法规名称", "施行日期", "条次", "内容"]


def name_contacts(county: Office, discipline: Office) -> None:
    program = county.program
    desk = program.ok(program.get("/unit-contacts?without=true"))["items"][0]
    here = f"/unit-contacts/{desk['number']}"
    page = program.ok(program.get(here))
    qius = [one for one in page["supervisors_to_name"] if one["number"] == discipline.actor.user_id]
    [qiu] = qius
    asked = {"capacity": "supervise", "person": qiu["number"]}
    named = program.ok(program.act(here, asked))["unit"]
    assert [one["name"] for one in named["supervisors"]] == [qiu["name"]]
    [own] = discipline.program.ok(discipline.program.get("/my-units"))["items"]
    assert (own["unit_code"], own["capacity"]) == (desk["unit_code"], "supervise")
    left = program.ok(program.act(f"{here}/remove", asked))["unit"]
    assert left["supervisors"] == []


def sort_findings(city: Office, county: Office) -> None:
    program = city.program
    assert program.ok(program.act("/categories/begin"))["added"] == 8
    heading = program.ok(program.get("/categories?in_use=true"))["items"][0]["number"]
    made = [
        program.ok(program.act("/categories", {"title": title, "heading": heading}))
        for title in ("甲类", "乙类")
    ]
    here = f"/categories/{made[1]['number']}"
    assert program.ok(program.act(f"{here}/move", {"towards": "up"}))["code"] == made[1]["code"]
    assert program.ok(program.act(f"{here}/retire"))["retired_on"]
    assert program.ok(program.act(f"{here}/revive"))["retired_on"] is None
    assert program.ok(program.get("/categories/editions"))["has_news"]
    assert program.ok(program.act("/categories/editions", {"remark": "首版"}))["issued"] == 1
    theirs = county.program
    assert len(theirs.ok(theirs.get("/categories/editions"))["pending"]["added"]) == 10
    assert theirs.ok(theirs.act("/categories/adopt"))["pending"] is None


def keep_rules(city: Office, county: Office) -> None:
    program = city.program
    assert "法规名称" in sheet_cells(program.ok(program.get("/rule-imports/template")))
    given_up, applied = _uploaded(program, "甲"), _uploaded(program, "乙")
    assert [one["fate"] for one in applied["drafts"]] == ["new_text"]
    ended = program.ok(program.act(f"/rule-imports/{given_up['number']}/give-up"))
    assert ended["state"] == "given_up"
    here = f"/rule-imports/{applied['number']}"
    assert program.ok(program.act(f"{here}/apply"))["state"] == "applied"
    assert program.ok(program.get(here))["drafts"] == []
    [text] = program.ok(program.get("/rules?q=guize"))["items"]
    assert text["in_force"]["effective_from"] == "2020-01-01"
    page = program.ok(program.get(f"/rules/{text['number']}"))
    assert [one["is_in_force"] for one in page["editions"]] == [True]
    [article] = program.ok(program.get(f"/rules/{text['number']}/articles"))["items"]
    [found] = program.ok(program.get("/rules/search?q=乙&on=2026-01-01"))["articles"]
    assert (found["number"], found["words"]) == (article["number"], "乙")
    assert program.ok(program.act(f"/rules/{text['number']}/issue"))["given"] == 4
    [copy] = county.program.ok(county.program.get("/rules"))["items"]
    assert copy["is_citys"]


def _uploaded(program: Any, words: str) -> Any:
    buffer = BytesIO()
    book({"规则库": [HEAD, ["规则", "2020-01-01", "第一条", words]]}).save(buffer)
    file = SimpleUploadedFile("规则.xlsx", buffer.getvalue())
    made = program.ok(program.upload("/rule-imports", file=file))
    assert made["faults"] == []
    return made
