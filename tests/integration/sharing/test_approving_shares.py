"""Approving what one is shown, whole and as it stands: what counts, and what nobody gets past."""

from __future__ import annotations

import json
from collections.abc import Callable
from threading import Thread
from typing import Any

import pytest
from django.db import connection, connections
from psycopg2.extensions import connection as Connection

from kernel.errors import NotVisible
from sharing.access.shares import access_share, digest_of, lacks_of
from sharing.domain.disclosures import Way
from sharing.domain.grants import LACK_TITLES, Lack, Purpose
from sharing.domain.shared_views import Redaction, Shareable
from sharing.errors.shares import ShareApprovedByWhoAsked, ShareChanged, ShareNotShownWhole
from sharing.models.share_grants import ShareGrant, ShareNote
from sharing.selectors.shares import SharePage, approval_page, share_page
from sharing.services.asking_for_shares import offer_shares
from sharing.services.deciding_on_shares import approve_share
from sharing.services.disposing import declare_tie
from sharing.services.preparing_shares import Chosen
from sharing.services.showing_views import note_from_view, show_view
from tenancy.domain.roles import Role
from tenancy.models import Membership
from tests.clues import received
from tests.integration.sharing.test_shares_by_sql import LACKS, STEP, VIEW, step, tried
from tests.integration.tenancy.raw import Raw
from tests.papers import to
from tests.people import SEATED_SINCE, acting
from tests.shares import approve, ask, asked, in_force, prepare, shown
from tests.teams import Team

WIDE = json.dumps({"format": 1, "kind": "finding", "shown": {"fact": "未经批准的全文"}})
NARROW = Redaction(frozenset({"fact"}))


@pytest.fixture
def finding(team: Team) -> Chosen:
    return Chosen(Shareable.FINDING, to(team, "fed_back").pk)


@pytest.fixture
def of_a_clue(team: Team) -> ShareGrant:
    """Asked for by Shengsi, prepared by Dinghai's director, and shown to the city."""
    number = received(team, team.actor("lin"), team.actor("luo"))
    share = ask(team, purpose=Purpose.HANDLING, kinds=[Shareable.CLUE])
    return prepare(team, share, [Chosen(Shareable.CLUE, number)], "lin")


def page_of(team: Team, who: str, share: ShareGrant) -> SharePage:
    with acting(team.actor(who)):
        return approval_page(team.actor(who), share.pk)


def done(team: Team, who: str, sql: str, **values: Any) -> None:
    """By plain SQL as the web, and kept."""
    with acting(team.actor(who)), connection.cursor() as cursor:
        cursor.execute(sql, {"digest": None} | values)


def tied(team: Team, who: str, share: ShareGrant) -> None:
    with acting(team.actor("lin")):
        number = share.views.get().object_id
    with acting(team.actor(who)):
        declare_tie(actor=team.actor(who), number=number)


def words(team: Team, who: str) -> list[str | None]:
    """The fact in each view that somebody may open."""
    facts = []
    for number in shown(team.actor(who)):
        with acting(team.actor(who)):
            showing = show_view(actor=team.actor(who), number=number, way=Way.PAGE)
            facts.append(showing.view.shown.get("fact"))
    return facts


# --- nothing beside what is approved -------------------------------------------------------


def test_views_left_beside_what_is_approved_let_nobody_approve_it(
    team: Team, finding: Chosen
) -> None:
    """One clerk, alone, while it waits: they would be of the next edition, checked by nobody."""
    share = prepare(team, ask(team), [Chosen(Shareable.FINDING, finding.number, NARROW)], "wu")
    of_it = {"tenant": share.tenant_id, "share": share.pk}
    wide = {"place": 1, "kind": "finding", "record": finding.number, "content": WIDE}
    done(team, "wu", VIEW, **of_it, **wide)

    with pytest.raises(ShareChanged):
        approve(team, share, "lin")

    # Prepared anew they are in it, and everybody who approves sees it.
    prepared = {"act": "prepared", "after": "prepared", "hand": "office_clerk"}
    done(team, "wu", STEP, **of_it, sender=share.tenant_id, **prepared)
    [one] = page_of(team, "lin", share).views
    assert one.view.shown["fact"] == "未经批准的全文"
    assert approve(team, share, "lin", "he").state == "active"


def test_what_is_in_force_becomes_no_wider_by_views_left_before(
    team: Team, finding: Chosen, connect_as: Callable[[str], Connection]
) -> None:
    """However they came there: what narrows is looked at once more when it is done."""
    share = in_force(team, [Chosen(Shareable.FINDING, finding.number, NARROW)])
    raw = Raw(connect_as("superuser"))
    raw.run("SET session_replication_role = 'replica'")
    raw.run(
        "INSERT INTO sharing_shareview (tenant_id, grant_id, edition, place, kind, object_id,"
        " concerns, withheld, spans, content, digest, made_by_name, made_at)"
        " SELECT tenant_id, grant_id, edition + 1, place, kind, object_id, concerns, withheld, spans,"
        " %s, encode(sha256(convert_to(%s, 'UTF8')), 'hex'), '', now() FROM sharing_shareview",
        WIDE,
        WIDE,
    )
    raw.connection.commit()

    assert step(team, share, "wu", "narrowed", "active", "office_clerk") == LACKS
    assert words(team, "jiang") == [None]


