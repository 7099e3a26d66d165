"""The pages of contacts, categories and rules: what is typed stays, what may be done is offered."""

from __future__ import annotations

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile

from sharing.access.dictionary import categories_visible_to
from sharing.access.rules import articles_visible_to, texts_visible_to
from tenancy.actor import Actor
from tests.import_desk import SignedIn, media, signed_in
from tests.integration.sharing.conftest import bodies
from tests.integration.sharing.ground import Bodies
from tests.people import _actor, acting
from tests.workbook_files import book

__all__ = ["bodies", "media", "signed_in"]  # fixtures

HEAD = ["法规名称", "版本", "施行日期", "条次", "内容", "性质"]
ARTICLE = ["财务规定", "2020年", "2020-01-01", "第一条", "不得坐支现金。", ""]


def page(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined, no-any-return]


def workbook(*rows: list[str]) -> SimpleUploadedFile:
    buffer = BytesIO()
    book({"规则库": [HEAD, *rows]}).save(buffer)
    return SimpleUploadedFile("规则.xlsx", buffer.getvalue())


def test_the_director_names_and_removes_on_the_unit_s_page(
    bodies: Bodies, signed_in: SignedIn
) -> None:
    number = bodies.desk("U1").pk
    client, here = signed_in(bodies.lin), f"/unit-contacts/{number}/"

    assert "还没有联络人" in page(client.get(here))
    empty = client.post(here, {"capacity": "speak", "person": ""})
    assert empty.status_code == 422
    assert client.post(here, {"capacity": "speak", "person": bodies.he.user_id}).status_code == 302
    shown = page(client.get(here))
    assert "何知微" in shown
    assert "白行简 · 组织部门" in shown, "whom one could name, with their seat"
    assert shown.count("指定监督人</h2>") == shown.count("指定联络员</h2>") == 1
    assert "本单位没有其他人持有“被巡察单位联络员”岗位" in shown
    refused = client.post(here, {"capacity": "speak", "person": bodies.qin.user_id})
    assert refused.status_code == 422, "not offered: no such choice"
    lists = page(client.get("/unit-contacts/?q=jiaoyu"))
    assert "何知微" in lists
    assert "财政局" not in lists
    asked = {"capacity": "speak", "person": bodies.he.user_id}
    assert client.post(f"{here}remove/", asked).status_code == 302
    assert "还没有联络人" in page(client.get(here))
    assert client.get(f"/unit-contacts/{number + 999}/").status_code == 404


def test_a_clerk_s_page_offers_nothing_and_a_liaison_sees_the_own_units(
    bodies: Bodies, signed_in: SignedIn
) -> None:
    here = f"/unit-contacts/{bodies.desk('U1').pk}/"
    signed_in(bodies.lin).post(here, {"capacity": "speak", "person": bodies.he.user_id})

    shown = page(signed_in(bodies.wu).get(here))
    assert "何知微" in shown
    assert "指定联络员" not in shown
    own = page(signed_in(bodies.he).get("/my-units/"))
    assert "教育局" in own
    assert "财政局" not in own
    assert "还没有指定" in page(signed_in(bodies.qin).get("/my-units/"))
    assert signed_in(bodies.wu).get("/my-units/").status_code == 403


def test_the_categories_page_begins_adds_issues_and_adopts(
    zhao: Actor, lin: Actor, wu: Actor, signed_in: SignedIn
) -> None:
    client = signed_in(zhao)
    assert "从通用分类开始" in page(client.get("/categories/"))
    assert client.post("/categories/begin/").status_code == 302
    with acting(zhao):
        heading = categories_visible_to(zhao).get(code="U1").pk
    added = client.post("/categories/", {"title": "议事规则不落实", "heading": heading})
    assert added.status_code == 302
    again = client.post("/categories/", {"title": "议事规则不落实", "heading": heading})
    assert again.status_code == 422
    assert "议事规则不落实" in page(again), "what was typed stays"
    assert client.post("/categories/issue/", {"remark": "首版"}).status_code == 302

    county = signed_in(lin)
    shown = page(county.get("/categories/"))
    assert "第 1 版" in shown
    assert "首版" in shown
    assert county.post("/categories/adopt/").status_code == 302
    shown = page(county.get("/categories/"))
    assert "U1.01" in shown
    assert "第 1 版" not in shown
    reader = page(signed_in(wu).get("/categories/"))
    assert "U1.01" in reader
    assert "增加分类" not in reader


