"""A refusal is a page in words, or a notice on the page; and "not yours" is "not there"."""

from __future__ import annotations

import re

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import translation

from kernel.errors import DomainError, NotVisible
from kernel.text import Text
from portal import refusals

TOKEN = re.compile(rb'"X-CSRFToken": "[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"')
NOW = re.compile(rb"<time.*?</time>")


class TooSmall(DomainError):
    code = "test.team.too_small"
    message = Text(zh="第{team}组只有 {n} 人。", en="Team {team} has {n} people.")
    remedy = Text(zh="请再选 {n} 人。", en="Choose {n} more.")
    status = 409


def _request(path: str = "/plans/7/", *, is_htmx: bool = False) -> HttpRequest:
    headers = {"HX-Request": "true"} if is_htmx else {}
    return RequestFactory().get(path, headers=headers)


def _answer_to(error: Exception, request: HttpRequest) -> HttpResponse | None:
    middleware = refusals.RefusalMiddleware(lambda _: HttpResponse())
    return middleware.process_exception(request, error)


def _same_for_everybody(body: bytes) -> bytes:
    return NOW.sub(b"", TOKEN.sub(b"", body))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-hans", ("第3组只有 2 人。", "请再选 2 人。")),
        ("en", ("Team 3 has 2 people.", "Choose 2 more.")),
    ],
)
def test_a_refusal_is_a_page_with_its_message_its_remedy_and_its_status(
    language: str, words: tuple[str, str]
) -> None:
    with translation.override(language):
        answer = _answer_to(TooSmall(team=3, n=2), _request())

    assert answer is not None
    assert answer.status_code == 409
    body = answer.content.decode()
    assert all(word in body for word in words)


def test_a_refusal_of_a_part_is_a_notice_below_the_heading() -> None:
    answer = _answer_to(TooSmall(team=3, n=2), _request(is_htmx=True))

    assert answer is not None
    assert (answer.status_code, answer["HX-Retarget"]) == (409, "#refusals")
    assert "<html" not in answer.content.decode()


def test_what_a_refusal_quotes_is_escaped() -> None:
    answer = _answer_to(TooSmall(team="<script>", n=2), _request())

    assert answer is not None
    assert b"<script>\xe7" not in answer.content
    assert b"&lt;script&gt;" in answer.content


def test_another_error_is_not_dressed_up_as_a_refusal() -> None:
    assert _answer_to(ValueError("a fault of ours"), _request()) is None


def test_not_yours_and_not_there_are_the_same_page_to_the_byte() -> None:
    not_yours = _answer_to(NotVisible(what="plan", number=7), _request())
    not_there = refusals.not_found(_request())

    assert not_yours is not None
    assert not_yours.status_code == not_there.status_code == 404
    assert _same_for_everybody(not_yours.content) == _same_for_everybody(not_there.content)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_of_a_fault_says_nothing_of_the_inside_and_asks_nothing_of_the_session(
    language: str,
) -> None:
    with translation.override(language):
        answer = refusals.broken(_request())

    assert answer.status_code == 500
    body = answer.content.decode()
    assert f'lang="{"en" if language == "en" else "zh-Hans"}"' in body
    assert "Traceback" not in body
    assert "csrf" not in body


def test_a_forged_form_is_refused_with_the_way_out() -> None:
    with translation.override("en"):
        answer = refusals.forged(_request())

    assert answer.status_code == 403
    assert b"load the page again" in answer.content