# --- nothing that is not shown -------------------------------------------------------------


def test_whoever_has_a_tie_approves_nothing_that_they_are_not_shown(
    team: Team, of_a_clue: ShareGrant
) -> None:
    assert page_of(team, "luo", of_a_clue).may_approve
    tied(team, "luo", of_a_clue)

    page = page_of(team, "luo", of_a_clue)
    assert (page.views, page.may_approve) == ([], False)
    with pytest.raises(ShareNotShownWhole):
        approve(team, of_a_clue, "luo")
    approved = ("approved", "under_approval", "discipline_body")
    with acting(team.actor("lin")):
        digest = digest_of(of_a_clue)
    assert step(team, of_a_clue, "luo", *approved, digest=digest) == LACKS

    assert approve(team, of_a_clue, "lin", "zhao", "he").state == "active"


def test_a_tie_declared_after_approving_undoes_the_approval(
    team: Team, of_a_clue: ShareGrant
) -> None:
    approve(team, of_a_clue, "luo")
    tied(team, "luo", of_a_clue)

    share = approve(team, of_a_clue, "lin")

    assert share.state == "under_approval"
    lin = team.actor("lin")
    with acting(lin):
        page = share_page(lin, share.pk)
    assert {one.step.by_name: one.counts for one in page.approvals} == {
        team.actor("luo").name: False,
        lin.name: True,
    }
    assert list(page.lacks) == [
        LACK_TITLES[Lack.TWO_OF_THE_OWNER],
        LACK_TITLES[Lack.DISCIPLINE_BODY_OR_CITY],
    ]
    assert approve(team, share, "he", "zhao").state == "active"


def test_a_tie_declared_once_it_is_in_force_undoes_nothing(
    team: Team, of_a_clue: ShareGrant
) -> None:
    share = approve(team, of_a_clue, "luo", "lin")
    tied(team, "luo", share)

    lin = team.actor("lin")
    with acting(lin):
        page = share_page(lin, share.pk)
        assert lacks_of(share, []) != []
    assert [one.counts for one in page.approvals] == [True, True]
    assert len(shown(team.actor("jiang"))) == 1


def test_a_director_who_sits_in_the_discipline_body_does_not_watch_over_themselves(
    team: Team, of_a_clue: ShareGrant
) -> None:
    lin = team.actor("lin")
    with team.django_as("owner"):
        Membership.objects.create(
            tenant_id=lin.tenant_id,
            user_id=lin.person_id,
            role=Role.DISCIPLINE_BODY,
            since_on=SEATED_SINCE,
        )
    share = approve(team, of_a_clue, "lin")
    with acting(lin):
        digest = digest_of(share)
    as_watcher = {"act": "approved", "after": "under_approval", "hand": "discipline_body"}
    of_it = {"tenant": share.tenant_id, "sender": lin.tenant_id, "share": share.pk}
    done(team, "lin", STEP, **of_it, **as_watcher, digest=digest)

    share = approve(team, share, "he")

    assert share.state == "under_approval"
    assert approve(team, share, "luo").state == "active"


# --- what the director offers --------------------------------------------------------------


@pytest.mark.parametrize("of_clues", [False, True])
def test_what_the_director_offers_and_prepares_two_others_approve(
    team: Team, finding: Chosen, of_clues: bool
) -> None:
    """Else nobody's offer of a clue could ever be in force: none but the director may make one."""
    lin = team.actor("lin")
    record, kind = finding, Shareable.FINDING
    if of_clues:
        record = Chosen(Shareable.CLUE, received(team, lin, team.actor("luo")))
        kind = Shareable.CLUE
    terms = asked(purpose=Purpose.CORROBORATION, kinds=[kind])
    with acting(lin):
        receiver = team.actor("jiang").tenant_id
        [share] = offer_shares(actor=lin, offices=[receiver], asked=terms)
    share = prepare(team, share, [record], "lin")

    share = approve(team, share, "he")
    assert share.state == "under_approval"
    with acting(lin), pytest.raises(ShareApprovedByWhoAsked):
        approve_share(actor=lin, number=share.pk, seen=digest_of(share))

    assert approve(team, share, "luo").state == "active"
    assert len(shown(team.actor("jiang"))) == 1


