"""A run, arranged for its page: where it stands, in words, and its figures over time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal import charts
from portal.plan_context import tiers_in_words
from scheduling.selectors import RunPage
from tenancy.actor import Actor
from tenancy.domain.roles import Permission

UNDER_WAY = frozenset({"queued", "running"})

# What found the best plan so far, in the engine's code.
PHASES: Mapping[str, str | Promise] = {
    "start": _("Continuing from the best plan so far"),
    "first plan": _("Building a first plan"),
    "annealing": _("Improving the plan step by step"),
    "large steps": _("Improving the plan in large steps"),
    "neighbourhoods": _("Rebuilding parts of the plan"),
    "whole model": _("Proving how good the plan is"),
}


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a run stands: one of `waiting working stopping best good none clash fault`."""

    name: str
    tone: str
    title: str | Promise
    text: str | Promise


STANDS: Mapping[str, Stand] = {
    stand.name: stand
    for stand in (
        Stand(
            "waiting",
            "info",
            _("Waiting for a free worker"),
            _("It starts automatically. You may close this page and come back later."),
        ),
        Stand(
            "working",
            "info",
            _("At work"),
            _("It continues in the background. You may close this page and come back later."),
        ),
        Stand(
            "stopping",
            "warn",
            _("Stopping"),
            _("The best plan so far is kept and checked. This takes a few seconds."),
        ),
        Stand(
            "best",
            "good",
            _("Finished: no better plan exists"),
            _("The plan is proven to be the best for every goal, taken in order."),
        ),
        Stand(
            "good",
            "good",
            _("Finished: a plan was found"),
            _(
                "It keeps every rule. The time allowed was too short to prove that no better plan exists."
            ),
        ),
        Stand(
            "kept",
            "good",
            _("Stopped: the best plan so far was kept"),
            _("It keeps every rule. More time may find a better one."),
        ),
        Stand(
            "none",
            "warn",
            _("No plan was found in the time allowed"),
            _("Nor was it proven that none exists. Allow more time, or relax a rule."),
        ),
        Stand(
            "clash",
            "bad",
            _("No plan can keep all these rules"),
            _(
                "This has been proven. The rules in conflict are listed below; change one of them to continue."
            ),
        ),
        Stand(
            "fault",
            "bad",
            _("The run stopped because of a fault"),
            _("No existing data were lost. Start it again."),
        ),
    )
}


def stand_of(page: RunPage) -> Stand:
    if page.state in UNDER_WAY:
        if page.cancel_requested:
            return STANDS["stopping"]
        return STANDS["waiting" if page.state == "queued" else "working"]
    if page.status == "infeasible":
        return STANDS["clash"]
    if page.state == "failed":
        return STANDS["fault"]
    if page.plan_number is None:
        return STANDS["none"]
    if page.status == "optimal":
        return STANDS["best"]
    return STANDS["kept" if page.cancel_requested else "good"]


def run_context(page: RunPage, actor: Actor, *, heard: str = "") -> dict[str, Any]:
    """`heard` is the news that the browser was last told; only other news is announced."""
    stand = stand_of(page)
    news = f"{stand.name}-{page.phase or ''}-{'plan' if page.has_plan else ''}"
    is_open = page.state in UNDER_WAY
    may_solve = page.is_handled and Permission.SOLVE_ROUND in actor.permissions
    return {
        "page": page,
        "stand": stand,
        "is_open": is_open,
        "phase": PHASES.get(page.phase or "", ""),
        "tiers": tiers_in_words(page.tiers),
        "spark": _spark(page),
        "spark_tier": _spark_tier(page),
        "size": {"width": charts.WIDTH, "height": charts.HEIGHT},
        "spent_s": min(int(page.elapsed_s), page.time_limit_s),
        "may_solve": may_solve,
        "may_stop": is_open and not page.cancel_requested and may_solve,
        "news": news,
        "has_news": news != heard,
    }


def _spark_tier(page: RunPage) -> int | None:
    """The goal at work: the first that is not proven, else the last."""
    open_tiers = [tier.number for tier in page.tiers if tier.bound != tier.value]
    if open_tiers:
        return open_tiers[0]
    return page.tiers[-1].number if page.tiers else None


def _spark(page: RunPage) -> charts.Spark | None:
    """The history of that goal, up to what is known now."""
    number = _spark_tier(page)
    points = [(p.elapsed_s, p.value, p.bound) for p in page.history if p.tier == number]
    points += [(page.elapsed_s, t.value, t.bound) for t in page.tiers if t.number == number]
    return charts.spark(points, horizon_s=page.elapsed_s) if points else None
