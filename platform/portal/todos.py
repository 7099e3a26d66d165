"""One thing on somebody's desk."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse


@dataclass(frozen=True, slots=True)
class Todo:
    """`count` stands out on the card, with `counted` beside it: 40, people released.

    `under_way`: it goes on without the person; there is nothing to do but watch.
    """

    title: str
    text: str
    url_name: str
    args: tuple[object, ...] = ()
    count: int | None = None
    counted: str = ""
    done: bool = False
    under_way: bool = False
    step: str = ""  # what the link says

    @property
    def href(self) -> str:
        return reverse(self.url_name, args=self.args)