def test_what_somebody_else_prepared_the_director_who_offers_has_not_seen(
    team: Team, finding: Chosen
) -> None:
    lin = team.actor("lin")
    with acting(lin):
        receiver = team.actor("jiang").tenant_id
        [share] = offer_shares(actor=lin, offices=[receiver], asked=asked())
    share = approve(team, prepare(team, share, [finding], "wu"), "he", "luo")

    assert share.state == "under_approval"
    with acting(lin):
        page = share_page(lin, share.pk)
    assert (list(page.lacks), page.director_to_prepare) == (
        [LACK_TITLES[Lack.THE_DIRECTOR]],
        True,
    )
    share = approve(team, prepare(team, share, [finding], "lin"), "he", "luo")
    assert share.state == "active"


# --- nothing but what stands on the page ---------------------------------------------------


def test_terms_changed_while_the_page_is_made_are_not_approved_by_it(
    team: Team, finding: Chosen, monkeypatch: pytest.MonkeyPatch
) -> None:
    share = approve(team, prepare(team, ask(team), [finding], "wu"), "lin")
    he = team.actor("he")

    def anew() -> None:
        try:
            prepare(team, share, [finding], "wu", may_export=True)
        finally:
            connections.close_all()

    def changed_after(actor: Any, number: int) -> ShareGrant:
        found = access_share(actor, number)
        beside = Thread(target=anew)
        beside.start()
        beside.join()
        return found

    with monkeypatch.context() as patched:
        patched.setattr("sharing.selectors.shares.access_share", changed_after)
        page = page_of(team, "he", share)

    assert not page.line.share.may_export
    with acting(he), pytest.raises(ShareChanged):
        approve_share(actor=he, number=share.pk, seen=page.digest)
    page = page_of(team, "he", share)
    assert page.line.share.may_export
    with acting(he):
        assert approve_share(actor=he, number=share.pk, seen=page.digest).state == "under_approval"


def test_an_approval_of_an_earlier_edition_does_not_rise_again_with_its_words(
    team: Team, finding: Chosen
) -> None:
    share = approve(team, prepare(team, ask(team), [finding], "wu"), "lin")
    less = Chosen(Shareable.FINDING, finding.number, NARROW)
    share = prepare(team, prepare(team, share, [less], "wu"), [finding], "wu")

    share = approve(team, share, "he", "luo")

    assert share.state == "under_approval"
    assert approve(team, share, "lin").state == "active"


# --- nothing kept of what is looked at to approve it ---------------------------------------


def test_nothing_is_noted_down_from_what_is_looked_at_to_approve_it(
    team: Team, of_a_clue: ShareGrant
) -> None:
    zhao, jiang = team.actor("zhao"), team.actor("jiang")
    [one] = page_of(team, "zhao", of_a_clue).shown
    with acting(zhao), pytest.raises(NotVisible):
        note_from_view(actor=zhao, number=one.pk, text="抄自待批视图")
    note = "SELECT sec.show_view(%s, %s)"
    assert tried(team, "zhao", note, [one.pk, "note"]) == "share_carried_where_allowed"
    assert tried(team, "zhao", note, [one.pk, "page"]) == ""

    approve(team, of_a_clue, "lin", "luo")
    [number] = shown(jiang)
    with acting(jiang):
        note_from_view(actor=jiang, number=number, text="供印证")
        assert ShareNote.objects.count() == 1


# --- nothing without a trace ---------------------------------------------------------------


def test_words_had_and_a_line_undone_leave_what_the_server_wrote_down(
    team: Team, finding: Chosen, connect_as: Callable[[str], Connection]
) -> None:
    """Whoever writes SQL as the web does can take the line back, and not what the log says of it."""
    in_force(team, [finding])
    jiang = team.actor("jiang")
    [number] = shown(jiang)
    raw = Raw(connect_as("app"))
    raw.act_for(jiang.tenant_id, jiang.user_id)
    raw.run("SET client_min_messages = 'log'")
    raw.run("SAVEPOINT before")
    assert raw.one("SELECT sec.show_view(%s, 'page')", number)
    raw.run("ROLLBACK TO SAVEPOINT before")

    said = "".join(raw.connection.notices)
    assert f"view {number} of share" in said
    assert f"to person {jiang.user_id} of office {jiang.tenant_id} (page)" in said


def test_nobody_reads_on_in_a_snapshot_of_before(
    team: Team, finding: Chosen, connect_as: Callable[[str], Connection]
) -> None:
    in_force(team, [finding])
    jiang = team.actor("jiang")
    [number] = shown(jiang)
    raw = Raw(connect_as("app"))
    show = "SELECT sec.show_view(%s, 'page')"
    raw.act_for(jiang.tenant_id, jiang.user_id)
    assert raw.one(show, number)
    raw.connection.rollback()

    raw.connection.set_session(isolation_level="REPEATABLE READ")
    raw.act_for(jiang.tenant_id, jiang.user_id)
    with raw.refused("READ COMMITTED"):
        raw.one(show, number)
