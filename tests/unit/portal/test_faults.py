"""A refusal of what was typed stands beside it, in the language of the page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django import forms
from django.utils import translation

from kernel.errors import DomainError
from kernel.text import Text
from portal.faults import faults_at, status_of


class TeamSizes(DomainError):
    code = "test.team.sizes"
    message = Text(zh="下限大于上限。", en="The least is above the most.")
    remedy = Text(zh="请修正。", en="Correct it.")
    fields = ("size",)


class NameTaken(DomainError):
    code = "test.round.name_taken"
    message = Text(zh="已有“{name}”。", en="There is a “{name}” already.")
    remedy = Text(zh="请换一个。", en="Choose another.")
    fields = ("name",)


class Closed(DomainError):
    code = "test.round.closed"
    message = Text(zh="已截止。", en="Closed.")
    remedy = Text(zh="无需处理。", en="Nothing to do.")


class RoundForm(forms.Form):
    name = forms.CharField()
    size_min = forms.IntegerField()
    size_max = forms.IntegerField()


class Savepoint:
    """In place of the database, of which this folder has none."""

    undone = 0

    def __enter__(self) -> None: ...

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        Savepoint.undone += kind is not None


@pytest.fixture(autouse=True)
def savepoint(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    Savepoint.undone = 0
    monkeypatch.setattr("portal.faults.transaction.atomic", Savepoint)
    with translation.override("en"):
        yield


def typed(**changes: str) -> RoundForm:
    form = RoundForm({"name": "Third", "size_min": "5", "size_max": "4"} | changes)
    assert form.is_valid()
    return form


def test_a_refusal_of_one_field_stands_at_it_and_what_was_typed_stays() -> None:
    form = typed()

    with faults_at(form):
        raise NameTaken(name="Third")

    assert form.errors == {"name": ["There is a “Third” already. Choose another."]}
    assert form["name"].value() == "Third"
    assert status_of(form) == 422
    assert Savepoint.undone == 1


def test_a_refusal_is_said_in_the_language_of_the_page() -> None:
    form = typed()

    with translation.override("zh-hans"), faults_at(form):
        raise NameTaken(name="第三轮")

    assert form.errors == {"name": ["已有“第三轮”。请换一个。"]}


def test_a_refusal_of_a_pair_stands_above_and_both_fields_point_to_it() -> None:
    form = typed()

    with faults_at(form):
        raise TeamSizes

    assert form.non_field_errors() == ["The least is above the most. Correct it."]
    assert form.errors["size_min"] == form.errors["size_max"] == ["See above."]


def test_a_refusal_of_a_row_stands_above_that_row() -> None:
    first, second = typed(), typed()

    with faults_at(teams=[first, second]):
        raise TeamSizes().at("teams.1.size_max")

    assert status_of(first) == 200
    assert second.non_field_errors() == ["The least is above the most. Correct it."]
    assert second.errors["size_max"] == ["See above."]


def test_where_there_are_no_rows_the_form_s_own_field_stands_for_them() -> None:
    form = typed()

    with faults_at(form):
        raise TeamSizes().at("teams.0.size_max")

    assert list(form.errors) == ["size_max"]


@pytest.mark.parametrize("refusal", [Closed(), NameTaken(name="x").at("of_another_page")])
def test_a_refusal_of_nothing_on_the_page_passes(refusal: DomainError) -> None:
    form = typed()

    with pytest.raises(type(refusal)), faults_at(form):
        raise refusal

    assert status_of(form) == 200


def test_an_error_of_ours_passes() -> None:
    with pytest.raises(ZeroDivisionError), faults_at(typed()):
        _ = 1 / 0


def test_nothing_is_shown_where_nothing_is_refused() -> None:
    form = typed()

    with faults_at(form):
        pass

    assert status_of(form) == 200
    assert Savepoint.undone == 0
