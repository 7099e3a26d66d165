"""The life of an import: uploaded, read, compared, applied; and each way in which it ends."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.db import connection

from kernel.errors import NotAllowed, NotVisible
from scheduling.errors import ImportNotReady, NothingToApply
from scheduling.models.imports import Import, ImportRow
from scheduling.models.rosters import InspectedUnit, Person
from scheduling.services import reading
from scheduling.services.importing import apply_import, faulty_workbook, upload_workbook
from scheduling.tasks import imports
from tenancy.actor import Actor
from tenancy.context import in_office
from tenancy.models import AuditEntry
from tests.import_desk import Desk, RoleSwitch
from tests.workbook_files import LIN, PEOPLE_HEAD, UNIT_HEAD, WU, book, csv_file, roster, saved

VALID = "11010519491231002X"  # the standard's own example, of nobody
CAREER = ("人员编号", "姓名", "单位", "职务", "起", "止")


def test_nothing_is_in_the_roster_before_it_is_applied(desk: Desk, tmp_path: Path) -> None:
    upload = desk.upload(roster(tmp_path))

    assert upload.state == Import.State.DRY_RUN
    assert (upload.counts["add"], upload.counts["error"]) == (2, 0)
    assert desk.people() == {}

    applied = desk.apply(upload.pk)

    assert applied.state == Import.State.APPLIED
    assert {p.name for p in desk.people().values()} == {"林一", "吴二"}


def test_a_second_upload_of_the_same_content_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    desk.take(roster(tmp_path))
    before = {n: p.updated_at for n, p in desk.people().items()}

    again = desk.upload(roster(tmp_path, LIN, WU, ("A003", "", None, "", "", "", "")))

    assert (again.counts["same"], again.counts["add"], again.counts["change"]) == (2, 0, 0)
    with in_office(desk.actor.tenant_id), pytest.raises(NothingToApply):
        apply_import(actor=desk.actor, number=again.pk)
    assert {n: p.updated_at for n, p in desk.people().items()} == before


def test_the_same_file_twice_is_the_same_import(desk: Desk, tmp_path: Path, media: Path) -> None:
    path = roster(tmp_path)
    first = desk.upload_only(path)

    with in_office(desk.actor.tenant_id, desk.actor.user_id):
        second = upload_workbook(
            actor=desk.actor, kind="roster", file_name="b.xlsx", content=[path.read_bytes()]
        )

    assert second.is_known
    assert second.upload.pk == first.pk
    assert len(list(media.rglob("*.upload"))) == 1


def test_changes_are_told_field_by_field(desk: Desk, tmp_path: Path) -> None:
    desk.take(roster(tmp_path, LIN, WU))
    promoted = ("A001", "林一", None, "甲县财政局", "财务、审计", "组长库", "浙江省舟山市嵊泗县")

    upload = desk.upload(roster(tmp_path, promoted))

    [row] = desk.rows(upload.pk, ImportRow.State.CHANGE)
    assert row.diff == {"skills": [["finance"], ["audit", "finance"]]}
    assert upload.counts["kept"] == 1
    desk.apply(upload.pk)
    assert desk.people()["A001"].skills == ["audit", "finance"]
    assert desk.people()["A002"].name == "吴二"


def test_facts_of_a_sheet_replace_and_a_missing_sheet_leaves_them(
    desk: Desk, tmp_path: Path
) -> None:
    career = [CAREER, ("A001", "林一", "嵊泗县教育局", "科员", "2010.9", "2019.3")]
    desk.take(roster(tmp_path, LIN, 履历=career))

    upload = desk.upload(roster(tmp_path, (*LIN[:3], "甲县审计局", *LIN[4:])))
    desk.apply(upload.pk)

    lin = desk.people()["A001"]
    assert lin.home_unit == "甲县审计局"
    assert lin.career == [
        {"body": "嵊泗县教育局", "post": "科员", "from": "2010-09", "to": "2019-03"}
    ]

    desk.take(roster(tmp_path, (*LIN[:3], "甲县审计局", *LIN[4:]), 履历=[CAREER]))

    assert desk.people()["A001"].career == []


def test_good_rows_are_kept_and_faulty_ones_come_back_with_reasons(
    desk: Desk, tmp_path: Path
) -> None:
    bad = ("A009", "钱九", "110105194912310021", "", "财务", "", "")

    upload = desk.take(roster(tmp_path, LIN, bad))

    assert set(desk.people()) == {"A001"}
    with in_office(desk.actor.tenant_id, desk.actor.user_id):
        content = faulty_workbook(actor=desk.actor, number=upload.pk)
    sheet = openpyxl.load_workbook(BytesIO(content))["人员"]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:3] == ("未导入原因", "人员编号", "姓名")
    assert len(rows) == 2
    assert "校验位" in str(rows[1][0])
    assert "工作单位" in str(rows[1][0])
    assert rows[1][1:4] == ("A009", "钱九", "110105194912310021")


def test_corrected_faulty_rows_can_be_uploaded_as_they_were_downloaded(
    desk: Desk, tmp_path: Path
) -> None:
    career = [
        CAREER,
        ("A001", "林一", "嵊泗县教育局", "科员", "2010.9", "2019.3"),
        ("A001", "林一", "嵊泗县财政局", "科员", "2019.4", "以后"),
    ]
    upload = desk.upload(roster(tmp_path, LIN, WU, 履历=career))
    assert [row.name for row in desk.rows(upload.pk, ImportRow.State.ADD)] == ["吴二"]
    with in_office(desk.actor.tenant_id, desk.actor.user_id):
        content = faulty_workbook(actor=desk.actor, number=upload.pk)

    made = openpyxl.load_workbook(BytesIO(content))
    assert made["履历"].max_row == 3  # the good row of the same person came along
    made["履历"]["G3"] = "至今"
    desk.take(saved(made, tmp_path, "改正.xlsx"))

    assert [term["to"] for term in desk.people()["A001"].career] == ["2019-03", None]


def test_a_person_with_a_faulty_fact_waits_and_the_others_do_not(
    desk: Desk, tmp_path: Path
) -> None:
    relatives = [
        ("人员编号", "姓名", "亲属关系", "任职单位", "职务层次"),
        ("A001", "林一", "干爹", "嵊泗县教育局", "一把手"),
        ("A002", "吴二", "妻子", "嵊泗县教育局", "职工"),
    ]

    desk.take(roster(tmp_path, LIN, WU, 亲属任职=relatives))

    assert set(desk.people()) == {"A002"}


@pytest.mark.parametrize(
    ("people", "taken"),
    [
        ([LIN, LIN], set()),
        ([LIN, ("A001", "别人", None, "乙局", "", "", "")], set()),
        ([(*LIN[:2], VALID, *LIN[3:]), (*WU[:2], VALID, *WU[3:])], set()),
        ([LIN, WU], {"A001", "A002"}),
    ],
    ids=["row twice", "number twice", "ID number twice", "nobody twice"],
)
def test_duplicates_are_never_merged(
    desk: Desk, tmp_path: Path, people: list[Any], taken: set[str]
) -> None:
    upload = desk.upload(roster(tmp_path, *people))

    taken_rows = {row.number for row in desk.rows(upload.pk, ImportRow.State.ADD)}
    assert taken_rows == taken


def test_look_alikes_wait_for_somebody_to_look(desk: Desk, tmp_path: Path) -> None:
    desk.take(roster(tmp_path, LIN))
    twin = ("A077", "林伊", None, "甲县财政局", "", "", "")
    stranger = ("A078", "林伊", None, "乙县教育局", "", "", "")

    upload = desk.upload(roster(tmp_path, twin, stranger))

    [waiting] = desk.rows(upload.pk, ImportRow.State.REVIEW)
    assert waiting.number == "A077"
    desk.apply(upload.pk)
    assert "A077" not in desk.people()
    assert "A078" in desk.people()


def test_a_look_alike_that_somebody_looked_at_is_taken(desk: Desk, tmp_path: Path) -> None:
    desk.take(roster(tmp_path, LIN))
    upload = desk.upload(roster(tmp_path, ("A077", "林伊", None, "甲县财政局", "", "", "")))
    [waiting] = desk.rows(upload.pk, ImportRow.State.REVIEW)

    desk.apply(upload.pk, waiting.pk)

    assert set(desk.people()) == {"A001", "A077"}


def test_a_number_with_another_name_waits(desk: Desk, tmp_path: Path) -> None:
    desk.take(roster(tmp_path, LIN))

    upload = desk.upload(roster(tmp_path, ("A001", "赵某", None, "甲县财政局", "", "", "")))

    assert upload.counts["review"] == 1
    assert upload.counts["change"] == 0


def test_facts_of_nobody_are_errors(desk: Desk, tmp_path: Path) -> None:
    career = [
        CAREER,
        ("A404", "无此人", "甲局", "", "2019.1月", "至今"),
        ("A001", "吴二", "甲局", "", "2019年1月", "至今"),
        ("", "林一", "甲局", "", "2019年1月", "至今"),
    ]

    upload = desk.upload(roster(tmp_path, LIN, WU, 履历=career))

    faulty = desk.rows(upload.pk, ImportRow.State.ERROR)
    assert [(row.sheet, row.row_no) for row in faulty] == [
        ("people", 2),
        ("people", 3),  # the second fact may be the one's or the other's
        ("career", 2),
        ("career", 3),
    ]


@pytest.mark.parametrize(
    ("fact", "waiting"),
    [
        (("A404", "林一"), {"A001"}),
        (("A002", "林一"), {"A001", "A002"}),
        (("", "张三"), {"A003", "A004"}),
        (("A003", "张三"), {"A003"}),
        (("A404", "无此人"), set()),
    ],
    ids=["number of nobody", "number of another", "name of two", "one of two", "of nobody"],
)
def test_everybody_whom_a_faulty_fact_may_be_about_waits(
    desk: Desk, tmp_path: Path, fact: tuple[str, str], waiting: set[str]
) -> None:
    people = [
        LIN,
        WU,
        ("A003", "张三", None, "丙局", "", "", ""),
        ("A004", "张三", None, "丁局", "", "", ""),
    ]
    relatives = [
        ("人员编号", "姓名", "亲属关系", "任职单位", "职务层次"),
        (*fact, "干爹" if fact[0] == "A003" else "妻子", "嵊泗县教育局", "职工"),
    ]

    upload = desk.take(roster(tmp_path, *people, 亲属任职=relatives))

    assert {"A001", "A002", "A003", "A004"} - set(desk.people()) == waiting
    assert upload.counts["error"] == len(waiting) + 1


def test_a_fact_of_nobody_is_to_be_corrected_where_its_person_stands(
    desk: Desk, tmp_path: Path
) -> None:
    """Uploaded alone it would replace its person's whole career."""
    career = [CAREER, ("A404", "无此人", "甲局", "", "2019年1月", "至今")]

    upload = desk.upload(roster(tmp_path, LIN, 履历=career))

    [row] = desk.rows(upload.pk, ImportRow.State.ERROR)
    assert "上传整个原文件" in row.objections[0]["zh"]


