"""The ledger of clues of the years before: of one office alone, history, without any informant."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kernel.errors import NotAllowed, NotVisible
from sharing.access.past_clues import access_clue_import, access_past_clue
from sharing.errors.ledgers import (
    InformantColumns,
    LedgerForAnother,
    LedgerImportFaulty,
    NothingNewInLedger,
)
from sharing.models.office_clues import OfficeClue
from sharing.models.past_clues import ClueImport, PastClue, StagedClue
from sharing.selectors.past_clues import (
    clue_import_page,
    clue_rows_part,
    past_clue_page,
    past_clues_part,
    recent_clue_imports,
)
from sharing.services.past_clues import cancel_clues, confirm_clues, upload_clues
from tenancy.actor import Actor
from tenancy.models import AuditEntry, User
from tenancy.paging import Window
from tests.integration.sharing.test_past_problems import raw, refused
from tests.ledgers import CLUE_HEAD, cell, clue, clue_file, ledger_file
from tests.people import acting

pytestmark = pytest.mark.usefixtures("media", "django_as")

ALL = Window(50)


@pytest.fixture
def media(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def upload(actor: Actor, *rows: list[Any]) -> Any:
    with acting(actor):
        return upload_clues(actor=actor, file_name="线索.xlsx", content=clue_file(*rows)).upload


def confirm(actor: Actor, *rows: list[Any]) -> Any:
    made = upload(actor, *rows)
    with acting(actor):
        return confirm_clues(actor=actor, number=made.pk)


def staged(actor: Actor, made: Any) -> list[Any]:
    with acting(actor):
        return list(StagedClue.objects.filter(upload_id=made.pk).order_by("row_no"))


def seen_by(actor: Actor) -> list[int]:
    """How many rows the fence shows of each table."""
    with acting(actor):
        tables = (ClueImport, StagedClue, PastClue)
        return [one.objects.count() for one in tables]


def test_a_ledger_of_clues_is_looked_at_then_taken_as_history(lin: Actor, media: Path) -> None:
    made = upload(lin, clue("1号"), clue("2号", outcomes="", result_on=None))
    assert [row.fate for row in staged(lin, made)] == ["history", "history"]
    assert seen_by(lin) == [1, 2, 0], "a dry run writes nothing"
    assert list(media.rglob("*.upload")) == []
    with acting(lin):
        confirm_clues(actor=lin, number=made.pk)
        lines = past_clues_part(lin, ALL).lines
        told = past_clue_page(lin, next(one.past.pk for one in lines if one.past.number == "1号"))
        assert [one.zh for one in told.outcomes] == ["党内警告", "责令退赔"]
        assert (told.past.handed_over_on, told.past.receipt_number) == (
            date(2023, 5, 1),
            "签〔2023〕1号",
        )
        assert cell(told.past.quote, "办理结果") == "党内警告、责令退赔"
        assert OfficeClue.objects.count() == 0, "it is walked nowhere"
        [line] = AuditEntry.objects.filter(action="sharing.clue_import.confirmed")
        assert line.data == {"history": 2}
    assert seen_by(lin) == [1, 0, 2]
    with pytest.raises(NothingNewInLedger):
        confirm(lin, clue("1号", receipt="别的"))


def test_faults_of_a_ledger_of_clues(lin: Actor, zhao: Actor) -> None:
    rows = [
        clue("1", level="市管干部"),
        clue("3", outcomes="反映不实、诫勉"),
        clue("4", outcomes=""),
        clue("5", result_on="2020-01-01"),
        clue("6", level="处级", handed_over="2999-01-01"),
        clue("", subject=""),
        clue("8", outcomes="查无此事"),
    ]
    made = upload(lin, *rows)
    assert {row.fate for row in staged(lin, made)} == {"faulty"}
    said = "".join(fault["zh"] for row in staged(lin, made) for fault in row.faults)
    for part in ("归市委巡察办登记", "不能与其他结果并列", "却没有办理结果", "早于"):
        assert part in said, part
    with acting(lin), pytest.raises(LedgerImportFaulty):
        confirm_clues(actor=lin, number=made.pk)
    with acting(lin):
        cancel_clues(actor=lin, number=made.pk)
    assert seen_by(lin) == [1, 0, 0]
    city = upload(zhao, clue("1", level="市管干部"))
    assert [row.fate for row in staged(zhao, city)] == ["history"]


def test_no_informant_comes_by_a_workbook(lin: Actor, media: Path) -> None:
    for heading in ("举报人", "反映人姓名", "来信人", "联系电话", "信访人住址", "检举人(实名)"):
        file = ledger_file("线索台账", [*CLUE_HEAD, heading], [[*clue("1"), "钱小二"]])
        with acting(lin), pytest.raises(InformantColumns) as told:
            upload_clues(actor=lin, file_name="a.xlsx", content=file)
        assert told.value.fields == ("file",)
        assert "钱小二" not in str(told.value)
    assert seen_by(lin) == [0, 0, 0]
    assert list(media.rglob("*.upload")) == []
    held = ledger_file("线索台账", [*CLUE_HEAD[:1], "被举报人", *CLUE_HEAD[2:]], [clue("1")])
    with acting(lin):
        assert upload_clues(actor=lin, file_name="a.xlsx", content=held).upload.rows_read == 1


def test_an_office_sees_its_own_and_whose_seat_it_is(lin: Actor, wu: Actor, zhao: Actor) -> None:
    made = confirm(lin, clue("1"), clue("2", subject="别人"))
    city = confirm(zhao, clue("甲", level="市管干部"))
    with acting(lin):
        keys = sorted(PastClue.objects.values_list("pk", flat=True))
        assert made.pk > 10**13
        assert keys[1] - keys[0] != 1, "keys are drawn at random"
    for actor, own, theirs in ((lin, made, city), (zhao, city, made)):
        with acting(actor):
            assert access_clue_import(actor, own.pk).pk == own.pk
            with pytest.raises(NotVisible):
                access_clue_import(actor, theirs.pk)
    assert seen_by(wu) == [0, 0, 0], "by the fence, too"
    with acting(wu), pytest.raises(NotAllowed):
        upload_clues(actor=wu, file_name="a", content=clue_file(clue("1")))
    with acting(wu), pytest.raises(NotVisible):
        access_past_clue(wu, keys[0])


def test_who_bears_the_subjects_name_sees_nothing_of_it(lin: Actor, django_as: Any) -> None:
    confirm(lin, clue("1", subject="改名后"), clue("2"))
    with django_as("superuser"):
        User.objects.filter(pk=lin.person_id).update(display_name="改名后")
    assert seen_by(lin)[2] == 1


def renamed(django_as: Any, actor: Actor, name: str) -> Actor:
    with django_as("superuser"):
        User.objects.filter(pk=actor.person_id).update(display_name=name)
    return replace(actor, name=name)


def test_on_its_way_in_a_ledger_shows_nobody_their_own_line(lin: Actor, django_as: Any) -> None:
    """A line with a fault, too, of which the cells alone are kept. The twin: a ledger without them."""
    made = upload(lin, clue("1", subject="梅 雪"), clue("2"))
    broken = upload(lin, clue("3", subject="梅雪", handed_over="不是日期"), clue("4"))
    plain = upload(lin, clue("5"))
    assert [row.fate for row in staged(lin, broken)] == ["faulty", "history"]
    mei = renamed(django_as, lin, "梅雪")
    for one in (made, broken):
        assert [row.row_no for row in staged(mei, one)] == [3], "by the fence"
        with acting(mei):
            page = clue_import_page(mei, one.pk)
            assert (page.is_whole, page.rows_read, page.counts, page.may_confirm) == (
                *(False, None, ()),
                False,
            )
            assert clue_rows_part(mei, one.pk, ALL).lines == [], "a gap in the rows would tell"
            for ends in (confirm_clues, cancel_clues):
                with pytest.raises(LedgerForAnother):
                    ends(actor=mei, number=one.pk)
            refused(
                "clue_ledger_of_another",
                "UPDATE sharing_clueimport SET state = 'cancelled' WHERE id = %s",
                one.pk,
            )
    with acting(mei):
        told = {one.upload.pk: one.rows for one in recent_clue_imports(mei)}
        assert told == {made.pk: None, broken.pk: None, plain.pk: 1}
        assert clue_import_page(mei, plain.pk).rows_read == 1
        assert len(clue_rows_part(mei, plain.pk, ALL).lines) == 1
        assert confirm_clues(actor=mei, number=plain.pk).state == "applied"
    back = renamed(django_as, lin, lin.name)
    with acting(back):
        assert clue_import_page(back, made.pk).rows_read == 2
        confirm_clues(actor=back, number=made.pk)
    mei = renamed(django_as, lin, "梅雪")
    with acting(mei):
        page = clue_import_page(mei, made.pk)
        assert (page.rows_read, page.counts) == (None, ()), "the register shows one line of two"


def test_what_has_a_line_about_who_uploads_it_is_not_taken(
    lin: Actor, django_as: Any, settings: Any
) -> None:
    for name in (lin.name, f" {lin.name[0]} {lin.name[1:]}"):
        with pytest.raises(LedgerForAnother) as told:
            upload(lin, clue("1"), clue("2", subject=name))
        assert told.value.fields == ("file",)
        assert "同名" not in f"{told.value.message}{told.value.remedy}"
    assert seen_by(lin) == [0, 0, 0]
    old = upload(lin, clue("1", subject="梅雪"))
    settings.KEEP_IMPORTS_DAYS = -1
    mei = renamed(django_as, lin, "梅雪")
    upload(mei, clue("2"))
    with acting(mei):
        assert access_clue_import(mei, old.pk).state == "dry_run", "it is not hers to end"
    back = renamed(django_as, lin, lin.name)
    upload(back, clue("3"))
    with acting(back):
        assert access_clue_import(back, old.pk).state == "cancelled"


COPY = """INSERT INTO sharing_pastclue (tenant_id, upload_id, row_no, key, quote, number, subject_name,
    subject_unit, management_level, gist, handed_over_on, receipt_number, disposal, outcomes, result_on,
    imported_by_name)
  SELECT row.tenant_id, row.upload_id, row.row_no, said.key, row.quote, said.number, said.subject_name,
    said.subject_unit, {level}, said.gist, said.handed_over_on, said.receipt_number, said.disposal,
    said.outcomes, said.result_on, ''
  FROM sharing_stagedclue AS row,
    jsonb_to_record(row.said) AS said (key text, number text, subject_name text, subject_unit text,
      management_level text, gist text, handed_over_on date, receipt_number text, disposal text,
      outcomes jsonb, result_on date)
  WHERE row.upload_id = %s"""
STAGE = """INSERT INTO sharing_stagedclue (tenant_id, upload_id, row_no, sheet_name, fate, gist, said, quote,
    faults, remarks) VALUES (%s, %s, 9, '', 'history', '', %s, '{}', '[]', '[]')"""
PLAIN = """INSERT INTO sharing_pastclue (tenant_id, upload_id, row_no, key, quote, number, subject_name,
    subject_unit, gist, handed_over_on, receipt_number, disposal, outcomes, imported_by_name,
    management_level)
  VALUES (%s, %s, 9, 'x', '{}', '9', 'x', '', 'x', '2023-01-01', '', '', '[]', '', %s)"""
APPLY = "UPDATE sharing_clueimport SET state = 'applied' WHERE id = %s"


def test_the_database_keeps_past_clues_with_whom_they_are(lin: Actor, wu: Actor) -> None:
    made = upload(lin, clue("1"))
    as_read = COPY.format(level="said.management_level")
    with acting(lin):
        refused("clue_ledger_taken_whole", APPLY, made.pk)
        refused("clue_ledger_kept_as_read", COPY.format(level="'lower'"), made.pk)
    with acting(wu):
        assert raw(as_read, made.pk) == 0, "nothing is there for a clerk"
        refused("clue_ledger_by_the_director", STAGE, wu.tenant_id, made.pk, "{}")
    with acting(lin):
        assert raw(as_read, made.pk) == 1
        assert raw(APPLY, made.pk) == 1
        refused("clue_ledger_ends_once", APPLY, made.pk)
        for sql in ("UPDATE sharing_pastclue SET gist = ''", "DELETE FROM sharing_pastclue"):
            with pytest.raises(Exception, match="permission denied"):
                raw(sql)


def test_a_clue_of_the_citys_cadre_is_in_no_countys_ledger_by_sql(lin: Actor) -> None:
    made = upload(lin, clue("1"))
    said = '{"key": "x", "number": "9", "management_level": "city_managed"}'
    with acting(lin):
        assert raw(STAGE, lin.tenant_id, made.pk, said) == 1
        refused("past_clue_of_its_office", PLAIN, lin.tenant_id, made.pk, "city_managed")
        refused("clue_ledger_kept_as_read", PLAIN, lin.tenant_id, made.pk, "lower")
