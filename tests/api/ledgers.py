"""The part of the story in which an office takes in the ledgers of the years before."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.api.witness import Office, Witness, sheet_cells
from tests.ledgers import cell, clue, clue_file, problem, problem_file


def take_in_ledgers(county: Office) -> None:
    lin = county.program
    past = _taken_in(lin, "problem", problem_file(problem("甲")), problem_file(problem("乙")))
    assert (past["issue"], past["state"]) == ("甲", "done")
    told = lin.ok(lin.get(f"/past-problems/{past['number']}"))
    assert (told["item"], cell(told["quote"], "问题")) == (None, "甲")
    past = _taken_in(lin, "clue", clue_file(clue("1")), clue_file(clue("2")))
    assert (past["register_number"], past["subject_name"]) == ("1", "某甲")
    told = lin.ok(lin.get(f"/past-clues/{past['number']}"))
    assert told["line"]["outcomes"] == ["party_warning", "money_returned"]


def _taken_in(lin: Witness, kind: str, taken: list[bytes], given_up: list[bytes]) -> Any:
    head = sheet_cells(lin.ok(lin.get(f"/{kind}-imports/template")))
    assert {"problem": "巡察轮次", "clue": "线索编号"}[kind] in head
    cancelled = _uploaded(lin, kind, given_up)
    here = f"/{kind}-imports/{cancelled['number']}"
    assert lin.ok(lin.act(f"{here}/cancel"))["state"] == "cancelled"
    made = _uploaded(lin, kind, taken)
    here = f"/{kind}-imports/{made['number']}"
    [row] = lin.ok(lin.get(f"{here}/rows?fate=history"))["items"]
    assert (row["row"], row["faults"]) == (2, [])
    assert lin.ok(lin.get(f"{here}/rows?fate=faulty"))["items"] == []
    assert lin.ok(lin.act(f"{here}/confirm"))["state"] == "applied"
    assert lin.ok(lin.get(here))["may_confirm"] is False
    again = _uploaded(lin, kind, taken)
    assert (again["is_known"], again["number"]) == (True, made["number"])
    [past] = lin.ok(lin.get(f"/past-{kind}s"))["items"]
    return past


def _uploaded(lin: Witness, kind: str, content: list[bytes]) -> Any:
    file = SimpleUploadedFile("台账.xlsx", content[0])
    made = lin.ok(lin.upload(f"/{kind}-imports", file=file))
    assert {"fate": "history", "rows": 1} in made["counts"]
    return made
