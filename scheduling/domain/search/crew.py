"""One team on the board."""

from __future__ import annotations

from collections import Counter


class Crew:
    """What a team visits, who sits in it, and the running counts that its cost is made of."""

    __slots__ = (
        "busy",
        "deputies",
        "distance",
        "have",
        "hosts",
        "leaders",
        "origins",
        "per_office",
        "risky",
        "seasoned",
        "seats",
        "start",
        "table",
        "unit_mask",
        "units",
    )

    def __init__(self, skills: int) -> None:
        self.units: list[int] = []
        self.unit_mask = 0
        self.hosts: tuple[int, ...] = ()
        self.start: dict[int, int] = {}
        self.busy = 0
        self.seats: dict[int, int] = {}  # person -> role
        self.leaders = 0
        self.deputies = 0
        self.seasoned = 0
        self.per_office: Counter[int] = Counter()
        self.origins = 0  # different county offices, host seats apart
        self.have = [0] * skills
        self.table: list[list[int]] = []  # cost by skill and number of people who have it
        self.risky = 0  # risk of the units that want a seasoned leader
        self.distance: list[int] = []  # cost of travel by office
