"""Migrating without making all models anew at each operation.

While it migrates, Django keeps a class of every model as it stands at that point, and after each
operation makes those anew that have to do with the changed one, over however many relations. Here
every model has to do with every other by its office: some 600 operations times 70 classes were 44 of
the 48 seconds that an empty database took.

An operation on the schema needs the changed model's class alone: relations are found by name. Only
code that works on rows (`RunPython`) minds that a related class is an older one of the same name; for
it, and for whoever hears that migrating is over, Django makes all classes anew where it is told that
some were passed over. That is the mark which it sets itself for operations that change no relation.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.migrations.state import ProjectState

_BY_RELATION = "_find_reload_model"


@contextmanager
def each_model_by_itself() -> Iterator[None]:
    """Inside, an operation makes the class of the model anew that it changes, and no other."""
    by_relation = getattr(ProjectState, _BY_RELATION)
    setattr(ProjectState, _BY_RELATION, _itself)
    try:
        yield
    finally:
        setattr(ProjectState, _BY_RELATION, by_relation)


def _itself(
    state: ProjectState, app_label: str, model_name: str, delay: bool = False
) -> set[tuple[str, str]]:
    state.is_delayed = True
    return {(app_label, model_name)}
