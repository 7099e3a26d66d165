"""The dry run of a unit workbook: as `comparing`, with the tree of bodies to be whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from scheduling.mapping.rosters import (
    UNIT_DEFAULTS,
    Facts,
    changed_fields,
    unit_facts,
    with_search_keys,
)
from scheduling.mapping.staging import save_comparison
from scheduling.models.imports import Import, ImportRow
from scheduling.models.rosters import InspectedUnit
from scheduling.services.comparing import (
    SHOWN,
    State,
    Verdict,
    in_batches,
    objection,
    verdict_on,
)

Fault = dict[str, str]


@dataclass(slots=True)
class _Body:
    """A unit as it would stand after the import; `row_no` None: not in the file."""

    code: str
    name: str
    parent: str  # a code or a name, as written
    row_no: int | None
    is_faulty: bool = False


class UnitComparison:
    """The rows of one unit workbook against the list of units."""

    def __init__(self, upload: Import) -> None:
        self.upload = upload
        self.tenant_id = upload.tenant_id
        self._rows = ImportRow.objects.filter(
            tenant_id=self.tenant_id, upload=upload, sheet="units"
        )

    def batches(self) -> Iterator[list[ImportRow]]:
        return in_batches(self.tenant_id, self.upload.pk, ["units"])

    def judge(self, batch: list[ImportRow]) -> None:
        existing = {
            unit.code: unit
            for unit in InspectedUnit.objects.filter(
                tenant_id=self.tenant_id, code__in={row.number for row in batch}
            )
        }
        save_comparison(
            self.tenant_id, [self._on_unit(row, existing.get(row.number)) for row in batch]
        )

    def _on_unit(self, row: ImportRow, unit: InspectedUnit | None) -> Verdict:
        faults = [*self._code_faults(row), *self._parent_faults(row)]
        if row.errors or faults:
            return verdict_on(row, State.ERROR, objections=faults)
        before = unit_facts(unit) if unit else dict(UNIT_DEFAULTS)
        after = before | self._stated(row)
        diff = changed_fields(before, after)
        if unit is not None and not diff:
            return verdict_on(row, State.SAME)
        doubts = list(self._doubts_about(row, unit))
        state = State.REVIEW if doubts else (State.CHANGE if unit else State.ADD)
        return verdict_on(
            row,
            state,
            facts=with_search_keys(after),
            diff=diff if unit else {},
            objections=doubts,
        )

    def _stated(self, row: ImportRow) -> Facts:
        stated = {field: value for field, value in row.payload.items() if field in UNIT_DEFAULTS}
        if "parent" in row.payload:
            parent = self._parent_of(row.payload["parent"])
            stated["parent_code"] = parent.code if parent else ""
        return stated

    def _code_faults(self, row: ImportRow) -> Iterator[Fault]:
        others = [n for n in self._row_numbers_of_code[row.number] if n != row.row_no]
        if row.number and others:
            where = "、".join(map(str, others[:SHOWN]))
            yield objection(
                f"编码 {row.number} 还出现在第 {where} 行，无法判断以哪行为准，各行均未导入。",
                f"Code {row.number} also stands in row {where}; none of them is taken.",
                column="单位编码",
            )

    def _parent_faults(self, row: ImportRow) -> Iterator[Fault]:
        written = row.payload.get("parent") or ""
        if not written:
            return
        parent = self._parent_of(written)
        if parent is None:
            yield objection(
                f"上级单位“{written}”不在名录中（或有重名），请改填编码，或先补上该单位。",
                f"The parent “{written}” is not in the list, or its name is there twice: give "
                "its code, or list it first.",
                column="上级单位",
            )
            return
        line = self._line_above(row.number)
        if row.number in line:
            yield objection(
                f"上级单位绕成了一圈：{' → '.join([row.number, *line])}。",
                f"The parents form a circle: {' → '.join([row.number, *line])}.",
                column="上级单位",
            )
        elif broken := next((c for c in line if self._is_not_taken(c)), None):
            yield objection(
                f"上级单位 {broken} 所在的行有误，请一并改正。",
                f"The row of the parent {broken} has faults; correct it as well.",
                column="上级单位",
            )

    def _doubts_about(self, row: ImportRow, unit: InspectedUnit | None) -> Iterator[Fault]:
        if unit is not None and unit.name != row.name:
            yield objection(
                f"编码 {row.number} 在名录中是{unit.name}，这里写的是{row.name}：是更名，还是编码用错了？",
                f"Code {row.number} is {unit.name} in the list and {row.name} here: renamed, or "
                "the wrong code?",
                column="单位名称",
            )
        others = self._others_of_name(row.number)
        if others:
            where = "、".join(sorted(others)[:SHOWN])
            yield objection(
                f"编码 {where} 也叫“{row.name}”，请核对是否同一单位。",
                f"Code {where} is called “{row.name}”, too: one unit?",
                column="单位名称",
            )

        line = self._line_above(row.number)
        if waiting := next((c for c in line if self._awaits_a_look(c)), None):
            yield objection(
                f"上级单位 {waiting} 还待核对，请先核对它，再一并打勾。",
                f"The parent {waiting} is to be looked at as well: take both, or neither.",
                column="上级单位",
            )

    def _others_of_name(self, code: str) -> list[str]:
        return [other for other in self._codes_of_name[self._bodies[code].name] if other != code]

    def _awaits_a_look(self, code: str) -> bool:
        """Whether a unit above others comes in only if somebody says so."""
        body = self._bodies[code]
        is_new = body.row_no is not None and code not in self._known_codes
        return is_new and bool(self._others_of_name(code))

    # --- The list as it would be --------------------------------------------------------

    @cached_property
    def _bodies(self) -> dict[str, _Body]:
        """code -> body: the list of now, with the file's rows laid over it."""
        own = InspectedUnit.objects.filter(tenant_id=self.tenant_id)
        bodies = {
            code: _Body(code, name, parent, None)
            for code, name, parent in own.values_list("code", "name", "parent_code")
        }
        for row in self._rows.only("number", "name", "row_no", "payload", "errors").iterator():
            if not row.number:
                continue
            known = bodies.get(row.number)
            if row.errors and known is not None and known.row_no is None:
                continue  # the row is not taken: what the list has stays
            parent = row.payload.get("parent", known.parent if known else "")
            bodies[row.number] = _Body(row.number, row.name, parent, row.row_no, bool(row.errors))
        return bodies

    @cached_property
    def _known_codes(self) -> frozenset[str]:
        own = InspectedUnit.objects.filter(tenant_id=self.tenant_id)
        return frozenset(own.values_list("code", flat=True))

    @cached_property
    def _codes_of_name(self) -> dict[str, list[str]]:
        codes: dict[str, list[str]] = defaultdict(list)
        for body in self._bodies.values():
            codes[body.name].append(body.code)
        return codes

    @cached_property
    def _row_numbers_of_code(self) -> dict[str, list[int]]:
        numbers: dict[str, list[int]] = defaultdict(list)
        for code, row_no in self._rows.values_list("number", "row_no").order_by("row_no"):
            numbers[code].append(row_no)
        return numbers

    def _parent_of(self, written: str) -> _Body | None:
        """By code first, else by a name that only one unit has."""
        if written in self._bodies:
            return self._bodies[written]
        codes = self._codes_of_name.get(written, [])
        return self._bodies[codes[0]] if len(codes) == 1 else None

    def _is_not_taken(self, code: str) -> bool:
        """Whether the file has a row for this unit above others that does not come in."""
        body = self._bodies[code]
        if body.row_no is None:
            return False
        if body.is_faulty or len(self._row_numbers_of_code[code]) > 1:
            return True
        return bool(body.parent) and (
            self._parent_of(body.parent) is None or code in self._line_above(code)
        )

    def _line_above(self, code: str) -> list[str]:
        """The codes above a unit, upwards; a circle ends where it closes."""
        line: list[str] = []
        body = self._bodies.get(code)
        while body is not None and body.parent:
            body = self._parent_of(body.parent)
            if body is None or body.code in line:
                break
            line.append(body.code)
        return line
