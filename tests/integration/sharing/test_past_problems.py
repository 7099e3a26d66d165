"""The ledger of problems of the years before: looked at, confirmed whole, kept as it was written."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from kernel.errors import NotAllowed, NotVisible
from scheduling.workbooks.refusals import FormulaCell, NotAWorkbook, TooManyRows
from sharing.access.ledgers import access_past_problem, access_problem_import
from sharing.domain.ledgers import Fate
from sharing.errors.ledgers import (
    InformantColumns,
    LedgerChangedMeanwhile,
    LedgerImportFaulty,
    LedgerImportOver,
    NothingNewInLedger,
)
from sharing.models.ledgers import PastProblem, ProblemImport, StagedProblem
from sharing.models.rectification import RectificationItem, RectificationStep, Talk
from sharing.services.past_problems import (
    cancel_problems,
    confirm_problems,
    problem_template,
    upload_problems,
)
from sharing.services.rectifying import claim_done
from tenancy.models import AuditEntry
from tests.integration.sharing.county import County
from tests.ledgers import PROBLEM_HEAD, cell, ledger_file, problem, problem_file
from tests.people import acting

pytestmark = pytest.mark.usefixtures("media")


@pytest.fixture
def media(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def upload(county: County, *rows: list[Any], who: str = "lin") -> Any:
    return county.by(
        who, upload_problems, file_name="台账.xlsx", content=problem_file(*rows)
    ).upload


def confirm(county: County, *rows: list[Any]) -> Any:
    return county.by("lin", confirm_problems, number=upload(county, *rows).pk)


def staged(county: County, made: Any) -> list[Any]:
    def look(actor: Any) -> list[Any]:
        return list(StagedProblem.objects.filter(upload_id=made.pk).order_by("row_no"))

    found: Any = county.sees("lin", look)
    return found  # type: ignore[no-any-return]


def written(county: County) -> tuple[int, int, int, int]:
    """Lines, items, steps, talks of the office."""

    def look(actor: Any) -> tuple[int, int, int, int]:
        tables = (PastProblem, RectificationItem, RectificationStep, Talk)
        return tuple(one.objects.count() for one in tables)  # type: ignore[return-value]

    found: Any = county.sees("lin", look)
    return found  # type: ignore[no-any-return]


def words(rows: list[Any], column: str = "zh") -> str:
    return "；".join(fault[column] for row in rows for fault in (*row.faults, *row.remarks))


def test_a_ledger_is_looked_at_before_it_is_taken(county: County, media: Path) -> None:
    made = upload(
        county, problem("旧账一"), problem("旧账二", "未完成"), problem("旧账三", "基本完成")
    )
    assert [row.fate for row in staged(county, made)] == ["history", "living", "living"]
    assert written(county) == (0, 0, 0, 0), "a dry run writes nothing"
    assert list(media.rglob("*.upload")) == [], "the file is kept nowhere"
    done = county.by("lin", confirm_problems, number=made.pk)
    assert county.by("lin", confirm_problems, number=made.pk).state == done.state == "applied"
    assert written(county) == (3, 2, 2, 0)
    assert staged(county, made) == []

    def lines(actor: Any) -> list[Any]:
        return list(AuditEntry.objects.filter(action__startswith="sharing.").order_by("pk"))[-2:]

    told = county.sees("lin", lines)
    assert [one.action.rpartition(".")[2] for one in told] == ["uploaded", "confirmed"]
    assert {name: told[1].data[name] for name in ("living", "history")} == {
        "living": 2,
        "history": 1,
    }
    with pytest.raises(LedgerImportOver):
        county.by("lin", cancel_problems, number=made.pk)


def test_a_line_stands_as_it_was_written(county: County) -> None:
    row = problem(
        "　问题：采购“化整为零”  \n二行",
        money="12.5万元",
        served_on="2023年3月1日",
        remark="附：见卷",
    )
    made = confirm(county, row)
    past = county.sees("lin", lambda actor: PastProblem.objects.get())
    assert cell(past.quote, "问题") == "问题：采购“化整为零”\n二行"
    assert (cell(past.quote, "涉及金额(元)"), past.cents) == ("12.5万元", 12_500_000)
    assert (cell(past.quote, "反馈日期"), past.served_on) == ("2023年3月1日", date(2023, 3, 1))
    assert (past.upload_id, past.row_no, past.closed_on) == (made.pk, 2, date(2023, 6, 1))
    assert past.imported_by_name == county.actor("lin").name
    assert past.imported_at is not None


def test_what_was_open_goes_on_where_it_was(county: County) -> None:
    confirm(county, problem("没改完", "整改中"), problem("差不多", "基本完成"))
    items = county.sees("lin", lambda actor: list(RectificationItem.objects.order_by("position")))
    assert [(one.state, one.steps) for one in items] == [("in_progress", 1), ("basically_done", 1)]
    one = items[0]
    assert (one.measures, one.lead, one.department) == ("建章立制\n开展自查", "甲局长", "办公室")
    assert (one.due_on, one.served_on, one.goal) == (date(2023, 6, 30), date(2023, 3, 1), "")
    steps = county.sees("lin", lambda actor: list(RectificationStep.objects.order_by("record_id")))
    assert [(step.act, step.hand, step.before) for step in steps] == [
        ("imported", "office_director", "assigned"),
        ("imported_basically", "office_director", "assigned"),
    ]
    claimed = county.by("qiao", claim_done, number=one.pk, evidence="照片", result="改完")
    assert claimed.state == "claimed_done", "from there it walks like any other"


def test_each_fault_says_where_and_what_to_do(county: County) -> None:
    made = upload(
        county,
        problem("", "已完成"),
        problem("甲", "差一点"),
        problem("乙", "未完成", unit="没有的单位", due_on=None),
        problem("丙", "未完成", closed_on="2023-05-01", due_on="2023-02-01"),
        problem("丁", money="若干", served_on="2999-01-01"),
        problem("戊", closed_on="2020-01-01"),
        problem("己"),
        problem("己 "),
    )
    rows = staged(county, made)
    assert [row.fate for row in rows] == ["faulty"] * 6 + ["history", "faulty"]
    first = rows[0].faults[0]
    assert (first["column"], first["cell"], rows[0].sheet_name) == ("问题", "C2", "问题台账")
    said = words(rows)
    for part in (
        "可填：已完成",
        "没有唯一的",
        "请填写“整改期限”",
        "状态却不是",
        "应晚于",
        "不是金额",
        "早于",
        "与第 8 行重复",
    ):
        assert part in said, part
    with pytest.raises(LedgerImportFaulty):
        county.by("lin", confirm_problems, number=made.pk)
    assert written(county) == (0, 0, 0, 0)
    county.by("lin", cancel_problems, number=made.pk)
    assert staged(county, made) == []
    with pytest.raises(LedgerImportOver):
        county.by("lin", confirm_problems, number=made.pk)


def test_what_is_there_is_known_and_never_rewritten(county: County) -> None:
    first = confirm(county, problem("旧账"), problem("在改", "未完成"))
    again = county.by(
        "lin", upload_problems, file_name="b.xlsx",
        content=problem_file(problem("旧账"), problem("在改", "未完成")),
    )  # fmt: skip
    rows = staged(county, again.upload)
    same = again.is_known and again.upload.pk == first.pk
    assert same or [row.fate for row in rows] == ["same", "same"]
    other = upload(county, problem("旧账", lead="乙"), problem("在改"), problem("旧 账"))
    rows = staged(county, other)
    assert [row.fate for row in rows] == ["differs", "differs", "faulty"]
    assert "责任领导" in words(rows)
    assert "整改状态" in words(rows)
    with pytest.raises(LedgerImportFaulty):
        county.by("lin", confirm_problems, number=other.pk)
    with pytest.raises(NothingNewInLedger):
        confirm(county, problem("旧账", lead="丙"))
    assert written(county) == (2, 1, 1, 0)


def test_the_same_file_again_is_the_import_of_then(county: County) -> None:
    file = problem_file(problem("旧账"))
    made = county.by("lin", upload_problems, file_name="a.xlsx", content=file).upload
    county.by("lin", confirm_problems, number=made.pk)
    again = county.by("lin", upload_problems, file_name="b.xlsx", content=file)
    assert (again.is_known, again.upload.pk) == (True, made.pk)


def test_what_changed_meanwhile_is_not_taken(county: County) -> None:
    waits = upload(county, problem("旧账"))
    confirm(county, problem("旧账", lead="乙"))
    with pytest.raises(LedgerChangedMeanwhile):
        county.by("lin", confirm_problems, number=waits.pk)


def test_hostile_cells_and_files(county: County, media: Path) -> None:
    def try_(content: list[bytes]) -> None:
        county.by("lin", upload_problems, file_name="../../x.xlsx", content=content)

    with pytest.raises(NotAWorkbook) as refused:
        try_([b"\x89PNG\r\n\x1a\n" + b"0" * 64])
    assert refused.value.fields == ("file",)
    with pytest.raises(FormulaCell):
        try_(problem_file(problem('=HYPERLINK("http://x")')))
    for heading in ("举报人", "信访人姓名", "联系电话", "举报人身份证号", "Informant"):
        with pytest.raises(InformantColumns) as told:
            try_(ledger_file("问题台账", [*PROBLEM_HEAD, heading], [[*problem("甲"), "张三"]]))
        assert "张三" not in str(told.value)
    head = [one if one != "涉及金额（元）" else "金额（千元）" for one in PROBLEM_HEAD]
    made = county.by(
        "lin",
        upload_problems,
        file_name="a",
        content=ledger_file("问题台账", head, [problem("甲")]),
    ).upload
    assert "看不出" in words(staged(county, made))
    script = upload(
        county, problem("<script>alert(1)</script>{{ 7*7 }}\u202e", lead="'; DROP TABLE x")
    )
    [row] = staged(county, script)
    assert row.said["issue"] == "<script>alert(1)</script>{{ 7*7 }}"
    assert (row.fate, list(media.rglob("*.upload"))) == ("history", [])


def test_no_more_rows_than_it_takes(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sharing.services.importing_ledgers.MOST_ROWS", 2)
    upload(county, problem("一"), problem("二"))
    with pytest.raises(TooManyRows):
        upload(county, problem("一"), problem("二"), problem("三"))


def test_the_director_alone_takes_in(county: County) -> None:
    for who in ("wu", "qiao", "shen"):
        with pytest.raises(NotAllowed):
            upload(county, problem("甲"), who=who)
    made = upload(county, problem("甲"))
    with pytest.raises(NotVisible):
        county.sees("wu", access_problem_import, made.pk)
    county.by("lin", confirm_problems, number=made.pk)
    past = county.sees("lin", lambda actor: PastProblem.objects.get())
    assert county.sees("wu", access_past_problem, past.pk).pk == past.pk
    with pytest.raises(NotVisible):
        county.sees("qiao", access_past_problem, past.pk)


def test_the_template_offers_the_offices_own_words(county: County) -> None:
    content = county.by("lin", problem_template)
    book = load_workbook(BytesIO(content))
    assert [row[0].value for row in book["选项"].iter_rows()] == [
        "被巡察单位",
        "第1单位",
        "第2单位",
    ]
    rules = {rule.formula1 for rule in book["问题台账"].data_validations.dataValidation}
    assert "=选项!$A$2:$A$3" in rules
    assert '"已完成,基本完成,未完成"' in rules
    filled = book["问题台账"]
    for column, value in enumerate(problem("照模板填"), start=1):
        heading = PROBLEM_HEAD[column - 1]
        at = [one.value for one in filled[1]].index(heading) + 1
        filled.cell(row=2, column=at, value=value)
    buffer = BytesIO()
    book.save(buffer)
    made = county.by("lin", upload_problems, file_name="a.xlsx", content=[buffer.getvalue()]).upload
    assert [row.fate for row in staged(county, made)] == ["history"]


def raw(sql: str, *values: Any) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return int(cursor.rowcount)


def refused(constraint: str, sql: str, *values: Any) -> None:
    with pytest.raises((IntegrityError, Exception)) as error:
        raw(sql, *values)
    diagnostics = getattr(error.value.__cause__, "diag", None)
    assert getattr(diagnostics, "constraint_name", None) == constraint, error.value


COPY = """INSERT INTO sharing_pastproblem (tenant_id, upload_id, row_no, key, quote, desk_id, round_name,
    unit_name, issue, category, severity, cents, lead, department, measures, served_on, due_on, state,
    closed_on, remark, imported_by_name)
  SELECT row.tenant_id, row.upload_id, row.row_no, said.key, row.quote, said.desk_id, said.round_name,
    said.unit_name, {issue}, said.category, said.severity, said.cents, said.lead, said.department,
    said.measures, said.served_on, said.due_on, said.state, said.closed_on, said.remark, ''
  FROM sharing_stagedproblem AS row,
    jsonb_to_record(row.said) AS said (key text, desk_id bigint, round_name text, unit_name text,
      issue text, category text, severity text, cents bigint, lead text, department text,
      measures text, served_on date, due_on date, state text, closed_on date, remark text)
  WHERE row.upload_id = %s AND row.fate IN ('living', 'history')"""
APPLY = "UPDATE sharing_problemimport SET state = 'applied' WHERE id = %s"
ITEM = """INSERT INTO sharing_rectificationitem (tenant_id, desk_id, round_name, position, issue, category,
    source_life, source_number, served_on, plan_due_on, concentrated_until, state, steps, leader_name,
    goal, measures, lead, department, head, withheld_because, disclosure, claims, sent_back, reopened)
  SELECT tenant_id, desk_id, round_name, 900 + id %% 90, issue, {category}, 'past_problem', id, served_on,
    served_on, served_on, 'assigned', 0, '', '', '', '', '', '', '', '', 0, 0, 0
  FROM sharing_pastproblem WHERE state = %s"""
STEP = """INSERT INTO sharing_rectificationstep (tenant_id, record_id, act, hand, after, reason, facts,
    number, before, by_name, on_behalf_of)
  SELECT tenant_id, id, %s, 'office_director', %s, '', '{}', 0, '', '', ''
  FROM sharing_rectificationitem WHERE source_life = %s"""


def test_the_database_keeps_what_was_read_and_takes_it_whole(county: County) -> None:
    made = upload(county, problem("甲"))
    stage = "INSERT INTO sharing_stagedproblem (tenant_id, upload_id, row_no, sheet_name, fate, gist, quote, faults, remarks) VALUES (%s, %s, 99, '', 'same', '', '[]', '[]', '[]')"
    lin, wu = county.actor("lin"), county.actor("wu")
    with acting(lin):
        refused("problem_ledger_taken_whole", APPLY, made.pk)
        refused("problem_ledger_kept_as_read", COPY.format(issue="'别的'"), made.pk)
        refused(
            "problem_ledger_row_waits",
            "DELETE FROM sharing_stagedproblem WHERE upload_id = %s",
            made.pk,
        )
    with acting(wu):
        refused("problem_ledger_by_the_director", COPY.format(issue="said.issue"), made.pk)
        refused("problem_ledger_by_the_director", APPLY, made.pk)
        refused("problem_ledger_by_the_director", stage, wu.tenant_id, made.pk)
    with acting(lin):
        assert raw(stage, lin.tenant_id, made.pk) == 1
        assert raw(COPY.format(issue="said.issue"), made.pk) == 1
        assert raw(APPLY, made.pk) == 1
        refused("problem_ledger_ends_once", APPLY, made.pk)
        refused("problem_ledger_row_waits", stage, lin.tenant_id, made.pk)
        refused("problem_ledger_kept_as_read", COPY.format(issue="said.issue"), made.pk)
        assert raw("DELETE FROM sharing_stagedproblem WHERE upload_id = %s", made.pk) == 2
        for sql in ("UPDATE sharing_pastproblem SET issue = ''", "DELETE FROM sharing_pastproblem"):
            with pytest.raises(Exception, match="permission denied"):
                raw(sql)


def test_the_database_lets_an_item_begin_as_the_ledger_says(county: County) -> None:
    confirm(county, problem("甲"))
    faulty = upload(county, problem("乙", "差一点"))
    lin, wu = county.actor("lin"), county.actor("wu")
    with acting(lin):
        refused("problem_ledger_taken_whole", APPLY, faulty.pk)
        refused("item_as_the_ledger_says", ITEM.format(category="category"), "done")
    waits = upload(county, problem("丙", "未完成"))
    with acting(lin):
        raw(COPY.format(issue="said.issue"), waits.pk)
        refused("item_as_the_ledger_says", ITEM.format(category="'别的'"), "open")
    with acting(wu):
        refused("item_as_the_ledger_says", ITEM.format(category="category"), "open")
    with acting(lin):
        assert raw(ITEM.format(category="category"), "open") == 1
        refused("step_in_turn", STEP, "imported_basically", "basically_done", "past_problem")
        refused("step_in_turn", STEP, "plan_accepted", "in_progress", "past_problem")
    with acting(wu):
        refused("step_in_ones_own_hand", STEP, "imported", "in_progress", "past_problem")
    with acting(lin):
        assert raw(STEP, "imported", "in_progress", "past_problem") == 1
        refused("step_in_turn", STEP, "imported", "in_progress", "past_problem")
        item = RectificationItem.objects.get()
        assert (item.state, item.due_on) == ("in_progress", date(2023, 6, 30))


LINE = st.tuples(
    st.sampled_from(["甲", "乙", "丙", "丁", " 甲", "一\n二"]),
    st.sampled_from(["已完成", "基本完成", "未完成"]),
    st.sampled_from(["第1单位", "第2单位", "别处"]),
    st.sampled_from([None, "0.5", "3万元", "许多"]),
)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(lines=st.lists(LINE, min_size=1, max_size=6))
def test_what_the_dry_run_says_is_what_is_done(
    county: County, lines: list[tuple[str, str, str, str | None]]
) -> None:
    rows = [problem(issue, state, unit=unit, money=money) for issue, state, unit, money in lines]
    before = written(county)
    made = upload(county, *rows)
    if made.state == "applied":
        return  # the same file once more
    told = staged(county, made)
    fates = [row.fate for row in told]
    assert written(county) == before
    try:
        county.by("lin", confirm_problems, number=made.pk)
    except (LedgerImportFaulty, NothingNewInLedger):
        assert Fate.FAULTY in fates or not {Fate.LIVING, Fate.HISTORY} & set(fates)
        assert written(county) == before
        return
    taken = [row for row in told if row.fate in ("living", "history")]
    living = fates.count("living")
    assert written(county) == (before[0] + len(taken), before[1] + living, before[2] + living, 0)

    def kept(actor: Any) -> dict[int, dict[str, Any]]:
        past = PastProblem.objects.filter(upload_id=made.pk)
        return {one.row_no: (one.key, one.quote, one.issue, one.cents) for one in past}  # type: ignore[misc]

    assert county.sees("lin", kept) == {
        row.row_no: (row.said["key"], row.quote, row.said["issue"], row.said["cents"])
        for row in taken
    }


def test_an_import_of_another_office_is_not_there(county: County) -> None:
    made = upload(county, problem("甲"))
    with pytest.raises(NotVisible):
        county.sees("lin", access_problem_import, made.pk + 1)
    assert county.sees("lin", access_problem_import, made.pk).pk == made.pk
    assert ProblemImport._meta.label == "sharing.ProblemImport"
