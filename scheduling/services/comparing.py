"""A worker's second half of an import, the dry run: what would each row change?

The result is computed from the staged rows and the roster of now, and can be computed again.
Nothing is ever merged by resemblance, and nobody is taken half: a person with a faulty row on
any sheet waits, because a fact that is missing may be a conflict of interest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count, Max, QuerySet

from kernel.text import Text
from scheduling.mapping.rosters import (
    PERSON_DEFAULTS,
    Facts,
    changed_fields,
    person_facts,
    stated_by_facts,
    with_search_keys,
)
from scheduling.mapping.staging import save_comparison
from scheduling.models.imports import Import, ImportRow
from scheduling.models.rosters import InspectedUnit, Person

ROWS_AT_ONCE = 500
SHOWN = 3  # of several rows that clash, so many are named
# Uploaded alone, the corrected row would replace all that its person has on that sheet.
_IN_THE_ORIGINAL = Text(
    zh="请在原文件中改正，再上传整个原文件。",
    en="Correct it in the original file, and upload all of that again.",
)
State = ImportRow.State
Verdict = dict[str, Any]
ImportRowQuerySet = QuerySet[ImportRow]


@dataclass(frozen=True, slots=True, order=True)
class Twin:
    """A row that shares something with another."""

    row_no: int
    number: str
    name: str


@dataclass(frozen=True, slots=True)
class Twins:
    """Rows of one file that share a number, an ID number, or a likeness and the unit."""

    by_number: dict[tuple[str, ...], list[Twin]]
    by_digest: dict[tuple[str, ...], list[Twin]]
    by_sound: dict[tuple[str, ...], list[Twin]]
    by_shape: dict[tuple[str, ...], list[Twin]]


def objection(zh: str, en: str, *, column: str = "") -> dict[str, str]:
    return {"column": column, "cell": "", "zh": zh, "en": en}


def verdict_on(
    row: ImportRow,
    state: str,
    *,
    number: str | None = None,
    facts: Facts | None = None,
    diff: dict[str, Any] | None = None,
    objections: Sequence[dict[str, str]] = (),
) -> Verdict:
    return {
        "id": row.pk,
        "state": str(state),
        "number": row.number if number is None else number,
        "facts": facts,
        "diff": diff or {},
        "objections": list(objections),
    }


def in_batches(tenant_id: int, upload_id: int, sheets: Sequence[str]) -> Iterator[list[ImportRow]]:
    """The staged rows of some sheets, in the order of the file, some at a time."""
    last = 0
    rows = ImportRow.objects.filter(tenant_id=tenant_id, upload_id=upload_id, sheet__in=sheets)
    while batch := list(rows.filter(pk__gt=last).order_by("pk")[:ROWS_AT_ONCE]):
        last = batch[-1].pk
        yield batch


class RosterComparison:
    """The rows of one roster workbook against the roster. Each step is one transaction's work."""

    def __init__(self, upload: Import) -> None:
        self.upload = upload
        self.tenant_id = upload.tenant_id
        self.fact_sheets = [sheet for sheet in upload.outline["sheets"] if sheet != "people"]
        self._staged = ImportRow.objects.filter(tenant_id=self.tenant_id, upload=upload)
        self._people = self._staged.filter(sheet="people")

    @cached_property
    def _twins(self) -> Twins:
        """Computed once: of 100,000 rows, only those that share something are held."""
        unit = ("payload__home_unit",)
        return Twins(
            by_number=_shared(self._people, "number"),
            by_digest=_shared(self._people, "payload__id_number_digest"),
            by_sound=_shared(self._people, "payload__sound_key", *unit),
            by_shape=_shared(self._people, "payload__shape_key", *unit),
        )

    def batches(self) -> Iterator[list[ImportRow]]:
        """Facts first: whether a person can be taken depends on them."""
        yield from in_batches(self.tenant_id, self.upload.pk, self.fact_sheets)
        yield from in_batches(self.tenant_id, self.upload.pk, ["people"])

    def judge(self, batch: list[ImportRow]) -> None:
        facts = [row for row in batch if row.sheet != "people"]
        people = [row for row in batch if row.sheet == "people"]
        verdicts = [*self._on_facts(facts), *self._on_people(people)]
        save_comparison(self.tenant_id, verdicts)

    # --- Facts: whose are they? ---------------------------------------------------------

    def _on_facts(self, rows: list[ImportRow]) -> list[Verdict]:
        if not rows:
            return []
        by_number: dict[str, set[str]] = defaultdict(set)
        by_name: dict[str, set[str]] = defaultdict(set)
        named = self._people.filter(number__in={row.number for row in rows if row.number})
        alike = self._people.filter(name__in={row.name for row in rows if not row.number})
        for number, name in named.values_list("number", "name"):
            by_number[number].add(name)
        for number, name in alike.values_list("number", "name"):
            by_name[name].add(number)
        return [self._on_fact(row, by_number, by_name) for row in rows]

    def _on_fact(
        self, row: ImportRow, by_number: dict[str, set[str]], by_name: dict[str, set[str]]
    ) -> Verdict:
        number, fault = row.number, None
        if number:
            fault = _wrong_person(row, by_number.get(number))
        else:
            numbers = by_name.get(row.name, set())
            number = next(iter(numbers)) if len(numbers) == 1 else ""
            fault = None if number else _no_such_person(row, len(numbers))
        if row.errors or fault:
            return verdict_on(row, State.ERROR, number=number, objections=[fault] if fault else [])
        return verdict_on(row, State.FACT, number=number)

    # --- People -------------------------------------------------------------------------

    def _on_people(self, rows: list[ImportRow]) -> list[Verdict]:
        if not rows:
            return []
        numbers = {row.number for row in rows}
        existing = {
            person.number: person
            for person in Person.objects.filter(tenant_id=self.tenant_id, number__in=numbers)
        }
        self._look_up_known(rows)
        stated, broken = self._facts_of(numbers)
        unclear = self._unclear_facts({row.name for row in rows if row.name})
        return [
            self._on_person(
                row,
                existing.get(row.number),
                stated,
                _once([*broken.get(row.number, []), *unclear.get(row.name, [])]),
            )
            for row in rows
        ]

    def _unclear_facts(self, names: set[str]) -> dict[str, list[ImportRow]]:
        """Facts of which it is unclear whose they are, under the name that they give: everybody
        of that name waits, for the fact may be theirs."""
        unclear: dict[str, list[ImportRow]] = defaultdict(list)
        facts = self._staged.filter(
            sheet__in=self.fact_sheets, state=State.ERROR, name__in=names
        ).exclude(objections=[])
        for fact in facts.order_by("pk"):
            unclear[fact.name].append(fact)
        return unclear

    def _facts_of(
        self, numbers: set[str]
    ) -> tuple[dict[str, list[tuple[str, Facts]]], dict[str, list[ImportRow]]]:
        stated: dict[str, list[tuple[str, Facts]]] = defaultdict(list)
        broken: dict[str, list[ImportRow]] = defaultdict(list)
        facts = self._staged.filter(sheet__in=self.fact_sheets, number__in=numbers)
        for fact in facts.order_by("pk"):
            if fact.state == State.ERROR:
                broken[fact.number].append(fact)
            else:
                stated[fact.number].append((fact.sheet, fact.payload))
        return stated, broken

    def _look_up_known(self, rows: list[ImportRow]) -> None:
        """People of the roster who share an ID number or a likeness with these rows."""
        digests = {d for row in rows if (d := row.payload.get("id_number_digest"))}
        own = Person.objects.filter(tenant_id=self.tenant_id)
        self._known_by_digest = {
            digest: (number, name)
            for digest, number, name in own.filter(id_number_digest__in=digests).values_list(
                "id_number_digest", "number", "name"
            )
        }
        self._known_alike: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
        for column, key in (("name_key", "sound_key"), ("shape_key", "shape_key")):
            wanted = {row.payload[key] for row in rows}
            found = own.filter(**{f"{column}__in": wanted})
            for like, unit, number, name in found.values_list(
                column, "home_unit", "number", "name"
            ):
                self._known_alike[like, unit].add((number, name))

    def _on_person(
        self,
        row: ImportRow,
        person: Person | None,
        stated: dict[str, list[tuple[str, Facts]]],
        broken: list[ImportRow],
    ) -> Verdict:
        faults = [*self._twins_of(row), *_held_back_by(broken)]
        if row.errors or faults:
            return verdict_on(row, State.ERROR, objections=faults)
        before = person_facts(person) if person else dict(PERSON_DEFAULTS)
        own = {field: value for field, value in row.payload.items() if field in PERSON_DEFAULTS}
        after = before | own | stated_by_facts(self.fact_sheets, stated.get(row.number, []))
        diff = changed_fields(before, after)
        if person is not None and not diff:
            return verdict_on(row, State.SAME)
        doubts = _other_name(before, after) if person else self._likenesses_of(row)
        state = State.REVIEW if doubts else (State.CHANGE if person else State.ADD)
        shown = diff if person else {}
        return verdict_on(row, state, facts=with_search_keys(after), diff=shown, objections=doubts)

    def _twins_of(self, row: ImportRow) -> Iterator[dict[str, str]]:
        others = [o for o in self._twins.by_number.get((row.number,), []) if o.row_no != row.row_no]
        if others:
            yield _number_twice(row, others, self._is_repeat(row, others))
        digest = row.payload.get("id_number_digest")
        if digest is None:
            return
        last4 = row.payload["id_number_last4"]
        holders = [o for o in self._twins.by_digest.get((digest,), []) if o.number != row.number]
        if holders:
            where = "、".join(f"第 {o.row_no} 行（{o.name}）" for o in holders[:SHOWN])
            yield objection(
                f"尾号 {last4} 的身份证号与{where}相同，请核对是否同一人。",
                f"The ID number ending in {last4} also stands in row "
                f"{', '.join(str(o.row_no) for o in holders[:SHOWN])}: one person twice?",
                column="身份证号",
            )
        known = self._known_by_digest.get(digest)
        if known is not None and known[0] != row.number:
            yield objection(
                f"尾号 {last4} 的身份证号已登记在编号 {known[0]}（{known[1]}）名下，请使用原编号。",
                f"The ID number ending in {last4} is listed under number {known[0]} ({known[1]}); "
                "use that number.",
                column="身份证号",
            )

    def _is_repeat(self, row: ImportRow, others: list[Twin]) -> bool:
        """Whether this row only repeats the first one of its number to the letter."""
        first = min(other.row_no for other in others)
        if first > row.row_no:
            return False
        other = self._people.filter(number=row.number, row_no=first).first()
        return other is not None and other.payload == row.payload

    def _likenesses_of(self, row: ImportRow) -> list[dict[str, str]]:
        """Same sound or same shape of name, in the same unit, under another number."""
        unit = row.payload.get("home_unit", "")
        sound, shape = (row.payload["sound_key"], unit), (row.payload["shape_key"], unit)
        in_file = {*self._twins.by_sound.get(sound, []), *self._twins.by_shape.get(shape, [])}
        known = {*self._known_alike.get(sound, ()), *self._known_alike.get(shape, ())}
        doubts = [
            objection(
                f"与第 {other.row_no} 行的{other.name}（编号 {other.number}）姓名相近、单位相同，请核对是否同一人。",
                f"{other.name} in row {other.row_no} (number {other.number}) has a similar name "
                "and the same unit: one person?",
                column="姓名",
            )
            for other in sorted(in_file)
            if other.number != row.number
        ]
        doubts += [
            objection(
                f"名册中已有{name}（编号 {number}），姓名相近、单位相同，请核对是否同一人。",
                f"The roster has {name} (number {number}), of a similar name and the same unit: "
                "one person?",
                column="姓名",
            )
            for number, name in sorted(known)
            if number != row.number and not any(other.number == number for other in in_file)
        ]
        return doubts[:SHOWN]


