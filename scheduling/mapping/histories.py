"""A draft's edits as a list of what stands and what was taken back."""

from __future__ import annotations

from collections.abc import Sequence

from scheduling.models.plans import PlanEdit

OPENED = "opened"  # the first line of a history; it is no edit and cannot be undone


def undoable(history: Sequence[PlanEdit]) -> PlanEdit | None:
    """The latest edit that stands. `history` is in the order of the revisions."""
    done, _ = _stacks(history)
    return done[-1] if done else None


def redoable(history: Sequence[PlanEdit]) -> PlanEdit | None:
    """The latest undoing that nothing has been done after."""
    _, undone = _stacks(history)
    return undone[-1] if undone else None


def _stacks(history: Sequence[PlanEdit]) -> tuple[list[PlanEdit], list[PlanEdit]]:
    done: list[PlanEdit] = []
    undone: list[PlanEdit] = []
    for edit in history:
        if edit.content.get("edit") == OPENED:
            continue
        if edit.undoes is None:
            done.append(edit)
            undone.clear()
        elif done and done[-1].revision == edit.undoes:
            done.pop()
            undone.append(edit)
        else:  # the undoing of an undoing stands like the edit itself
            undone.pop()
            done.append(edit)
    return done, undone
