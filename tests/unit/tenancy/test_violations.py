"""Reports of browsers are cut down to what may be kept."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tenancy.domain.violations import AT_MOST, DIRECTIVES, KINDS, Violation, violations_in

HOST = "portal.example"


def found(sent: Any) -> list[Violation]:
    return list(violations_in(sent, host=HOST, name_of_page=lambda path: f"page of {path}"))


def modern(**body: Any) -> dict[str, Any]:
    told = {"effectiveDirective": "script-src-elem", "documentURL": f"https://{HOST}/plans/7/"}
    return {"type": "csp-violation", "url": f"https://{HOST}/plans/7/", "body": told | body}


def test_both_kinds_of_message_are_understood() -> None:
    old = {
        "csp-report": {
            "document-uri": f"https://{HOST}/plans/7/?who=lin",
            "violated-directive": "style-src-attr 'none'",
            "blocked-uri": "inline",
        }
    }

    assert found(old) == [Violation("style-src-attr", "inline", "page of /plans/7/")]
    assert found([modern(blockedURL="https://elsewhere.example/x.js?secret=1")]) == [
        Violation("script-src-elem", "elsewhere", "page of /plans/7/")
    ]


def test_what_was_blocked_is_told_by_its_kind_alone() -> None:
    kinds = {
        "inline": "inline",
        "eval": "eval",
        "data:text/html,lin": "data",
        "blob:https://x/1": "blob",
        f"https://{HOST}/static/a.js": "own",
        "chrome-extension://abc/x.js": "elsewhere",
        "own": "elsewhere",  # nobody reports our words for things
        "http://[": "elsewhere",
        "": "elsewhere",
    }
    for blocked, kind in kinds.items():
        assert [one.blocked for one in found(modern(blockedURL=blocked))] == [kind]


def test_what_makes_no_sense_is_left_out() -> None:
    for sent in (None, 7, "x", {}, [], [7], {"csp-report": 7}, modern(effectiveDirective="lin")):
        assert found(sent) == []


def test_of_a_flood_only_the_beginning_is_read() -> None:
    assert len(found([modern()] * 1000)) == AT_MOST


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "csp-report",
                        "body",
                        "url",
                        "effectiveDirective",
                        "documentURL",
                        "blockedURL",
                        "x",
                    ]
                ),
                inner | st.sampled_from(sorted(DIRECTIVES)),
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_whatever_is_sent_nothing_of_its_text_is_kept(sent: Any) -> None:
    for one in violations_in(sent, host=HOST, name_of_page=lambda path: "other"):
        assert one.directive in DIRECTIVES
        assert one.blocked in KINDS
        assert one.page == "other"
