"""What a view shows and hides, case by case."""

from __future__ import annotations

import json

import pytest

from sharing.domain.shared_views import (
    FIELDS,
    MARK,
    Fault,
    NotAView,
    Redaction,
    Shareable,
    Span,
    still_told,
    view_of,
)

FACT = "2024年3月，骆怀川经办的采购未公开招标；骆怀川称系按惯例办理。"


def finding(**said: str) -> dict[str, str]:
    return dict.fromkeys(FIELDS[Shareable.FINDING], "") | {"title": "采购不规范"} | said


def hidden(*spans: Span, withheld: frozenset[str] = frozenset()) -> Redaction:
    return Redaction(withheld, spans)


def faults(redaction: Redaction, **said: str) -> set[tuple[str, Fault]]:
    with pytest.raises(NotAView) as refused:
        view_of(Shareable.FINDING, finding(**said), redaction)
    return set(refused.value.faults)


def test_a_name_is_hidden_and_the_words_around_it_stand() -> None:
    start = FACT.index("骆怀川")
    view = view_of(Shareable.FINDING, finding(fact=FACT), hidden(Span("fact", start, start + 3)))

    assert view.shown["fact"] == FACT.replace("骆怀川", MARK, 1)


def test_the_mark_does_not_tell_how_long_the_words_were() -> None:
    of_two = view_of(Shareable.FINDING, finding(fact="王五已退款"), hidden(Span("fact", 0, 2)))
    of_three = view_of(Shareable.FINDING, finding(fact="王小五已退款"), hidden(Span("fact", 0, 3)))

    assert of_two.digest == of_three.digest


def test_stretches_that_touch_are_one() -> None:
    view = view_of(
        Shareable.FINDING,
        finding(fact="张三李四王五"),
        hidden(Span("fact", 0, 2), Span("fact", 2, 4)),
    )

    assert view.shown["fact"] == f"{MARK}王五"


def test_an_accent_goes_with_its_letter() -> None:
    view = view_of(Shareable.FINDING, finding(fact="Rene\u0301 B."), hidden(Span("fact", 0, 4)))

    assert view.shown["fact"] == f"{MARK} B."


def test_a_withheld_field_is_not_there_at_all() -> None:
    view = view_of(Shareable.FINDING, finding(money="3万元"), hidden(withheld=frozenset({"money"})))

    assert "money" not in view.shown
    assert "3万元" not in view.content


def test_fields_stand_in_the_order_of_their_kind() -> None:
    view = view_of(Shareable.FINDING, dict(reversed(finding().items())), Redaction())

    assert list(view.shown) == list(FIELDS[Shareable.FINDING])


def test_what_a_kind_does_not_list_is_in_no_view() -> None:
    record = finding() | {"informant": "某某", "finder_name": "某某", "sequence": "7"}

    assert set(json.loads(view_of(Shareable.FINDING, record, Redaction()).content)["shown"]) == set(
        FIELDS[Shareable.FINDING]
    )


def test_no_kind_lists_who_gave_a_hint_who_found_or_registered_it_or_a_number() -> None:
    for fields in FIELDS.values():
        assert fields.keys().isdisjoint(
            {
                *("informant", "source", "source_kind", "registered_by", "finder", "finder_name"),
                *("room", "number", "sequence", "position", "mark", "meeting_opinion"),
            }
        )


def test_each_redaction_that_does_not_fit_is_refused_in_its_own_word() -> None:
    assert faults(hidden(Span("kin", 0, 1))) == {("kin", Fault.NO_SUCH_FIELD)}
    assert faults(hidden(withheld=frozenset({"kin"}))) == {("kin", Fault.NO_SUCH_FIELD)}
    assert faults(hidden(Span("money", 0, 1)), money="3万") == {("money", Fault.NOT_IN_PARTS)}
    assert faults(hidden(Span("fact", 1, 4)), fact="三个字") == {("fact", Fault.OUTSIDE)}
    assert faults(hidden(Span("fact", -1, 2)), fact="三个字") == {("fact", Fault.OUTSIDE)}
    assert faults(hidden(Span("fact", 1, 1)), fact="三个字") == {("fact", Fault.OUTSIDE)}
    assert faults(hidden(Span("fact", 0, 2), Span("fact", 1, 3)), fact="三个字") == {
        ("fact", Fault.OVERLAPPING)
    }
    assert faults(hidden(withheld=frozenset({"title"}))) == {("", Fault.NOTHING_SHOWN)}
    many = tuple(Span("fact", at, at + 1) for at in range(0, 402, 2))
    assert faults(hidden(*many), fact="字" * 402) == {("", Fault.TOO_MANY)}


def test_a_record_that_lacks_a_field_of_its_kind_makes_no_view() -> None:
    record = finding()
    del record["nature"]

    with pytest.raises(KeyError):
        view_of(Shareable.FINDING, record, Redaction())


def test_a_name_hidden_once_and_told_twice_is_pointed_at() -> None:
    start = FACT.index("骆怀川")
    record = finding(fact=FACT, responsibility="骆怀川负直接责任")
    redaction = hidden(Span("fact", start, start + 3))

    told = list(still_told(Shareable.FINDING, record, redaction))

    assert told == [
        Span("fact", FACT.rindex("骆怀川"), FACT.rindex("骆怀川") + 3),
        Span("responsibility", 0, 3),
    ]
    assert list(still_told(Shareable.FINDING, record, hidden(*redaction.spans, *told))) == []


def test_what_is_withheld_whole_tells_nothing_any_more() -> None:
    record = finding(fact="骆怀川经办", responsibility="骆怀川负责")
    redaction = hidden(Span("fact", 0, 3), withheld=frozenset({"responsibility"}))

    assert list(still_told(Shareable.FINDING, record, redaction)) == []
