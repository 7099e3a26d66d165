"""A city with its calendar of digests, and records of past quarters laid by a superuser."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from types import MappingProxyType
from typing import Any

import psycopg2
import pytest

from launcher.psql import Login
from sharing.domain.digest.periods import Length
from sharing.models.digests import Digest, DigestCopy
from sharing.services.digest_rules import set_digest_rule
from sharing.services.digests import make_next_digest, publish_digest
from tenancy.actor import Actor
from tenancy.runner import run_job
from tests.people import acting

CITY, DINGHAI, PUTUO, DAISHAN, SHENGSI = 9001, 9002, 9003, 9004, 9005
COUNTIES = {DINGHAI: "dinghai", PUTUO: "putuo", DAISHAN: "daishan", SHENGSI: "shengsi"}
ONE_MORE = count(1)  # keys and places that nothing else depends on
HEADINGS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"U1": ("U1.01", "U1.02"), "U2": ("U2.01",)}
)


@dataclass
class Lay:
    """Rows as they would have come about; triggers and keys are not asked."""

    cursor: Any

    def row(self, table: str, **values: Any) -> int:
        names = ", ".join(f'"{name}"' for name in values)
        marks = ", ".join(["%s"] * len(values))
        self.cursor.execute(
            f"INSERT INTO {table} ({names}) VALUES ({marks}) RETURNING id",
            list(values.values()),
        )
        [number] = self.cursor.fetchone()
        return int(number)


@contextmanager
def laying(login: Login) -> Iterator[Lay]:
    connection = psycopg2.connect(login.url)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = 'replica'")
            yield Lay(cursor)
    finally:
        connection.close()


@dataclass
class DigestCity:
    """`zhao` directs the city's office. `make`, `publish`: by the worker and by the page."""

    zhao: Actor
    django_as: Callable[[str], AbstractContextManager[None]]
    login_as: Callable[[str], Login]

    def lay(self) -> AbstractContextManager[Lay]:
        return laying(self.login_as("superuser"))

    def begin(self, since: int = 2025, length: Length = Length.QUARTER, minimum: int = 3) -> None:
        with acting(self.zhao):
            set_digest_rule(actor=self.zhao, since_year=since, length=length, minimum=minimum)

    def make(self) -> Digest:
        """The next one, made by a worker; as it then stands."""
        with acting(self.zhao):
            digest = make_next_digest(actor=self.zhao)
        assert digest.job is not None
        with self.django_as("worker"):
            run_job(digest.job.pk)
        return self.again(digest)

    def publish(self) -> DigestCopy:
        """Chance has a part in what is withheld: what was refused once may pass the next time."""
        for _ in range(4):
            digest = self.make()
            if digest.state == Digest.State.READY:
                break
        assert digest.state == Digest.State.READY, digest.job and digest.job.error
        with acting(self.zhao):
            return publish_digest(actor=self.zhao, number=digest.pk)

    def again(self, digest: Digest) -> Digest:
        with acting(self.zhao):
            found: Digest = Digest.objects.select_related("job").get(pk=digest.pk)
            return found

    def lay_digest(self, lay: Lay, begins_on: date, until_on: date, state: str) -> int:
        """Of a quarter."""
        name = f"{begins_on.year}-Q{(begins_on.month + 2) // 3}"
        return lay_digest_of(lay, name, begins_on, until_on, state)


def lay_digest_of(lay: Lay, name: str, begins_on: date, until_on: date, state: str) -> int:
    return lay.row(
        "sharing_digest", tenant_id=CITY, period=name, begins_on=begins_on, until_on=until_on,
        appears_on=until_on, minimum=3, state=state, asked_by_name="", published_by_name="", sha256="",
    )  # fmt: skip


def moment(on: date) -> str:
    """The time itself; of a day its noon in China."""
    return on.isoformat() if isinstance(on, datetime) else f"{on} 12:00+08"


@pytest.fixture
def digest_city(
    committed_db: None,
    zhao: Actor,
    django_as: Callable[[str], AbstractContextManager[None]],
    login_as: Callable[[str], Login],
    settings: Any,
) -> DigestCity:
    login = login_as("statistics")
    settings.STATISTICS_DATABASE = {
        "NAME": login.database, "USER": login.user, "PASSWORD": login.password,
        "HOST": login.host, "PORT": str(login.port), "OPTIONS": {},
    }  # fmt: skip
    return DigestCity(zhao, django_as, login_as)


def lay_office(
    lay: Lay, tenant: int, *, citys: Mapping[str, tuple[str, ...]] = HEADINGS
) -> dict[str, int]:
    """Categories, by code; units of three kinds; and one room of the city's round 1."""
    found = {}
    for place, (heading, classes) in enumerate(citys.items()):
        common: dict[str, Any] = {
            "tenant_id": tenant,
            "frame": "implementation",
            "is_citys": tenant != CITY,
        }
        over = lay.row(
            "sharing_findingcategory",
            code=heading,
            title=f"分类{heading}",
            position=place,
            **common,
        )
        for nth, code in enumerate(classes):
            found[code] = lay.row(
                "sharing_findingcategory",
                code=code,
                title=f"问题{code}",
                parent_id=over,
                position=nth,
                **common,
            )
    return found


