"""What is asked of shares in the benchmark, and the two other ways to say who reads what."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Permission as ModelPermission
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from guardian.models import UserObjectPermission
from guardian.shortcuts import get_objects_for_user

from kernel.clock import today
from kernel.errors import NotVisible
from scheduling.management.fence_rows import BLOCK, FIRST_OFFICE, OFFICES, Run
from scheduling.management.measuring import Figures, clock, processor_ms, timed
from sharing.access.shares import access_share, digest_of, shown_to
from sharing.domain.disclosures import Way
from sharing.domain.grants import Purpose
from sharing.domain.shared_views import Shareable
from sharing.management.list_requests import FIRST, PAGE, Request
from sharing.models.papers import WorkingPaper
from sharing.selectors import papers, share_lists, shares
from sharing.services.asking_for_shares import Asked, ask_for_shares
from sharing.services.deciding_on_shares import approve_share, take_share_back
from sharing.services.preparing_shares import Chosen, Terms, prepare_share
from sharing.services.showing_views import show_view
from tenancy.actor import Actor
from tenancy.context import in_office
from tenancy.models import User
from tests.tools.share_rows import share_by_guardian

COUNTY, OTHER = 7, 9
OURS, GUARDIAN, POLICY = "", "guardian", "OR EXISTS"
# One that is in force: neither the tenth nor the first of ten.
ONE = COUNTY * BLOCK + 23
TABLE = "sharing_workingpaper"
SHARED = (
    "EXISTS (SELECT FROM bench_share AS share WHERE share.record_id = sharing_workingpaper.id"
    " AND share.receiver_id = (SELECT sec.tenant()) AND share.taken_back_at IS NULL"
    " AND share.until_on > (SELECT sec.today()))"
)
PERMISSION = "bench_read"


@dataclass
class Bench:
    """The ways take turns: whatever else the machine does meets all of them."""

    run: Run
    shares: int
    findings: int

    def __post_init__(self) -> None:
        kind = ContentType.objects.get(app_label="sharing", model="workingpaper").pk
        self.run(
            "INSERT INTO auth_permission (name, codename, content_type_id)"
            f" VALUES ('', '{PERMISSION}', {kind})"
        )
        permission = ModelPermission.objects.get(codename=PERMISSION).pk
        with connection.schema_editor(collect_sql=True) as editor:
            editor.create_model(UserObjectPermission)
            table = editor.collected_sql + editor.deferred_sql
        self.run(";".join(str(one).rstrip(";") for one in table))
        share_by_guardian(
            self.run, shares=self.shares, records=self.findings, permission=permission, kind=kind
        )
        self.policy = self.run(
            f"SELECT qual FROM pg_policies WHERE tablename = '{TABLE}'"
            " AND policyname = 'fence_select'"
        ).strip()

    @property
    def record(self) -> int:
        """Of which `ONE` is a share, as `share_rows` reckons it."""
        row = ONE % BLOCK
        owner = 1 + (COUNTY + row % (OFFICES - 1)) % OFFICES
        return owner * BLOCK + 1 + (row * 7 + COUNTY) % self.findings

    def measured(self, rounds: int, times: int) -> dict[str, dict[str, float]]:
        asked = self._requests()
        found = {one.name: Figures() for _, one in asked}
        for turn in range(rounds):
            for way in (OURS, GUARDIAN, POLICY) if turn % 2 else (POLICY, GUARDIAN, OURS):
                self._switch(way)
                for of_way, request in asked:
                    if of_way == way:
                        timed(request, times, found[request.name])
        self._switch(OURS)
        return {name: one.summary for name, one in found.items()}

    def _switch(self, way: str) -> None:
        is_on = "DISABLE" if way == GUARDIAN else "ENABLE"
        policy = f"({self.policy}) OR {SHARED}" if way == POLICY else self.policy
        self.run(
            f"ALTER TABLE {TABLE} {is_on} ROW LEVEL SECURITY;"
            f"ALTER POLICY fence_select ON {TABLE} USING ({policy})"
        )

    def _requests(self) -> list[tuple[str, Request]]:
        query = papers.PaperQuery()
        lists: list[tuple[str, str, Callable[[Actor], object]]] = [
            (OURS, "own list", lambda a: papers.findings_part(a, query, FIRST)),
            (OURS, "shared list", lambda a: list(_newest_shown(a))),
            (OURS, "shares in force, with us", lambda a: share_lists.shared_with_us(a, FIRST)),
            (OURS, "shares in force, ours", lambda a: share_lists.shared_by_us(a, FIRST)),
            (OURS, "detail", lambda a: show_view(actor=a, number=ONE, way=Way.PAGE)),
            (OURS, "a share's page", lambda a: shares.share_page(a, ONE)),
            (POLICY, "own list", lambda a: papers.findings_part(a, query, FIRST)),
            (POLICY, "shared list", lambda a: list(_of_others(WorkingPaper.objects.all(), a))),
            (POLICY, "detail", lambda a: WorkingPaper.objects.get(pk=self.record)),
            (GUARDIAN, "own list", lambda a: list(_own_or_granted(a))),
            (GUARDIAN, "shared list", lambda a: list(_of_others(_granted(a), a))),
            (GUARDIAN, "detail", lambda a: _granted(a).get(pk=self.record)),
        ]
        return [
            (way, Request(f"{name}, by {way}" if way else name, "director", ask, COUNTY))
            for way, name, ask in lists
        ]

    def lives(self, times: int) -> dict[str, dict[str, float]]:
        """Asked for, prepared, approved by two, opened, taken back, looked for again."""
        names = ("a share, from asking to being in force", "taking one back", "the next request")
        found = {name: Figures() for name in names}
        for turn in range(times + 1):
            spent = [_life(COUNTY, OTHER, turn)]
            for figures, one in zip(found.values(), spent[0], strict=True):
                if turn:  # the first one warms up
                    figures.calls.append(one.calls)
                    figures.database.append(one.database)
                    figures.processor.append(one.processor)
        return {name: figures.summary for name, figures in found.items()}


@dataclass
class Spent:
    """Milliseconds over several calls."""

    calls: float = 0
    database: float = 0
    processor: float = 0

    def call(self, actor: Actor, ask: Callable[[Actor], Any]) -> Any:
        spent: list[float] = []
        before, began = processor_ms(), time.perf_counter()
        with in_office(actor.tenant_id, actor.user_id), connection.execute_wrapper(clock(spent)):
            found = ask(actor)
        self.calls += 1000 * (time.perf_counter() - began)
        self.database += 1000 * sum(spent)
        self.processor += processor_ms() - before
        return found


def _life(receiver: int, owner: int, turn: int) -> tuple[Spent, Spent, Spent]:
    made, ended, after = Spent(), Spent(), Spent()
    reader, director, discipline = (
        Request("", who, print, office).actor
        for who, office in (("director", receiver), ("director", owner), ("discipline", owner))
    )
    until = today() + timedelta(days=30)
    asked = Asked(
        purpose=Purpose.PREPARATION, basis="条例", wanted="材料", kinds=[Shareable.FINDING],
        roles=["county_director"], until_on=until,
    )  # fmt: skip
    offices = [FIRST_OFFICE + owner]
    [share] = made.call(reader, lambda a: ask_for_shares(actor=a, offices=offices, asked=asked))
    number, terms = share.pk, Terms(("county_director",), until)
    with in_office(director.tenant_id, director.user_id):
        fed_back = WorkingPaper.objects.filter(tenant_id=director.tenant_id, state="fed_back")
        record = fed_back.order_by("pk").values_list("pk", flat=True)[turn]
    chosen = [Chosen(Shareable.FINDING, record)]
    made.call(
        director, lambda a: prepare_share(actor=a, number=number, records=chosen, terms=terms)
    )
    for person in (director, discipline):
        share = made.call(person, lambda a: _approved(a, number))
    assert share.state == "active"
    with in_office(reader.tenant_id, reader.user_id):
        [view] = shown_to(reader).filter(grant_number=number).values_list("pk", flat=True)
        show_view(actor=reader, number=view, way=Way.PAGE)
    ended.call(director, lambda a: take_share_back(actor=a, number=number, reason="办结"))
    assert after.call(reader, lambda a: _is_gone(a, view)), "gone for the next request"
    return made, ended, after


def _approved(actor: Actor, number: int) -> Any:
    share = access_share(actor, number)
    return approve_share(actor=actor, number=number, seen=digest_of(share))


def _is_gone(actor: Actor, view: int) -> bool:
    try:
        show_view(actor=actor, number=view, way=Way.PAGE)
    except NotVisible:
        return True
    return False


def _newest_shown(actor: Actor) -> Any:
    return shown_to(actor).select_related("sender").order_by("-shown_from", "pk")[:PAGE]


def _granted(actor: Actor) -> Any:
    return get_objects_for_user(
        User(pk=actor.user_id), f"sharing.{PERMISSION}", WorkingPaper,
        accept_global_perms=False, with_superuser=False, use_groups=False,
    )  # fmt: skip


def _of_others(rows: Any, actor: Actor) -> Any:
    return rows.exclude(tenant_id=actor.tenant_id).order_by("-pk")[:PAGE]


def _own_or_granted(actor: Actor) -> Any:
    own = WorkingPaper.objects.filter(tenant_id=actor.tenant_id, state="fed_back")
    return (own | _granted(actor).filter(state="fed_back")).order_by("-pk")[:PAGE]