def test_id_numbers_are_nowhere_in_plain(
    desk: Desk, tmp_path: Path, media: Path, superuser_connection: Any
) -> None:
    upload = desk.take(roster(tmp_path, (*LIN[:2], VALID, *LIN[3:])))

    person = desk.people()["A001"]
    assert person.id_number_last4 == "002X"
    assert len(person.id_number_digest) == 64
    assert not any(path.suffix == ".upload" for path in media.rglob("*"))
    with superuser_connection.cursor() as cursor:
        for table in (
            "scheduling_person",
            "scheduling_importrow",
            "scheduling_import",
            "tenancy_auditentry",
            "tenancy_job",
        ):
            cursor.execute(
                f"SELECT count(*) FROM {table} t WHERE t::text LIKE %s", [f"%{VALID[:17]}%"]
            )
            assert cursor.fetchone() == (0,)
    assert upload.state == Import.State.APPLIED


def test_the_same_id_number_has_another_digest_in_another_office() -> None:
    from scheduling.mapping.rosters import id_digest
    from scheduling.workbooks.identity import IdNumber

    assert id_digest(1, IdNumber(VALID)) != id_digest(2, IdNumber(VALID))
    assert id_digest(1, IdNumber(VALID)) == id_digest(1, IdNumber(VALID, was_15=True))


