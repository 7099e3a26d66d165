"""Acts by the names that pages and programs send."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from inspect import signature
from typing import Any

from kernel.errors import NotVisible
from sharing.models.steps import Step
from tenancy.actor import Actor

Acts = Mapping[str, Callable[..., Step]]

# What an act is told that was not given: it says itself what it lacks.
_NOT_GIVEN: Mapping[str, Any] = {
    "reason": "",
    "opinion": "",
    "attendance": "",
    "met_on": None,
    "heard_on": None,
    "told_on": None,
    "served_on": None,
}


def act_by_name(
    acts: Acts, *, actor: Actor, number: int, act: str, given: Mapping[str, Any]
) -> Step:
    """With what of the given it asks for. `NotVisible`: there is no such act."""
    done = acts.get(act)
    if done is None:
        raise NotVisible(what="act", number=number)
    asked = [name for name in signature(done).parameters if name not in ("actor", "number")]
    told = {name: given.get(name) or _NOT_GIVEN[name] for name in asked}
    return done(actor=actor, number=number, **told)
