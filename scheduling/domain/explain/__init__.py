"""Why a round cannot be planned: the few rules that clash, and what may be relaxed.

The answer is a *minimal conflict*: parts of the rules (`rules/groups.py`) that cannot hold
together, though they could if any one of them were left out. The way there:

1. `suspects.py` counts: a unit that no leader may visit, a window shorter than the visit.
2. `prover.py` decides whether some parts can hold together, by CP-SAT, and trusts "no" only
   when a second configuration of the solver says so too.
3. `shrinking.py` leaves parts out, first whole rules, then subjects, while the rest still
   clashes; what remains is a minimal conflict, and every step of it has been proved.
4. `words.py` says it with the names of units, teams and people, and never with the reason
   why somebody is barred.
"""

from __future__ import annotations

from scheduling.domain.explain.conflict import Clash, Conflict, explain

__all__ = ["Clash", "Conflict", "explain"]
