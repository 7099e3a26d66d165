"""A round, arranged for its page."""

from __future__ import annotations

from typing import Any

from portal.forms import RunForm
from scheduling.selectors.comparison import candidates_of
from scheduling.selectors.publication import publications_of
from scheduling.selectors.rounds import round_page
from tenancy.actor import Actor


def round_context(actor: Actor, number: int, run_form: RunForm) -> dict[str, Any]:
    page = round_page(actor, number)
    return {
        "page": page,
        "round": page.round,
        "run_form": run_form,
        "candidates": candidates_of(actor, number),
        "published": publications_of(actor, number),
    }
