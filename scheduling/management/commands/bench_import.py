"""How long 100,000 rows take, and how much memory: through the real job, up to the dry run."""

from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from scheduling.services.importing import upload_workbook
from scheduling.services.reading import abandon
from scheduling.workbooks.guard import inspect
from tenancy.actor import Actor
from tenancy.context import in_office
from tenancy.domain.roles import Role
from tenancy.models import Office
from tenancy.runner import run_job

ROWS = 100_000
MOST_SECONDS, MOST_MB = 90, 300
HEADINGS = ("人员编号", "姓名", "工作单位", "所属系统", "职务", "入库类别", "专长", "籍贯")


class Command(BaseCommand):
    help = (
        "Import a workbook of 100,000 people into an office as far as the dry run, and measure. "
        "Nothing is applied; the rows are removed afterwards."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--office", default="dinghai", metavar="CODE")
        parser.add_argument("--rows", type=int, default=ROWS)
        parser.add_argument("--write", metavar="FILE", help="Write the figures as Markdown.")
        parser.add_argument("--job", type=int, help="For the worker's part; started by itself.")
        parser.add_argument("--import", type=int, dest="number", help="For the worker's part.")

    def handle(
        self, *, office: str, rows: int, write: str | None, job: int | None, **rest: Any
    ) -> None:
        if job is not None:
            self.stdout.write(json.dumps(_worked(job, office, rest["number"])))
            return
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "bench.xlsx"
            write_roster(path, rows)
            figures = self._measured(path, office)
        figures |= {"rows": rows}
        self.stdout.write(json.dumps(figures, ensure_ascii=False, indent=2))
        if write is not None:
            Path(write).write_text(as_markdown(figures), encoding="utf-8")
        if figures["seconds"] > MOST_SECONDS or figures["peak_mb"] > MOST_MB:
            raise CommandError(
                f"Beyond the limits of {MOST_SECONDS} s and {MOST_MB} MB.", returncode=1
            )

    def _measured(self, path: Path, code: str) -> dict[str, Any]:
        started = time.perf_counter()
        inspect(path)
        guarded = time.perf_counter() - started
        actor = _clerk_of(code)
        with in_office(actor.tenant_id), path.open("rb") as file:
            upload = upload_workbook(
                actor=actor,
                kind="roster",
                file_name=path.name,
                content=iter(lambda: file.read(65536), b""),
            ).upload
        connections.close_all()
        worker = subprocess.run(
            [sys.executable, sys.argv[0], "bench_import", "--office", code,
             "--job", str(upload.job_number), "--import", str(upload.pk)],
            env=os.environ | {"XUNCHA_ROLE": "worker"},
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        measured: dict[str, Any] = json.loads(worker.stdout.strip().splitlines()[-1])
        return measured | {
            "guard_seconds": round(guarded, 2),
            "file_mb": round(path.stat().st_size / 1e6, 1),
            "unpacked_mb": round(_unpacked(path) / 1e6, 1),
        }


def _worked(job: int, office: str, number: int) -> dict[str, Any]:
    """The worker's part, in a process of its own, so that its peak of memory is its own."""
    before = _peak_mb()
    started = time.perf_counter()
    outcome = run_job(job)
    seconds = time.perf_counter() - started
    actor = _clerk_of(office)
    with in_office(actor.tenant_id):
        counts = abandon(actor=actor, number=number)
    return {
        "outcome": outcome,
        "seconds": round(seconds, 1),
        "peak_mb": round(_peak_mb()),
        "mb_before": round(before),
        "counts": counts,
    }


def _clerk_of(code: str) -> Actor:
    """The office's own housekeeping, with a clerk's permissions."""
    office = Office.objects.filter(code=code).first()
    if office is None:
        raise CommandError(f"There is no office with the code {code}.")
    return Actor(
        user_id=None,
        name="bench",
        tenant_id=office.pk,
        office_name=office.short_name,
        office_kind=office.kind,
        roles=frozenset({Role.COUNTY_CLERK}),
    )


def _peak_mb() -> float:
    """The process's own high-water mark. `ru_maxrss` would begin with that of its parent."""
    status = Path("/proc/self/status")
    if status.exists():
        [line] = [line for line in status.read_text().splitlines() if line.startswith("VmHWM")]
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _unpacked(path: Path) -> int:
    with zipfile.ZipFile(path) as archive:
        return sum(part.file_size for part in archive.infolist())


# --- The workbook, as Excel writes it: shared strings, one sheet -----------------------------


def write_roster(path: Path, rows: int) -> None:
    """A roster of `rows` people, streamed: no cell is held longer than it takes to write it."""
    strings: dict[str, int] = {}

    def cell(column: int, row: int, value: str) -> str:
        index = strings.setdefault(value, len(strings))
        return f'<c r="{chr(65 + column)}{row}" t="s"><v>{index}</v></c>'

    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in _FRAME.items():
            archive.writestr(name, content)
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(
                f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{_MAIN}"><sheetData>'.encode()
            )
            for number, values in enumerate((HEADINGS, *_people(rows)), start=1):
                cells = "".join(cell(column, number, value) for column, value in enumerate(values))
                sheet.write(f'<row r="{number}">{cells}</row>'.encode())
            sheet.write(b"</sheetData></worksheet>")
        with archive.open("xl/sharedStrings.xml", "w") as shared:
            shared.write(f'<?xml version="1.0" encoding="UTF-8"?><sst xmlns="{_MAIN}">'.encode())
            for value in strings:
                shared.write(f"<si><t>{escape(value)}</t></si>".encode())
            shared.write(b"</sst>")


def _people(rows: int) -> Iterator[tuple[str, ...]]:
    family, first = (
        "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁",
        "建国志海文晓丽永明春秋荣美静雅思雨佳欣俊宏伟晨立学正光世家庆",
    )
    systems, skills = (
        ("教育", "财政金融", "卫生健康", "建设交通"),
        ("财务", "审计", "法律、纪检", "组织"),
    )
    for n in range(rows):
        given = first[n // 20 % 30] + first[n // 600 % 30]
        yield (
            f"P{n:06d}", family[n % 20] + given, f"某县第{n // 25}单位", systems[n % 4],
            "科员", "干部库" if n % 9 else "组长库", skills[n % 4], "浙江省舟山市嵊泗县",
        )  # fmt: skip


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_FRAME = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
    f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_TYPE}.sharedStrings+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_RELS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELS}"><sheets>'
    '<sheet name="人员" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_RELS}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_RELS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
}


