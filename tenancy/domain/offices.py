"""The tree of offices. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping


def in_tree_order(parents: Mapping[int, int | None]) -> Iterator[tuple[int, int]]:
    """Each office with its depth, parents first, siblings as they were given.

    An office whose parent is not among them stands at the top.
    """
    children: dict[int | None, list[int]] = {}
    for number, parent in parents.items():
        children.setdefault(parent if parent in parents else None, []).append(number)

    def below(parent: int | None, depth: int) -> Iterator[tuple[int, int]]:
        for number in children.get(parent, ()):
            yield number, depth
            yield from below(number, depth + 1)

    return below(None, 0)