def lay_room(lay: Lay, tenant: int, host: int, *, lead: int = CITY, round_number: int = 1) -> int:
    return lay.row(
        "sharing_room", tenant_id=tenant, purpose="papers", lead_id=lead, round_number=round_number,
        round_name="第一轮", mode="ring", publication=1, host_id=host, team_code=f"T{host}{lead}{round_number}",
        team_name="第一组", document_number="", authorised_by="", opened_by="", opened_at="2024-01-01",
        starts_on="2024-01-01", until_on="2027-01-01", closed_because="",
    )  # fmt: skip


def lay_unit(lay: Lay, tenant: int, code: str, kind: str) -> None:
    lay.row(
        "scheduling_inspectedunit", tenant_id=tenant, code=code, name=code, name_key=code, kind=kind,
        system="", parent_code="", risk=3, days=10, mandatory=False, priority=50, skills="{}",
        wanted="{}", inspectable=True, fact_hash="", updated_at="2024-01-01",
    )  # fmt: skip


def lay_finding(
    lay: Lay, tenant: int, room: int, unit: str, category: int | None, on: date, **item: Any
) -> int:
    """Fed back on that day. `item`: its number, with the days of its steps and their states."""
    paper = lay_paper(lay, tenant, room, unit, category, item.get("item"), year=on.year)
    step(lay, "paper", tenant, paper, 1, "fed_back", "fed_back", on)
    if item:
        step(lay, "paper", tenant, paper, 2, "assigned", "rectifying", item["assigned_on"])
    return paper


def lay_paper(
    lay: Lay, tenant: int, room: int, unit: str, category: int | None, item: int | None, year: int
) -> int:
    """Without its steps."""
    return lay.row(
        "sharing_workingpaper", tenant_id=tenant, state="rectifying" if item else "fed_back", steps=1, room_id=room,
        unit_code=unit, unit_name=unit, finder_id=9003, finder_name="", year=year, sequence=next(ONE_MORE),
        version=1, title="", category_id=category, level="", class_name="", severity="",
        disciplines="[]", item_id=item,
    )  # fmt: skip


def lay_item(lay: Lay, tenant: int, steps: list[tuple[str, date]], due: date | None) -> int:
    """With its steps (state after, day), and the clock that runs."""
    number = lay.row(
        "sharing_rectificationitem", tenant_id=tenant, state=steps[-1][0] if steps else "assigned",
        steps=len(steps), desk_id=1, round_name="", position=next(ONE_MORE), issue="", category="",
        source_life="", served_on="2025-01-01", leader_name="", plan_due_on="2025-02-01",
        concentrated_until="2025-03-01", goal="", measures="", lead="", department="", head="",
        withheld_because="", disclosure="", claims=0, sent_back=0, reopened=0,
    )  # fmt: skip
    for nth, (after, on) in enumerate(steps, start=1):
        step(lay, "rectification", tenant, number, nth, "done", after, on)
    if due is not None:
        lay_clock(lay, tenant, number, date(2025, 1, 1), due)
    return number


def lay_clock(
    lay: Lay, tenant: int, item: int, started: date, due: date | None, ended: date | None = None
) -> None:
    lay.row(
        "sharing_deadline", tenant_id=tenant, life="rectification_item", number=item, clock="rectify",
        title="", asked_hand="unit", asked_unit="", days=15, started_on=started, due_on=due,
        ended_on=ended, told=0, known_until=2030,
        state="stopped" if ended else "running" if due else "paused",
    )  # fmt: skip


def lay_clue(
    lay: Lay,
    tenant: int,
    on: date | None,
    tellings: Sequence[tuple[date, list[str]]] = (),
) -> int:
    """`on` None: it is not handed over."""
    clue = lay.row(
        "sharing_officeclue", tenant_id=tenant, state="handed_over" if on else "drafting", steps=2, subject_name="甲",
        subject_post="", subject_unit="", management_level="county", source_kind="other", is_urgent=False,
        gist="", evidence="[]", round_name="", team_name="", signed_by="", signed_at="2025-01-01", handed_over_at=on and moment(on),
        disposal="", next_due_on="9999-12-31", id=7_000_000 + next(ONE_MORE),
    )  # fmt: skip
    for telling, (told, codes) in enumerate(tellings, start=1):
        for person, code in enumerate(codes, start=1):
            lay.row(
                "sharing_clueoutcome", tenant_id=tenant, clue_id=clue, telling=telling, person=person,
                code=code, told_by_name="", told_at=moment(told),
            )  # fmt: skip
    return clue


def step(
    lay: Lay, of: str, tenant: int, record: int, number: int, act: str, after: str, on: date
) -> None:
    lay.row(
        f"sharing_{of}step", tenant_id=tenant, record_id=record, number=number, act=act, hand="",
        before="", after=after, by_name="", on_behalf_of="", reason="", facts="{}", at=moment(on),
    )  # fmt: skip
