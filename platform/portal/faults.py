"""A refusal of what was typed is shown beside it; what was typed stays on the page.

    with faults_at(form, teams=rows):
        round_ = create_round(actor=actor, ...)
        return redirect("portal:round-detail", round_.pk)
    return render(request, "portal/rounds/new.html", {"form": form}, status=status_of(form))

The service says which of its arguments do not hold (`DomainError.fields`); here it is found
where on the page they were typed. No rule is repeated, and no other refusal is caught.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from django.db import transaction
from django.db.transaction import Atomic
from django.forms import BaseForm, BaseFormSet
from django.utils.translation import gettext

from kernel.errors import DomainError
from portal.http import UNPROCESSABLE
from portal.refusals import Refusal
from webui.language import spoken

Place = tuple[BaseForm, list[str]]


def faults_at(*forms: BaseForm, **rows: Sequence[BaseForm]) -> AbstractContextManager[None, bool]:
    """Show a refusal raised within at the fields of `forms`, and go on after the block.

    `rows` are the forms of each list that the service takes, under the argument's name and in
    its order: `teams.2.size` is `size` of the third form of `teams`, `teams.2` the row. Where no such rows stand on
    the page, and for `policy.size`, it is the field `size` of one of `forms`. A pair like `size`
    may stand in two fields, `size_min` and `size_max`. A form whose field has another name than the
    argument says so: `typed_as = {"until_on": "last_on"}`.

    A refusal that names one field of a form stands there. One that names several stands above
    the form, and one of a row above the row, where there is room for it; the fields are marked.
    One that names an argument which a form stands for as a whole (its `whole`) is said above that form.
    What was written within is undone. A refusal that names nothing on this page passes.
    """
    return _FaultsAt(forms, rows)


def is_shown_at(error: DomainError, *forms: BaseForm) -> bool:
    """Show it at the fields that it names, and undo nothing. False where it names none of them."""
    return _FaultsAt(forms, {})._is_shown(error)


def tell_all(refusals: Iterable[DomainError], form: BaseForm) -> None:
    """Show each at its fields, together with what the form found by itself, so that all that is wrong
    is said at once. What a refusal says of a field that has a fault already waits until that is mended."""
    for error in refusals:
        names = [name for path in error.fields for name in _fields(form, path.rpartition(".")[2])]
        if not any(name in form.errors for name in names):
            _FaultsAt([form], {})._is_shown(error)


def status_of(*forms: BaseForm | BaseFormSet[Any]) -> int:
    """422 where something is wrong with what was typed."""
    return UNPROCESSABLE if any(form.is_bound and not form.is_valid() for form in forms) else 200


@dataclass
class _FaultsAt(AbstractContextManager[None, bool]):
    forms: Sequence[BaseForm]
    rows: dict[str, Sequence[BaseForm]]

    def __enter__(self) -> None:
        self._savepoint: Atomic = transaction.atomic()
        self._savepoint.__enter__()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        self._savepoint.__exit__(kind, error, trace)
        return isinstance(error, DomainError) and self._is_shown(error)

    def _is_shown(self, error: DomainError) -> bool:
        places = [place for path in error.fields if (place := self._place(path)) is not None]
        if not places:
            return False
        refusal = Refusal.of(error)
        words = (" " if spoken() == "en" else "").join((refusal.message, refusal.remedy))
        marks = [(form, name) for form, names in places for name in names]
        if len(marks) == 1 and marks[0][0] in self.forms:
            form, name = marks[0]
            form.add_error(name, words)
            return True
        places[0][0].add_error(None, words)
        for form, name in marks:
            form.add_error(name, gettext("See above."))
        return True

    def _place(self, path: str) -> Place | None:
        """The form and its fields that stand for `path`."""
        *above, name = path.split(".")
        rows = self.rows.get(above[0]) if above else None
        if rows is not None and len(above) == 1 and name.isdecimal():
            return rows[int(name)], []  # a row as a whole
        forms = self.forms if rows is None else [rows[int(above[1])]]
        found = ((form, _fields(form, name)) for form in forms)
        whole = next((form for form in forms if getattr(form, "whole", None) == path), None)
        above_it: Place | None = None if whole is None else (whole, [])
        return next(((form, names) for form, names in found if names), above_it)


def _fields(form: BaseForm, name: str) -> list[str]:
    name = getattr(form, "typed_as", {}).get(name, name)
    if name in form.fields:
        return [name]
    return [key for key in form.fields if key.startswith(f"{name}_")]