def as_markdown(figures: dict[str, Any]) -> str:
    return f"""# Import of {figures["rows"]:,} rows

Made by `./run bench import`: a roster workbook of {figures["rows"]:,} people and {len(HEADINGS)} columns
({figures["file_mb"]} MB, {figures["unpacked_mb"]} MB unpacked) through the real job: guard, reading, staging in
PostgreSQL, duplicates and look-alikes, comparison with the roster, figures. Not applied.

| figure | measured | limit |
|---|---|---|
| seconds, from the claim of the job to the finished dry run | {figures["seconds"]} | {MOST_SECONDS} |
| peak memory of the worker process, MB | {figures["peak_mb"]} | {MOST_MB} |
| of that, before the job began (interpreter, Django, engine), MB | {figures["mb_before"]} | |
| seconds of the guard alone (zip directory, inflating, searching) | {figures["guard_seconds"]} | |

Outcome: {figures["outcome"]}; {figures["counts"]}.

Machine: {machine()}.
"""


def machine() -> str:
    """Cores, processor and memory; no names."""
    cpu = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        models = [
            line.partition(":")[2].strip()
            for line in cpuinfo.read_text().splitlines()
            if line.startswith("model name")
        ]
        cpu = models[0] if models else cpu
    ram_gb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    return f"{os.cpu_count()} cores, {cpu}, {ram_gb:.0f} GB RAM, Python {platform.python_version()}, {platform.system()}"
