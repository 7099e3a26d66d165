"""One thing on somebody's desk."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse


@dataclass(frozen=True, slots=True)
class Todo:
    """`count` stands out on the card, with `counted` beside it: 40, people released.

    `under_way`: it goes on without the person; there is nothing to do but watch. `standing`: a page
    to look at, with nothing to be done.
    """

    title: str
    text: str
    url_name: str
    args: tuple[object, ...] = ()
    count: int | None = None
    counted: str = ""
    done: bool = False
    under_way: bool = False
    standing: bool = False
    step: str = ""  # what the link says
    query: str = ""  # narrows a list to what waits
    is_late: bool = False  # part of it is past its day

    @property
    def is_open(self) -> bool:
        """Whether it is for the person to do."""
        return not (self.done or self.under_way or self.standing)

    @property
    def href(self) -> str:
        address = reverse(self.url_name, args=self.args)
        return f"{address}?{self.query}" if self.query else address
