"""Rule parameters as stored: the exchange format's `policy`, every key written out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from scheduling.domain.document import Fault, InvalidDocument, problem_as_json, read_problem
from scheduling.domain.problem import Office, Policy, Problem, Round
from scheduling.domain.profiles import PROFILE_BY_CODE

DAY = date(2026, 1, 5)


def profile_policy(mode: str) -> dict[str, Any]:
    """The policy that the profile of a mode prescribes, as a round stores it."""
    policy: dict[str, Any] = _empty_round(PROFILE_BY_CODE[mode].policy)["policy"]
    return policy


def policy_faults(policy: Mapping[str, Any]) -> tuple[Fault, ...]:
    """What the engine's own reader finds wrong with a policy: it reads a round without rows."""
    try:
        read_policy(policy)
    except InvalidDocument as error:
        return error.faults
    return ()


def read_policy(policy: Mapping[str, Any]) -> Policy:
    """A stored policy as the engine understands it. Raises `InvalidDocument`."""
    document = {**_empty_round(Policy()), "policy": dict(policy)}
    return read_problem(json.dumps(document).encode()).policy


def _empty_round(policy: Policy) -> dict[str, Any]:
    """The smallest document that carries a policy."""
    return problem_as_json(
        Problem(
            round=Round("policy", "policy", DAY, DAY),
            calendar=(DAY,),
            offices=(Office("city", "city", "city", (0.0, 0.0)),),
            units=(),
            inspectors=(),
            teams=(),
            policy=policy,
        )
    )
