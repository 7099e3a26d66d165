"""The pages of past ledgers: empty pages say what to do, the dry run what is wrong, nothing is lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tenancy.actor import Actor
from tenancy.models import User
from tests.import_desk import SignedIn, media, signed_in
from tests.ledgers import clue, clue_file, problem, problem_file

__all__ = ["media", "signed_in"]  # fixtures


def page(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined, no-any-return]


def upload(content: list[bytes]) -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile("台账.xlsx", content[0])}


@pytest.mark.usefixtures("media")
def test_a_ledger_of_problems_from_the_template_to_its_lines(
    lin: Actor, wu: Actor, signed_in: SignedIn
) -> None:
    client = signed_in(lin)
    assert "还没有导入过台账" in page(client.get("/past-problems/"))
    assert client.get("/problem-imports/template/").status_code == 200
    wrong = client.post("/problem-imports/new/", upload([b"\x89PNG\r\n\x1a\n"]))
    assert wrong.status_code == 422
    faulty = client.post("/problem-imports/new/", upload(problem_file(problem("甲", "差一点"))))
    shown = page(client.get(faulty["Location"]))
    for words in ("整改状态", "L2", "可填：已完成", "台账要么全部导入"):
        assert words in shown, words
    assert "确认导入" not in shown
    assert "已取消" in page(client.post(f"{faulty['Location']}cancel/", follow=True))
    content = problem_file(problem("<b>采购</b>未招标"))
    made = client.post("/problem-imports/new/", upload(content))["Location"]
    assert "&lt;b&gt;采购" in page(client.get(made))
    assert "确认导入" in page(client.get(made))
    assert "已导入" in page(client.post(f"{made}confirm/", follow=True))
    assert "以前导入过" in page(client.post("/problem-imports/new/", upload(content), follow=True))
    listed = page(client.get("/past-problems/?q=招标&state=done"))
    assert "第1单位" in listed
    assert "没有符合条件" in page(client.get("/past-problems/?q=没有这句"))
    reader = signed_in(wu)
    assert "上传问题台账" not in page(reader.get("/past-problems/"))
    link = next(
        part.partition('"')[0]
        for part in listed.split('href="')
        if part.startswith("/past-problems/") and part[15:16].isdigit()
    )
    shown = page(reader.get(link))
    assert "1,234.50" in shown
    assert "原文" in shown


@pytest.mark.usefixtures("media")
def test_a_ledger_of_clues_is_the_directors_alone(
    lin: Actor, wu: Actor, signed_in: SignedIn
) -> None:
    client = signed_in(lin)
    assert "还没有导入过台账" in page(client.get("/past-clues/"))
    named = clue_file([*clue("1")])
    made = client.post("/clue-imports/new/", upload(named))["Location"]
    assert "违规发放津贴" in page(client.get(made))
    client.post(f"{made}confirm/")
    listed = page(client.get("/past-clues/?q=津贴"))
    assert "某甲" in listed
    link = next(
        part.partition('"')[0]
        for part in listed.split('href="')
        if part.startswith("/past-clues/") and part[12:13].isdigit()
    )
    shown = page(client.get(link))
    assert "责令退赔" in shown
    reader = signed_in(wu)
    for path in ("/past-clues/", "/clue-imports/new/", "/clue-imports/template/"):
        assert reader.get(path).status_code == 403, path
    for path in (link, made):
        assert reader.get(path).status_code == 404, path


@pytest.mark.usefixtures("media")
def test_whom_a_line_is_about_is_told_of_no_row_of_it(
    lin: Actor, signed_in: SignedIn, django_as: Any
) -> None:
    client = signed_in(lin)
    content = clue_file([*clue("1", subject="梅雪")], [*clue("2", gist="另一条")])
    made = client.post("/clue-imports/new/", upload(content))["Location"]
    shown = page(client.get(made))
    assert "另一条" in shown
    assert "读取 2 行" in shown or "2 行" in shown
    with django_as("superuser"):
        User.objects.filter(pk=lin.person_id).update(display_name="梅雪")
    shown = page(client.get(made))
    assert "这份台账由另一位主任办理" in shown
    for words in ("梅雪另", "另一条", "2 行", "确认导入", "取消导入"):
        assert words not in shown, words
    refused = client.post(f"{made}confirm/")
    assert refused.status_code == 409
    assert client.post(f"{made}cancel/").status_code == 409