def _once(facts: Sequence[ImportRow]) -> list[ImportRow]:
    return list({fact.pk: fact for fact in facts}.values())


def _shared(people: ImportRowQuerySet, *keys: str) -> dict[tuple[str, ...], list[Twin]]:
    """The rows that share the keys with another row, by the keys."""
    groups: dict[tuple[str, ...], list[Twin]] = defaultdict(list)
    several = people.values(*keys).annotate(rows=Count("pk")).filter(rows__gt=1)
    shared = {
        tuple(str(group[key]) for key in keys) for group in several if all(group[k] for k in keys)
    }
    if not shared:
        return groups
    columns = people.order_by("row_no").values_list("row_no", "number", "name", *keys)
    for row_no, number, name, *values in columns.iterator(chunk_size=ROWS_AT_ONCE):
        if tuple(values) in shared:
            groups[tuple(values)].append(Twin(row_no, number, name))
    return groups


def _wrong_person(row: ImportRow, names: set[str] | None) -> dict[str, str] | None:
    if not names:
        return objection(
            f"《人员》表中没有编号 {row.number}。{_IN_THE_ORIGINAL.zh}",
            f"There is no number {row.number} on the sheet of people. {_IN_THE_ORIGINAL.en}",
            column="人员编号",
        )
    if row.name and row.name not in names:
        name = "、".join(sorted(names))
        return objection(
            f"编号 {row.number} 在《人员》表中是{name}，这里写的是{row.name}。",
            f"Number {row.number} is {name} on the sheet of people, here it is {row.name}.",
            column="姓名",
        )
    return None


