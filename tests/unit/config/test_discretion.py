"""An error's report holds nothing that was typed to show who somebody is."""

from __future__ import annotations

import sys
from types import FrameType

import pytest
from django.conf import settings
from django.http import HttpRequest
from django.test import RequestFactory
from django.views.debug import ExceptionReporter, get_exception_reporter_filter

CANARY = "canary-7be2f1d04c"


def a_request(name: str) -> HttpRequest:
    return RequestFactory().post("/", {name: CANARY, "note": "kept"})


def frame_with_a_code() -> FrameType:
    code = CANARY  # noqa: F841  (a local variable, as the report shows them)
    return sys._getframe()


@pytest.mark.parametrize("name", settings.PROOFS)
def test_what_proves_who_one_is_is_left_out_of_a_report(name: str) -> None:
    request = a_request(name)
    shown = get_exception_reporter_filter(request).get_post_parameters(request)

    assert CANARY not in str(dict(shown))
    assert shown["note"] == "kept"


def test_nor_is_it_there_where_a_function_held_it() -> None:
    request = a_request("note")
    found = get_exception_reporter_filter(request).get_traceback_frame_variables(
        request, frame_with_a_code()
    )

    assert CANARY not in str(found)


def test_nor_in_a_whole_report() -> None:
    request = a_request("proof_code")
    try:
        raise RuntimeError
    except RuntimeError:
        report = ExceptionReporter(request, *sys.exc_info()).get_traceback_text()

    assert CANARY not in report
    assert "kept" in report


def test_every_one_of_them_is_masked_in_the_table_of_tries() -> None:
    assert set(settings.PROOFS) <= set(settings.AXES_SENSITIVE_PARAMETERS)
