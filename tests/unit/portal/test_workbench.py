"""The desk names one thing to do first, and it is the right one."""

from __future__ import annotations

from portal.workbench import Todo, Workbench


def _todo(title: str, *, done: bool = False, under_way: bool = False) -> Todo:
    return Todo(title, "", "portal:home", done=done, under_way=under_way)


def test_the_first_thing_is_the_first_that_is_open() -> None:
    done, running = _todo("done", done=True), _todo("running", under_way=True)
    release, upload = _todo("release"), _todo("upload")

    bench = Workbench.of([done, running, release, upload])

    assert bench.first == release
    assert list(bench.others) == [done, running, upload]


def test_with_nothing_open_nothing_comes_first() -> None:
    done, running = _todo("done", done=True), _todo("running", under_way=True)

    assert Workbench.of([done, running]).first is None