def _no_such_person(row: ImportRow, how_many: int) -> dict[str, str]:
    if how_many:
        return objection(
            f"《人员》表中有 {how_many} 位{row.name}，请填写人员编号。",
            f"There are {how_many} people called {row.name}; give the number.",
            column="人员编号",
        )
    return objection(
        f"《人员》表中没有{row.name or '此人'}。{_IN_THE_ORIGINAL.zh}",
        f"{row.name or 'This person'} is not on the sheet of people. {_IN_THE_ORIGINAL.en}",
        column="姓名",
    )


def _number_twice(row: ImportRow, others: list[Twin], is_repeat: bool) -> dict[str, str]:
    where = "、".join(str(other.row_no) for other in others[:SHOWN])
    if is_repeat:
        return objection(
            f"与第 {where} 行完全相同，请删去多余的行。",
            f"It repeats row {where}; delete one of them.",
            column="人员编号",
        )
    return objection(
        f"编号 {row.number} 还出现在第 {where} 行，无法判断以哪行为准，各行均未导入。",
        f"Number {row.number} also stands in row {where}; none of them is taken.",
        column="人员编号",
    )


def _held_back_by(broken: list[ImportRow]) -> Iterator[dict[str, str]]:
    if broken:
        zh = "、".join(f"《{fact.sheet_name}》第 {fact.row_no} 行" for fact in broken[:5])
        en = ", ".join(f"row {fact.row_no} of “{fact.sheet_name}”" for fact in broken[:5])
        yield objection(
            f"该人员的{zh}有误；漏掉的情况可能正是需要回避的，因此整个人暂不导入，请一并改正。",
            f"There are faults in {en}. What is missing may be a reason of recusal, so this "
            "person waits until they are corrected.",
        )


