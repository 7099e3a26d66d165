"""What the database refuses of shares, whoever writes; each refusal beside what it allows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from psycopg2.extensions import connection as Connection

from kernel.clock import today
from sharing.domain.grants import Purpose
from sharing.domain.shared_views import MARK, Redaction, Shareable, view_of
from sharing.models.share_grants import ShareGrant, ShareView
from sharing.services.asking_for_shares import offer_shares
from sharing.services.preparing_shares import Chosen
from tenancy.services.administration import abolish_office
from tests.clues import received
from tests.integration.sharing.share_ground import keeper, lay_platform
from tests.integration.tenancy.raw import Raw
from tests.papers import begun, to
from tests.people import acting
from tests.shares import approve, ask, asked, in_force, prepare, shown
from tests.teams import Team

DINGHAI, PUTUO, SHENGSI = 9002, 9003, 9005
GRANT = (
    "INSERT INTO sharing_sharegrant (tenant_id, receiver_id, is_offered, state, steps, purpose, basis,"
    " wanted, kinds, unit, fields, roles, until_on, may_export, edition, asked_by_name) VALUES ("
    " %(owner)s, %(receiver)s, %(is_offered)s, %(state)s, 0, %(purpose)s, '条例', '材料',"
    " %(kinds)s::varchar[], '', '{}', %(roles)s::varchar[], %(until_on)s, false, 0, '')"
)
VIEW = (
    "INSERT INTO sharing_shareview (tenant_id, grant_id, edition, place, kind, object_id, concerns,"
    " withheld, spans, content, digest, made_by_name) VALUES ("
    " %(tenant)s, %(share)s, 0, %(place)s, %(kind)s, %(record)s, '', '[]', '[]', %(content)s,"
    " COALESCE(%(digest)s, encode(sha256(convert_to(%(content)s, 'UTF8')), 'hex')), '')"
)
STEP = (
    "INSERT INTO sharing_sharegrantstep (tenant_id, sender_id, record_id, act, hand, after, number,"
    " before, by_name, on_behalf_of, reason, facts) VALUES (%(tenant)s, %(sender)s, %(share)s,"
    " %(act)s, %(hand)s, %(after)s, 0, '', '', '', 'x', json_build_object('digest', %(digest)s))"
)
NOTE = (
    "INSERT INTO sharing_sharenote (tenant_id, grant_number, view, kind, concerns, digest, text,"
    " written_by_id, written_by_name) VALUES (%s, 0, %s, '', '', '', '笔记', %s, '')"
)
GROUP = (
    "INSERT INTO sharing_sharegroup (tenant_id, name, members, made_by_name)"
    " VALUES (%s, '东片', %s::bigint[], '')"
)
POLICY = "a policy"
DENIED = "denied"


def tried(team: Team, who: str, sql: str, values: Any = None) -> str:
    """Which constraint refused it; "nothing": there was no such row; empty: done, and undone."""
    with acting(team.actor(who)):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(sql, values)
                rows = cursor.rowcount
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                transaction.set_rollback(True)
        except DatabaseError as error:
            return _refusal(error)
    return "" if rows else "nothing"


def _refusal(error: DatabaseError) -> str:
    if "row-level security" in str(error):
        return POLICY
    if "permission denied" in str(error):
        return DENIED
    return error.__cause__.diag.constraint_name or str(error)  # type: ignore[union-attr]


def begin(team: Team, who: str, **other: Any) -> str:
    """A grant, by Shengsi's or Dinghai's people; else of findings, of Dinghai to Shengsi, for a month."""
    given: dict[str, Any] = {
        "owner": DINGHAI,
        "receiver": SHENGSI,
        "is_offered": False,
        "state": "asked",
        "purpose": "handling",
        "kinds": ["finding"],
        "roles": ["county_director"],
        "until_on": today() + timedelta(days=30),
    }
    return tried(team, who, GRANT, given | other)


def view(team: Team, share: ShareGrant, who: str, **other: Any) -> str:
    given: dict[str, Any] = {
        "tenant": share.tenant_id,
        "share": share.pk,
        "place": 1,
        "kind": "finding",
        "content": '{"format":1,"kind":"finding","shown":{"fact":"x"}}',
        "digest": None,
    }
    return tried(team, who, VIEW, given | other)


def step(
    team: Team, share: ShareGrant, who: str, act: str, after: str, hand: str, **other: Any
) -> str:
    given: dict[str, Any] = {
        "tenant": share.tenant_id,
        "sender": team.actor(who).tenant_id,
        "share": share.pk,
        "act": act,
        "after": after,
        "hand": hand,
        "digest": None,
    }
    return tried(team, who, STEP, given | other)


def digest(team: Team, share: ShareGrant) -> str:
    with acting(team.actor("lin")), connection.cursor() as cursor:
        cursor.execute("SELECT sec.share_digest(%s, %s)", [share.tenant_id, share.pk])
        return str(cursor.fetchone()[0])


@pytest.fixture
def finding(team: Team) -> Chosen:
    return Chosen(Shareable.FINDING, to(team, "fed_back").pk)


def test_a_receiver_asks_and_an_owner_offers_in_their_own_name(team: Team) -> None:
    refused = "share_asked_in_ones_own_name"
    clues = {"kinds": ["clue"]}

    assert begin(team, "jiang") == begin(team, "ye") == begin(team, "jiang", **clues) == ""
    assert begin(team, "jiang", is_offered=True) == refused
    assert begin(team, "lin") == refused
    assert begin(team, "ye", **clues) == refused, "a clerk knows of no clue"
    assert begin(team, "lin", is_offered=True) == begin(team, "wu", is_offered=True) == ""
    assert begin(team, "he", is_offered=True) == refused, "the leading group prepares nothing"
    assert begin(team, "wu", is_offered=True, **clues) == refused
    assert begin(team, "jiang", state="active") == "life_begins_at_its_beginning"
    assert begin(team, "jiang", purpose="curiosity") == "share_purpose_known"
    assert begin(team, "jiang", kinds=["finding", "informant"]) == "share_of_known_kinds"
    assert begin(team, "jiang", kinds=[]) == "share_of_known_kinds"
    assert begin(team, "jiang", roles=[]) == "share_has_readers"
    assert begin(team, "lin", is_offered=True, receiver=DINGHAI) == "share_to_another"


def test_of_clues_those_alone_read_who_handle_clues(team: Team) -> None:
    clues = {"kinds": ["finding", "clue"]}

    assert begin(team, "jiang", roles=["county_clerk"]) == ""
    assert begin(team, "jiang", roles=["county_clerk"], **clues) == "share_readers_fit"
    assert begin(team, "jiang", roles=["discipline_body"], **clues) == ""
    assert begin(team, "jiang", roles=["recusal_officer"]) == "share_readers_fit"


@pytest.mark.parametrize(
    ("kinds", "days", "refused"),
    [
        (["finding"], 1, False),
        (["finding"], 0, True),
        (["finding"], 366, False),
        (["finding"], 367, True),
        (["clue"], 90, False),
        (["clue", "finding"], 91, True),
    ],
)
def test_a_term_has_its_longest(team: Team, kinds: list[str], days: int, refused: bool) -> None:
    told = begin(team, "jiang", kinds=kinds, until_on=today() + timedelta(days=days))

    assert told == ("share_term_within_its_longest" if refused else "")


def test_offices_of_another_city_are_not_asked_and_ask_nobody(
    team: Team, connect_as: Callable[[str], Connection]
) -> None:
    raw = Raw(connect_as("superuser"))
    for number, kind, parent in ((9801, "city", None), (9802, "county", 9801)):
        raw.run(
            "INSERT INTO tenancy_office (id, code, name, short_name, kind, parent_id, name_key)"
            " VALUES (%s, %s, %s, %s, %s, %s, '')",
            number, f"x{number}", f"x{number}", f"x{number}", kind, parent,
        )  # fmt: skip
    raw.connection.commit()

    assert begin(team, "jiang", owner=PUTUO) == ""
    assert begin(team, "jiang", owner=9802) == POLICY
    assert begin(team, "lin", is_offered=True, receiver=9802) == POLICY
    assert begin(team, "jiang", owner=PUTUO, receiver=DINGHAI) == "share_asked_in_ones_own_name"
    assert tried(team, "lin", GROUP, [DINGHAI, [SHENGSI, PUTUO]]) == ""
    for members in ([SHENGSI, 9802], [DINGHAI], [SHENGSI, DINGHAI]):
        assert tried(team, "lin", GROUP, [DINGHAI, members]) == "share_group_of_neighbours"
    assert tried(team, "luo", GROUP, [DINGHAI, [SHENGSI]]) == "share_group_of_neighbours"


def test_the_terms_of_what_is_decided_stand(team: Team, finding: Chosen) -> None:
    share, terms = in_force(team, [finding]), "UPDATE sharing_sharegrant SET may_export = true"
    assert tried(team, "lin", terms) == "share_terms_stand"

    other = ask(team)
    of_other = f"{terms} WHERE id = {other.pk}"
    assert tried(team, "lin", of_other) == tried(team, "wu", of_other) == ""
    assert tried(team, "he", of_other) == "share_terms_stand", "who approves writes none"
    assert tried(team, "jiang", of_other) == "nothing", "the receiver's they are not"
    assert (
        tried(team, "lin", f"UPDATE sharing_sharegrant SET state = 'active' WHERE id = {other.pk}")
        == DENIED
    )
    assert tried(team, "lin", f"DELETE FROM sharing_sharegrant WHERE id = {share.pk}") == DENIED


def test_views_are_made_by_the_owner_of_an_own_record(team: Team, finding: Chosen) -> None:
    share, record = ask(team), {"record": finding.number}
    by_owner, own = "share_view_by_its_owner", "share_view_of_an_own_record"
    draft = begun(team).pk
    clue = '{"format":1,"kind":"clue","shown":{"gist":"x"}}'

    assert view(team, share, "wu", **record) == view(team, share, "lin", **record) == ""
    assert view(team, share, "he", **record) == by_owner
    assert view(team, share, "jiang", **record) == by_owner
    assert view(team, share, "jiang", **record, tenant=SHENGSI) == by_owner
    assert view(team, share, "lin", **record, kind="clue", content=clue) == by_owner, (
        "not asked for"
    )
    assert view(team, share, "lin", record=draft) == own, "not fed back"
    assert view(team, share, "lin", record=share.pk) == own
    assert view(team, share, "lin", **record, digest="0" * 64) == "share_view_has_its_digest"
    assert view(team, share, "lin", **record, content=clue) == "share_view_has_its_digest"
    with acting(team.actor("jiang")):
        (mine,) = offer_shares(actor=team.actor("jiang"), offices=[PUTUO], asked=asked())
    assert view(team, mine, "jiang", **record) == own, "nothing of another office is passed on"


def test_what_is_in_force_becomes_narrower_alone(team: Team, finding: Chosen) -> None:
    share, wider = in_force(team, [finding]), "share_view_no_wider"
    record = {"record": finding.number}
    with acting(team.actor("lin")):
        kept = ShareView.objects.get(grant=share)
        less = view_of(Shareable.FINDING, kept.view.shown, Redaction(frozenset({"fact"})))
    more = kept.content.replace(kept.view.shown["title"], kept.view.shown["title"] + "。")
    hidden = kept.content.replace(kept.view.shown["title"], MARK)

    for content in (kept.content, less.content, hidden):
        assert view(team, share, "wu", **record, content=content) == ""
    assert view(team, share, "wu", **record, content=more) == wider
    assert view(team, share, "wu", **record, content=kept.content, place=2) == wider


LACKS, TURN, HAND = "share_step_has_what_it_needs", "step_in_turn", "step_in_ones_own_hand"


def test_an_act_has_what_it_needs(team: Team, finding: Chosen) -> None:
    share = ask(team)
    prepared = ("prepared", "prepared", "office_clerk")
    assert step(team, share, "wu", *prepared) == LACKS, "no view"
    share = prepare(team, share, [finding], "wu")
    assert step(team, share, "wu", *prepared) == LACKS, "no view of the edition that is to be"

    seen = {"digest": digest(team, share)}
    approved = ("approved", "under_approval", "office_director")
    assert step(team, share, "lin", *approved, **seen) == ""
    assert step(team, share, "lin", *approved, digest="0" * 64) == LACKS
    assert step(team, share, "lin", *approved) == LACKS, "nothing was seen"

    share = approve(team, share, "he")
    granted = ("granted", "active")
    assert step(team, share, "lin", *granted, "office_director", **seen) == ""
    assert step(team, share, "he", *granted, "leading_group", **seen) == LACKS, "the same person"
    assert step(team, share, "luo", *granted, "discipline_body", **seen) == LACKS, "no director"
    share = approve(team, share, "lin")
    assert share.state == "active"
    assert step(team, share, "wu", "narrowed", "active", "office_clerk") == LACKS, "no view"
    destroyed = ("destruction_told", "active", "receiver")
    assert step(team, share, "jiang", *destroyed) == LACKS, "it is in force"


def test_whoever_asked_approves_nothing(team: Team, finding: Chosen) -> None:
    lin = team.actor("lin")
    with acting(lin):
        (share,) = offer_shares(actor=lin, offices=[SHENGSI], asked=asked())
    share = prepare(team, share, [finding], "wu")
    seen = {"digest": digest(team, share)}

    own = step(team, share, "lin", "approved", "under_approval", "office_director", **seen)
    assert own == LACKS
    assert step(team, share, "he", "approved", "under_approval", "leading_group", **seen) == ""


def test_a_clue_is_approved_by_who_watches_and_not_by_whom_it_is_about(team: Team) -> None:
    lin, luo = team.actor("lin"), team.actor("luo")
    share = _of_clues(team, received(team, lin, luo))
    seen = {"digest": digest(team, share)}
    share = approve(team, share, "he")
    granted = ("granted", "active")
    assert step(team, share, "lin", *granted, "office_director", **seen) == LACKS, "nobody watched"
    share = approve(team, share, "luo")
    assert step(team, share, "lin", *granted, "office_director", **seen) == ""
    city = ("approved", "under_approval", "city_director")
    assert step(team, share, "zhao", *city, **seen) == ""

    about_he = _of_clues(team, received(team, lin, luo, subject_name=team.actor("he").name))
    seen = {"digest": digest(team, about_he)}
    approved = ("approved", "under_approval")
    assert step(team, about_he, "he", *approved, "leading_group", **seen) == LACKS
    assert step(team, about_he, "luo", *approved, "discipline_body", **seen) == ""


def _of_clues(team: Team, number: int) -> ShareGrant:
    share = ask(team, purpose=Purpose.HANDLING, kinds=[Shareable.CLUE])
    return prepare(team, share, [Chosen(Shareable.CLUE, number)], "lin")


def test_nothing_is_put_in_force_past_its_day_and_what_is_past_is_to_be_destroyed(
    team: Team, finding: Chosen, connect_as: Callable[[str], Connection]
) -> None:
    share = approve(team, prepare(team, ask(team), [finding], "wu"), "he")
    active = in_force(team, [finding])
    raw = Raw(connect_as("superuser"))
    assert shown(team.actor("jiang")) != []
    _let_pass(raw, today())
    seen = {"digest": digest(team, share)}
    approve_by_sql = step(team, share, "lin", "granted", "active", "office_director", **seen)

    assert approve_by_sql == LACKS
    assert shown(team.actor("jiang")) == []
    assert step(team, active, "jiang", "destruction_told", "active", "receiver") == ""


def _let_pass(raw: Raw, day: date) -> None:
    raw.run("SET LOCAL session_replication_role = 'replica'")
    raw.run("UPDATE sharing_sharegrant SET until_on = %s", day)
    raw.run("UPDATE sharing_shownview SET until_on = %s", day)
    raw.connection.commit()


def test_acts_come_in_turn_and_in_ones_own_hand(team: Team, finding: Chosen) -> None:
    share = ask(team)
    approved = ("approved", "under_approval", "office_director")
    assert step(team, share, "lin", *approved) == TURN, "nothing is prepared"
    assert step(team, share, "lin", "revoked", "revoked", "office_director") == TURN
    assert step(team, share, "lin", "refused", "active", "office_director") == TURN, (
        "leads there not"
    )
    assert step(team, share, "zhao", "refused", "refused", "city_director") == TURN, "no clues"
    assert step(team, share, "lin", "withdrawn", "withdrawn", "receiver") == TURN
    assert step(team, share, "jiang", "refused", "refused", "office_director") == TURN
    assert step(team, share, "jiang", "withdrawn", "withdrawn", "receiver") == ""
    assert step(team, share, "lin", "refused", "refused", "office_director") == ""
    assert step(team, share, "wu", "refused", "refused", "office_director") == HAND
    assert step(team, share, "he", "refused", "refused", "office_director") == HAND
    as_another = step(team, share, "lin", "refused", "refused", "office_director", sender=SHENGSI)
    assert as_another == HAND


def test_views_are_carried_where_the_grant_lets_them(team: Team, finding: Chosen) -> None:
    in_force(team, [finding])
    jiang, kept = team.actor("jiang"), "share_carried_where_allowed"
    [number] = shown(jiang)
    show = "SELECT sec.show_view(%s, %s)"
    for way in ("page", "program"):
        assert tried(team, "jiang", show, [number, way]) == ""
    for way in ("export", "print", "by telephone"):
        assert tried(team, "jiang", show, [number, way]) == kept
    assert tried(team, "jiang", NOTE, [SHENGSI, number, jiang.user_id]) == ""
    assert tried(team, "ye", NOTE, [SHENGSI, number, jiang.user_id]) == "share_note_of_a_shown_view"
    assert (
        tried(team, "jiang", NOTE, [SHENGSI, number + 1, jiang.user_id])
        == "share_note_of_a_shown_view"
    )

    exported = in_force(team, [finding], may_export=True)
    [other] = set(shown(jiang)) - {number}
    assert exported.may_export
    for way in ("export", "print"):
        assert tried(team, "jiang", show, [other, way]) == ""


def test_the_words_are_got_by_no_select_and_the_lines_are_written_by_nobody(
    team: Team, finding: Chosen
) -> None:
    in_force(team, [finding])

    assert tried(team, "jiang", "SELECT digest, fields FROM sharing_shownview") == ""
    for column in ("content", "concerns", "*"):
        assert tried(team, "jiang", f"SELECT {column} FROM sharing_shownview") == DENIED
    for table in ("shownview", "sharedisclosure"):
        for sql in (
            f"DELETE FROM sharing_{table}",
            f"UPDATE sharing_{table} SET digest = ''",
            f"INSERT INTO sharing_{table} (digest) VALUES ('')",
        ):
            assert tried(team, "lin", sql) == tried(team, "jiang", sql) == DENIED
    for table in ("sharegrantstep", "shareview", "sharenote"):
        assert tried(team, "lin", f"DELETE FROM sharing_{table}") == DENIED


@pytest.mark.parametrize("gone", [DINGHAI, SHENGSI])
def test_what_an_office_shared_and_was_shared_with_it_ends_with_it(
    team: Team, finding: Chosen, connect_as: Callable[[str], Connection], gone: int
) -> None:
    share = in_force(team, [finding])
    jiang, raw = team.actor("jiang"), Raw(connect_as("superuser"))
    lay_platform(raw)
    raw.connection.commit()
    [number] = shown(jiang)
    with acting(keeper()):
        abolish_office(actor=keeper(), number=PUTUO, successor=gone)
    assert shown(jiang) == [number], "another's end is not theirs"

    with acting(keeper()):
        abolish_office(actor=keeper(), number=gone, successor=9004)

    assert shown(jiang) == []
    assert raw.one("SELECT count(*) FROM sharing_shownview WHERE taken_back_at IS NULL") == 0
    assert raw.one("SELECT state FROM sharing_sharegrant WHERE id = %s", share.pk) == "revoked"