def test_a_refused_file_says_why_and_is_forgotten(desk: Desk, tmp_path: Path, media: Path) -> None:
    made = book({"人员": [PEOPLE_HEAD, LIN]})
    made["人员"]["D2"] = "=1+1"

    upload = desk.upload(saved(made, tmp_path))

    assert upload.state == Import.State.REFUSED
    assert upload.refusal is not None
    assert "D2" in upload.refusal["zh"][0]
    assert list(media.rglob("*.upload")) == []
    with in_office(desk.actor.tenant_id), pytest.raises(ImportNotReady):
        apply_import(actor=desk.actor, number=upload.pk)


def test_a_refused_file_is_forgotten_though_its_worker_was_killed_before(
    desk: Desk, tmp_path: Path, media: Path, django_as: RoleSwitch, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = book({"人员": [PEOPLE_HEAD, (*LIN[:2], VALID, *LIN[3:])]})
    made["人员"]["D2"] = "=1+1"
    upload = desk.upload_only(saved(made, tmp_path))

    def dies(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(imports, "forget", dies)
    with pytest.raises(KeyboardInterrupt):
        desk.work(upload.pk)
    assert desk.see(upload.pk).state == Import.State.REFUSED
    monkeypatch.undo()
    _expire_leases(django_as)

    desk.work(upload.pk)

    assert list(media.rglob("*.upload")) == []


def test_a_file_refused_at_its_last_row_leaves_no_rows(desk: Desk, tmp_path: Path) -> None:
    rows = "".join(f"A{n},林{n},甲局\n" for n in range(1500))
    path = csv_file(tmp_path, "人员编号,姓名,工作单位\n" + rows + "A,=1,甲局\n", "utf-8")

    upload = desk.upload(path)

    assert upload.state == Import.State.REFUSED
    with in_office(desk.actor.tenant_id):
        assert not ImportRow.objects.exists()


def test_a_worker_killed_half_way_goes_on_and_nothing_comes_twice(
    desk: Desk, tmp_path: Path, django_as: RoleSwitch, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "".join(f"A{n},林{n}号,甲局{n}\n" for n in range(2500))
    upload = desk.upload_only(csv_file(tmp_path, "人员编号,姓名,工作单位\n" + rows, "utf-8"))
    calls = iter(range(10))
    really = reading.stage_rows

    def dies(task: Any, staged: Any) -> None:
        if next(calls) == 1:
            raise KeyboardInterrupt  # as when the process is killed: no handler catches it
        really(task, staged)

    monkeypatch.setattr(reading, "stage_rows", dies)
    with pytest.raises(KeyboardInterrupt):
        desk.work(upload.pk)
    assert desk.see(upload.pk).rows_read == 1000
    monkeypatch.undo()
    _expire_leases(django_as)

    desk.work(upload.pk)

    resumed = desk.see(upload.pk)
    assert (resumed.state, resumed.rows_read, resumed.counts["add"]) == ("dry_run", 2500, 2500)


def test_applying_twice_does_it_once(desk: Desk, tmp_path: Path) -> None:
    upload = desk.take(roster(tmp_path))

    desk.apply(upload.pk)

    assert len(desk.people()) == 2
    with in_office(desk.actor.tenant_id):
        lines = AuditEntry.objects.filter(action="scheduling.import.applied")
        assert [line.data["written"] for line in lines] == [2]


def test_a_roster_that_changed_after_the_dry_run_is_compared_again(
    desk: Desk, tmp_path: Path
) -> None:
    first = desk.upload(roster(tmp_path, LIN))
    second = desk.upload(roster(tmp_path, LIN, WU))
    desk.apply(second.pk)

    outdated = desk.apply(first.pk)

    assert outdated.state == Import.State.DRY_RUN
    assert (outdated.counts["same"], outdated.counts["add"]) == (1, 0)


def test_units_with_parents_by_code_or_name(desk: Desk, tmp_path: Path) -> None:
    rows = [
        (*UNIT_HEAD, "上级单位"),
        ("U1", "甲县教育局", 3, 15, ""),
        ("U2", "甲县中学", 3, 10, "甲县教育局"),
        ("U3", "甲县小学", 3, 10, "U1"),
        ("U4", "孤儿校", 3, 10, "不存在局"),
        ("U5", "甲", 3, 10, "U6"),
        ("U6", "乙", 3, 10, "U5"),
    ]

    desk.take(saved(book({"名录": rows}), tmp_path), "units")

    with in_office(desk.actor.tenant_id, desk.actor.user_id):
        parents = dict(InspectedUnit.objects.values_list("code", "parent_code"))
    assert parents == {"U1": "", "U2": "U1", "U3": "U1"}


@pytest.mark.parametrize(
    "above",
    [
        [("U1", "甲县教育局", 3, 15, ""), ("U1", "甲县体育局", 3, 15, "")],
        [("U1", "甲县教育局", 3, 15, "不存在局")],
        [("U1", "甲县教育局", 3, 15, "U9"), ("U9", "甲县体育局", 3, 15, "U1")],
        [("U1", "甲县教育局", 9, 15, "")],
    ],
    ids=["code twice", "parent of nowhere", "circle", "fault"],
)
def test_no_unit_comes_in_below_one_that_does_not(
    desk: Desk, tmp_path: Path, above: list[Any]
) -> None:
    """Half a tree would hide that somebody works for the body above or below."""
    rows = [
        (*UNIT_HEAD, "上级单位"),
        *above,
        ("U2", "甲县中学", 3, 10, "U1"),
        ("U3", "甲县中学分校", 3, 10, "U2"),
        ("U4", "甲县财政局", 3, 10, ""),
    ]

    upload = desk.take(saved(book({"名录": rows}), tmp_path), "units")

    assert {row.number for row in desk.rows(upload.pk, ImportRow.State.ADD)} == {"U4"}


def test_a_unit_below_one_to_be_looked_at_is_looked_at_with_it(desk: Desk, tmp_path: Path) -> None:
    desk.take(saved(book({"名录": [UNIT_HEAD, ("U1", "甲县教育局", 3, 15)]}), tmp_path), "units")
    rows = [
        (*UNIT_HEAD, "上级单位"),
        ("U8", "甲县教育局", 3, 15, ""),
        ("U9", "甲县中学", 3, 10, "U8"),
    ]

    upload = desk.upload(saved(book({"名录": rows}), tmp_path), "units")

    waiting = desk.rows(upload.pk, ImportRow.State.REVIEW)
    assert [row.number for row in waiting] == ["U8", "U9"]
    assert waiting[1].objections[0]["column"] == "上级单位"


# --- Who may -------------------------------------------------------------------------------


def test_a_clerk_imports_and_the_citys_scheduler_does_not(
    desk: Desk, chen: Actor, tmp_path: Path
) -> None:
    upload = desk.upload_only(roster(tmp_path))

    with in_office(chen.tenant_id, chen.user_id):
        with pytest.raises(NotAllowed):
            upload_workbook(actor=chen, kind="roster", file_name="a", content=[b"x"])
        with pytest.raises(NotVisible):
            apply_import(actor=chen, number=upload.pk)


def test_the_fence_holds_without_the_filter(desk: Desk, chen: Actor, tmp_path: Path) -> None:
    desk.take(roster(tmp_path))

    with in_office(chen.tenant_id, chen.user_id):
        assert Person.objects.count() == 0
        assert Import.objects.count() == 0
        assert ImportRow.objects.count() == 0


def test_the_web_cannot_write_a_roster(desk: Desk, tmp_path: Path) -> None:
    desk.take(roster(tmp_path))

    with in_office(desk.actor.tenant_id), connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('scheduling_person', 'INSERT, UPDATE, DELETE')")
        assert cursor.fetchone() == (False,)


def _expire_leases(django_as: RoleSwitch) -> None:
    with django_as("superuser"), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE tenancy_job SET lease_until = now() - interval '1 hour' WHERE state = 'running'"
        )