def _other_name(before: Facts, after: Facts) -> list[dict[str, str]]:
    """A number under which the roster has somebody else, unless the ID number says the same."""
    if before["name"] == after["name"]:
        return []
    digest = before["id_number_digest"]
    if digest and digest == after["id_number_digest"]:
        return []
    return [
        objection(
            f"编号 {after['number']} 在名册中是{before['name']}，这里写的是{after['name']}：是改名，还是编号用错了？",
            f"Number {after['number']} is {before['name']} in the roster and {after['name']} here: "
            "a new name, or the wrong number?",
            column="姓名",
        )
    ]


def counts_of(upload: Import) -> dict[str, int]:
    """What the dry run shows on top: rows by state, and what the file does not mention."""
    rows = ImportRow.objects.filter(tenant_id=upload.tenant_id, upload=upload)
    counts = {str(state): 0 for state in State}
    counts |= dict(rows.values("state").annotate(n=Count("pk")).values_list("state", "n"))
    named = rows.filter(sheet__in=("people", "units")).exclude(number="").values("number")
    if upload.kind == Import.Kind.ROSTER:
        others = Person.objects.filter(tenant_id=upload.tenant_id).exclude(number__in=named)
    else:
        own = InspectedUnit.objects.filter(tenant_id=upload.tenant_id)
        others = own.exclude(code__in=named)  # type: ignore[assignment]
    counts["kept"] = others.count()
    return counts


def last_applied(upload: Import) -> int | None:
    """The latest import of the kind that was applied: the roster's version, so to speak."""
    applied = Import.objects.filter(
        tenant_id=upload.tenant_id, kind=upload.kind, state=Import.State.APPLIED
    )
    newest: int | None = applied.aggregate(newest=Max("pk"))["newest"]
    return newest