def test_a_workbook_of_rules_is_looked_at_then_taken_and_found(
    lin: Actor, signed_in: SignedIn, media: object
) -> None:
    client = signed_in(lin)
    assert "规则库还是空的" in page(client.get("/rules/"))
    wrong = client.post("/rule-imports/new/", {"file": SimpleUploadedFile("x.png", b"\x89PNG")})
    assert wrong.status_code == 422
    faulty = client.post("/rule-imports/new/", {"file": workbook([*ARTICLE[:4], "", ""])})
    assert "“内容”不能为空" in page(client.get(faulty["Location"]))
    made = client.post("/rule-imports/new/", {"file": workbook(ARTICLE)})["Location"]
    assert "新增法规" in page(client.get(made))
    assert client.post(f"{made}apply/").status_code == 302
    assert "规则库已收入" in page(client.get(made))
    found = page(client.get("/rules/?q=坐支&on=2026-01-01"))
    assert "第一条" in found
    assert "财务规定" in page(client.get("/rules/?q=cwgd"))
    assert "没有当天有效" in page(client.get("/rules/?q=坐支&on=2019-01-01"))
    assert client.get("/rules/?on=昨天").status_code == 422
    with acting(lin):
        text, article = texts_visible_to(lin).get(), articles_visible_to(lin).get()
    assert "现行有效" in page(client.get(f"/rules/{text.pk}/?edition={article.edition_id}"))
    assert "不得坐支现金。" in page(client.get(f"/rule-articles/{article.pk}/"))
    assert client.get("/rule-imports/template/").status_code == 200


def test_a_gist_is_marked_wherever_it_is_shown(
    lin: Actor, signed_in: SignedIn, media: object
) -> None:
    client = signed_in(lin)
    gist = workbook([*ARTICLE[:5], "要旨"])
    made = client.post("/rule-imports/new/", {"file": gist})["Location"]
    client.post(f"{made}apply/")
    with acting(lin):
        article = articles_visible_to(lin).select_related("edition").get()
    for path in (
        "/rules/?q=现金",
        f"/rules/{article.edition.text_id}/",
        f"/rule-articles/{article.pk}/",
    ):
        assert "不是条文原文" in page(client.get(path)), path


def test_what_does_not_hold_is_refused_and_nothing_is_done(
    bodies: Bodies, signed_in: SignedIn
) -> None:
    client, number = signed_in(bodies.lin), bodies.desk("U1").pk
    client.post("/categories/begin/")
    with acting(bodies.lin):
        categories = categories_visible_to(bodies.lin).order_by("pk")
        before = list(categories.values())
    second = before[1]["id"]

    moved = client.post(f"/categories/{second}/move/", {"towards": "sideways"})
    assert (moved.status_code, "没有移动" in page(moved)) == (422, True)
    with acting(bodies.lin):
        assert list(categories.values()) == before
    removed = client.post(f"/unit-contacts/{number}/remove/", {"person": "x", "capacity": "speak"})
    assert (removed.status_code, "没有取消任何指定" in page(removed)) == (422, True)
    assert "自即时起生效" not in page(removed)


def test_an_edition_with_a_remark_too_long_is_refused(bodies: Bodies, signed_in: SignedIn) -> None:
    client = signed_in(_actor("zhao"))
    client.post("/categories/begin/")
    refused = client.post("/categories/issue/", {"remark": "字" * 501})
    assert refused.status_code == 422
    assert "字" * 501 in page(refused), "nothing typed is lost"
    assert client.post("/categories/issue/", {"remark": "字" * 500}).status_code == 302
