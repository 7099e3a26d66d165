"""The clerk's pages: upload, dry run, apply, roster, person, units; and the history table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sharing.services.history import import_history
from tenancy.actor import Actor
from tenancy.context import in_office
from tests.import_desk import Desk, RoleSwitch, SignedIn
from tests.workbook_files import LIN, PEOPLE_HEAD, UNIT_HEAD, WU, book, roster, saved

HISTORY = Path(__file__).parents[3] / "demo" / "workbooks" / "嵊泗县-历史数据.xlsx"


def page(client: Client, address: str, *, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def test_an_empty_roster_says_what_to_do_first(wu: Actor, signed_in: SignedIn) -> None:
    text = page(signed_in(wu), "/roster/")

    assert "先上传人员名册" in text
    assert 'href="/imports/' in text


def test_a_clerk_uploads_looks_and_applies(desk: Desk, signed_in: SignedIn, tmp_path: Path) -> None:
    client = signed_in(desk.actor)
    content = roster(tmp_path, LIN, ("A009", "", None, "甲局", "", "", "")).read_bytes()
    file = SimpleUploadedFile("名册.xlsx", content)

    sent = client.post("/imports/", {"kind": "roster", "file": file})
    address = sent["Location"]
    number = int(address.strip("/").split("/")[-1])
    assert "http-equiv" in page(client, address)
    desk.work(number)

    errors = page(client, f"{address}?tab=error")
    assert "B3" in errors
    assert "不能为空" in errors
    assert "林一" in page(client, f"{address}?tab=add")
    download = client.get(f"{address}faulty-rows/")
    assert download["Content-Disposition"].startswith("attachment")

    assert client.post(f"{address}apply/").status_code == 302
    desk.work(number)

    assert "已应用" in page(client, address)
    assert "林一" in page(client, "/roster/")


def test_a_refused_file_is_refused_in_words(
    desk: Desk, signed_in: SignedIn, tmp_path: Path
) -> None:
    made = book({"人员": [PEOPLE_HEAD, LIN]})
    made["人员"]["D2"] = "=1+1"
    upload = desk.upload(saved(made, tmp_path))

    text = page(signed_in(desk.actor), f"/imports/{upload.pk}/")

    assert "D2" in text
    assert "公式" in text
    assert "应用" not in text


def test_a_form_without_a_file_is_refused_in_words(wu: Actor, signed_in: SignedIn) -> None:
    answer = signed_in(wu).post("/imports/", {"kind": "roster"})

    assert answer.status_code == 422
    assert "没有选择文件" in answer.content.decode()


def test_the_roster_is_searched_by_name_pinyin_and_filtered(
    desk: Desk, signed_in: SignedIn, tmp_path: Path
) -> None:
    desk.take(roster(tmp_path, LIN, WU))
    client = signed_in(desk.actor)

    for query in ("q=林", "q=linyi", "q=ly", "q=A001", "q=财政局", "pool=leader", "skill=finance"):
        text = page(client, f"/roster/?{query}")
        assert "林一" in text, query
        assert "吴二" not in text, query
    assert "没有符合条件" in page(client, "/roster/?q=zzz")


def test_a_persons_page_shows_the_offices_own_facts(
    desk: Desk, chen: Actor, signed_in: SignedIn, tmp_path: Path
) -> None:
    relatives = [
        ("人员编号", "姓名", "亲属关系", "任职单位", "职务层次"),
        ("A001", "林一", "妻子", "嵊泗县教育局", "职工"),
    ]
    desk.take(roster(tmp_path, LIN, 亲属任职=relatives))
    number = desk.people()["A001"].pk

    text = page(signed_in(desk.actor), f"/roster/{number}/")

    assert "嵊泗县教育局" in text
    assert "配偶" in text
    foreign = signed_in(chen).get(f"/roster/{number}/")
    absent = signed_in(chen).get("/roster/999999/")
    assert (foreign.status_code, absent.status_code) == (404, 404)
    assert "林一" not in foreign.content.decode()


def test_the_scheduler_has_no_roster_page(chen: Actor, signed_in: SignedIn) -> None:
    assert signed_in(chen).get("/roster/").status_code == 403
    assert signed_in(chen).get("/units/").status_code == 403


def test_the_units_page_lists_and_searches(desk: Desk, signed_in: SignedIn, tmp_path: Path) -> None:
    rows = [
        (*UNIT_HEAD, "必备专长"),
        ("U1", "甲县教育局", 4, 15, "财务2"),
        ("U2", "乙局", 1, 5, ""),
    ]
    desk.take(saved(book({"名录": rows}), tmp_path), "units")

    text = page(signed_in(desk.actor), "/units/?q=jiaoyu")

    assert "甲县教育局" in text
    assert "财务 2" in text
    assert "乙局" not in text


def test_templates_are_downloaded_and_fit_the_reader(
    desk: Desk, signed_in: SignedIn, tmp_path: Path
) -> None:
    for kind in ("roster", "units"):
        answer = signed_in(desk.actor).get(f"/imports/template/{kind}/")
        path = tmp_path / f"{kind}.xlsx"
        path.write_bytes(answer.content)
        upload = desk.upload(path, kind)

        assert upload.state == "dry_run"
        assert upload.counts["error"] == 0
        assert upload.remarks == []


def test_pages_of_rows_ask_no_more_the_more_rows_there_are(
    desk: Desk,
    signed_in: SignedIn,
    tmp_path: Path,
    django_assert_max_num_queries: Callable[..., object],
) -> None:
    people = [(f"B{n}", f"林{n}", None, f"单位{n}", "财务", "组长库", "") for n in range(60)]
    upload = desk.take(roster(tmp_path, *people))
    client = signed_in(desk.actor)

    for address in ("/roster/", f"/imports/{upload.pk}/?tab=add"):
        with django_assert_max_num_queries(16):  # type: ignore[attr-defined]
            assert "林" in page(client, address)


def test_history_is_quoted_and_computed_nowhere(
    desk: Desk, chen: Actor, signed_in: SignedIn, django_as: RoleSwitch
) -> None:
    for _ in range(2):  # the same workbook twice is the same table
        with django_as("worker"), in_office(desk.actor.tenant_id, desk.actor.user_id):
            assert import_history(actor=desk.actor, path=HISTORY) == 20

    text = page(signed_in(desk.actor), "/history/")

    assert "7大类166个具体问题" in text
    assert text.count("<q>") == 20
    assert signed_in(chen).get("/history/").status_code == 403
