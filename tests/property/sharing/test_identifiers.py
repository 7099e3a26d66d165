"""Whatever is typed: what comes back reads as itself, a slip is found, and a fault repeats nothing."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduling.workbooks.identity import check_character as id_check
from sharing.domain.identifiers import credit_codes
from sharing.domain.identifiers.accounts import passes_luhn
from sharing.domain.identifiers.identifier import Fault, Identifier
from sharing.domain.identifiers.names import sound_of
from sharing.domain.identifiers.reading import READINGS
from sharing.domain.identifiers.variants import VARIANTS

EVERY = pytest.mark.parametrize("name", READINGS)
DIGITS = st.text("0123456789", min_size=4, max_size=20)

ID_NUMBERS = st.builds(
    lambda area, born, order: f"{area:06}{born:%Y%m%d}{order:03}",
    st.integers(110000, 659999),
    st.dates(date(1930, 1, 1), date(2010, 1, 1)),
    st.integers(1, 999),
).map(lambda first17: first17 + id_check(first17))
CREDIT_CODES = st.text(credit_codes.ALPHABET, min_size=17, max_size=17).map(
    lambda first17: first17 + credit_codes.check_character(first17)
)
CARDS = st.from_regex(r"[1-9][0-9]{11,17}", fullmatch=True).map(
    lambda digits: next(f"{digits}{one}" for one in range(10) if passes_luhn(f"{digits}{one}"))
)
MOBILES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
LANDLINES = st.from_regex(
    r"0(10[2-8][0-9]{7}|2[0-9][2-8][0-9]{7}|[3-9][0-9]{2}[2-8][0-9]{6,7})", fullmatch=True
)
NAMES = st.text(
    st.one_of(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), st.sampled_from([*VARIANTS])),
    min_size=2, max_size=6,
).filter(lambda name: isinstance(READINGS["person_name"](name), Identifier))  # fmt: skip
WRITTEN = {
    "id_number": ID_NUMBERS,
    "credit_code": CREDIT_CODES,
    "bank_card": CARDS,
    "phone": st.one_of(MOBILES, LANDLINES),
    "person_name": NAMES,
    "unit_account": st.from_regex(r"[0-8]9[0-9]{7,28}", fullmatch=True),
    "unit_code": st.from_regex(r"[A-Z0-9]{1,8}(-[A-Z0-9]{1,8}){0,3}", fullmatch=True),
}


def wide(text: str) -> str:
    return "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in text)


@EVERY
@given(st.data())
def test_what_comes_back_reads_as_itself(name: str, data: st.DataObject) -> None:
    read = READINGS[name]
    first = read(data.draw(st.one_of(WRITTEN[name], st.text(max_size=30), DIGITS)))

    if isinstance(first, Identifier):
        assert read(first.canonical) == first


@EVERY
@given(st.data())
def test_spaces_width_and_case_change_nothing(name: str, data: st.DataObject) -> None:
    text = data.draw(WRITTEN[name])
    at = data.draw(st.integers(0, len(text)))
    first = READINGS[name](text)

    assert isinstance(first, Identifier)
    for other in (f" {text}\u3000", wide(text), text.lower(), f"{text[:at]} {text[at:]}", f"\ufeff{text}"):  # fmt: skip
        assert READINGS[name](other) == first


@EVERY
@given(st.data())
def test_a_fault_repeats_nothing_of_what_was_typed(name: str, data: st.DataObject) -> None:
    typed = data.draw(st.one_of(st.text(min_size=2, max_size=30), DIGITS, WRITTEN[name]))
    read = READINGS[name](typed)

    if isinstance(read, Fault):
        said = read.words.zh + read.words.en
        runs = re.findall(r"(?=([0-9]{4}))", typed)
        assert [run for run in runs if run in said] == []
        assert read == READINGS[name](typed)


@given(ID_NUMBERS, st.integers(0, 17), st.sampled_from("0123456789"))
def test_one_wrong_digit_of_an_id_number_is_found(number: str, at: int, digit: str) -> None:
    wrong = number[:at] + digit + number[at + 1 :]

    assert isinstance(READINGS["id_number"](wrong), Fault) is (wrong != number)


@given(ID_NUMBERS.filter(lambda number: number[6:8] == "19"))
def test_an_old_number_comes_to_its_successor(number: str) -> None:
    assert READINGS["id_number"](number[:6] + number[8:17]) == READINGS["id_number"](number)


@given(CREDIT_CODES, st.integers(0, 17), st.sampled_from(credit_codes.ALPHABET))
def test_one_wrong_character_of_a_credit_code_is_found(code: str, at: int, character: str) -> None:
    wrong = code[:at] + character + code[at + 1 :]

    assert isinstance(READINGS["credit_code"](wrong), Fault) is (wrong != code)


@given(CREDIT_CODES, st.integers(0, 16))
def test_two_neighbours_changed_about_are_found(code: str, at: int) -> None:
    wrong = code[:at] + code[at + 1] + code[at] + code[at + 2 :]

    assert isinstance(READINGS["credit_code"](wrong), Fault) is (wrong != code)


@given(CARDS, st.integers(0, 18), st.sampled_from("0123456789"))
def test_one_wrong_digit_of_a_card_is_found(number: str, at: int, digit: str) -> None:
    wrong = number[:at] + digit + number[at + 1 :] if at < len(number) else number

    assert isinstance(READINGS["bank_card"](wrong), Fault) is (wrong != number)


@given(st.one_of(MOBILES, LANDLINES))
def test_a_phone_is_one_with_and_without_its_country(number: str) -> None:
    plain = READINGS["phone"](number)

    assert isinstance(plain, Identifier)
    for prefix in ("+86", "0086 ", "86-"):
        assert READINGS["phone"](prefix + number.removeprefix("0")) == plain


@given(NAMES)
def test_a_name_typed_in_pinyin_sounds_like_the_name(name: str) -> None:
    read = READINGS["person_name"](name)
    assert isinstance(read, Identifier)
    assert not set(read.canonical) & set(VARIANTS)

    typed = READINGS["person_name"](sound_of(read).canonical)

    assert isinstance(typed, Identifier)
    assert sound_of(typed) == sound_of(read)
