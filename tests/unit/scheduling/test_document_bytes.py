"""Bytes that are no document at all: one fault at `$`, in words, never a traceback."""

from __future__ import annotations

import json

import pytest

from tests.unit.scheduling.documents import faults_in, full_document, written


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "line 1, column 1"),
        (b"   \n", "the text ends there"),
        (b"\xff\xfe{}", "is not UTF-8: byte 1"),
        ('{"a": "巡察办"}'.encode("gbk"), "is not UTF-8"),
        (b"\xef\xbb\xbf{}", "byte order mark"),
        (b"{'a': 1}", "line 1, column 2"),
        (b'{"a": 1,\n "b": }', "line 2, column 7"),
        (b'{"a": 1} {}', "column 10"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"a":' * 100_000, "nested too deeply"),
        (b"\x00", "line 1, column 1"),
    ],
)
def test_what_is_no_json_is_told_with_its_place(data: bytes, words: str) -> None:
    [fault] = faults_in(data)

    assert fault.path == "$"
    assert words in fault.text


@pytest.mark.parametrize("value", [[], "problem", 3, None, True])
def test_json_that_is_no_object_is_told_so(value: object) -> None:
    [fault] = faults_in(json.dumps(value).encode())

    assert fault.path == "$"
    assert fault.text.endswith("an object is expected")


def test_a_truncated_document_says_where_the_text_ends() -> None:
    data = written(full_document())

    [fault] = faults_in(data[: len(data) // 2].rstrip())

    assert fault.path == "$"
    assert "is not valid JSON at line 1, column" in fault.text


def test_a_key_given_twice_is_a_fault_with_its_path() -> None:
    data = written(full_document()).replace(b'"km": 40', b'"km": 40, "km": 41')

    [fault] = faults_in(data)

    assert str(fault) == '$.travel[0].km: the key "km" is given more than once'


@pytest.mark.parametrize("literal", [b"NaN", b"Infinity", b"-Infinity", b"1e999", b"9" * 5000])
def test_numbers_that_are_none_are_told_with_their_path(literal: bytes) -> None:
    data = written(full_document()).replace(b'"km": 40', b'"km": ' + literal)

    [fault] = faults_in(data)

    assert fault.path == "$.travel[0].km"
    assert "no number of this format, a whole number is expected" in fault.text


def test_half_a_character_is_told_and_can_be_printed() -> None:
    document = full_document()
    document["round"]["name"] = "spring \ud800"
    data = json.dumps(document).encode()

    [fault] = faults_in(data)

    assert fault.path == "$.round.name"
    assert str(fault).encode("utf-8")


def test_a_fault_is_one_line_whatever_the_text_holds() -> None:
    document = full_document()
    document["units"][0]["county"] = "ea\nst\u2028\x1b[31m" + "x" * 500

    [fault] = faults_in(written(document))

    assert str(fault).isprintable()
    assert len(str(fault)) < 200
