"""What else went wrong where programs share, class by class: each refusal beside what is allowed."""

from __future__ import annotations

from typing import Any

import pytest

from sharing.api import share_groups, share_sights, share_views, shares
from sharing.domain.grants import Purpose
from sharing.domain.shared_views import MARK, Shareable
from sharing.models.share_grants import ShareGrant, ShareNote, ShareView
from sharing.services.preparing_shares import Chosen
from tenancy.domain.roles import Permission, Role
from tests.api.calling import Answer, Program, program_of, program_with, token_of
from tests.api.sharing_views import terms, wanted
from tests.api.test_who_may import CALLS, either
from tests.architecture.test_endpoints import VERBS
from tests.beside_shares import county_of_another_city, seated, third_county
from tests.clues import received
from tests.papers import to
from tests.people import acting
from tests.shares import approve, ask, in_force, prepare, shown
from tests.teams import Team

NOBODY_S = 987_654_321_987_654
OPERATIONS = {
    verb.operation
    for module in (shares, share_views, share_sights, share_groups)
    for endpoint in vars(module).values()
    if isinstance(endpoint, type)
    for name in VERBS
    if (verb := getattr(getattr(endpoint, name, None), "declared", None))
}


def program(team: Team, who: str) -> Program:
    return program_of(team.actor(who))


def rows_of(team: Team, model: Any) -> int:
    """Of all offices."""
    with team.django_as("superuser"):
        count: int = model.objects.count()
        return count


def same_but_number(one: Answer, number: int, other: Answer, others: int) -> bool:
    return (one.status, one.body.replace(str(number).encode(), b"N")) == (
        other.status,
        other.body.replace(str(others).encode(), b"N"),
    )


def finding(team: Team) -> Chosen:
    return Chosen(Shareable.FINDING, to(team, "fed_back").pk)


# --- A second query past the rules ---------------------------------------------------------


@pytest.mark.parametrize("part", ["views", "reach", "certificate"])
def test_what_is_the_owner_s_alone_is_not_there_for_the_receiver(team: Team, part: str) -> None:
    share = in_force(team, [finding(team)])
    owner, receiver, city = (program(team, who) for who in ("lin", "jiang", "zhao"))

    assert owner.get(f"/shares/{share.pk}/{part}").status == 200
    assert receiver.get(f"/shares/{share.pk}").status == 200
    absent = receiver.get(f"/shares/{NOBODY_S}/{part}")
    told = receiver.get(f"/shares/{share.pk}/{part}")
    assert told.status == 404
    assert same_but_number(told, share.pk, absent, NOBODY_S)
    assert city.get(f"/shares/{share.pk}").status == 200
    assert city.get(f"/shares/{share.pk}/{part}").status in (403, 404)


def test_a_receiver_is_told_no_act_of_the_owner_and_no_digest(team: Team) -> None:
    share = prepare(team, ask(team), [finding(team)], "wu")
    approve(team, share, "lin")
    owner, receiver = program(team, "lin"), program(team, "jiang")

    told, known = (one.get(f"/shares/{share.pk}").json for one in (receiver, owner))

    assert [one["act"] for one in known["steps"]] == ["prepared", "approved"]
    assert (known["digest"] != "", len(known["approvals"])) == (True, 1)
    assert (told["steps"], told["approvals"], told["lacks"], told["digest"]) == ([], [], [], "")
    assert "吴清和" not in str(told)
    assert "林知远" not in str(told)


# --- A child that is stricter than its parent ----------------------------------------------


def clue_about(team: Team, name: str) -> Chosen:
    number = received(team, team.actor("lin"), team.actor("luo"), subject_name=name)
    return Chosen(Shareable.CLUE, number)


def test_a_view_of_a_clue_stays_hidden_in_a_grant_that_is_seen(team: Team) -> None:
    """Whom a clue is about reads the finding beside it, and does not learn of the other."""
    both = [Shareable.FINDING, Shareable.CLUE]
    records = [finding(team), clue_about(team, "江听澜"), clue_about(team, "骆怀川")]
    share = in_force(team, records, purpose=Purpose.HANDLING, kinds=both)
    with team.django_as("superuser"):
        hidden = ShareView.objects.get(grant=share, place=2)
    jiang = program(team, "jiang")

    listed = jiang.get("/shared-views").json["items"]
    page = jiang.get(f"/shares/{share.pk}").json

    assert sorted(one["kind"] for one in listed) == ["clue", "finding"]
    assert [one["kind"] for one in page["shown"]] == ["finding", "clue"]
    assert hidden.digest not in str(listed) + str(page)
    for one in listed:
        read = jiang.get(f"/shared-views/{one['number']}")
        assert read.status == 200
        assert "江听澜" not in read.body.decode()


def test_a_clerk_learns_nothing_of_a_grant_that_has_a_clue_in_it(team: Team) -> None:
    both = [Shareable.FINDING, Shareable.CLUE]
    records = [finding(team), clue_about(team, "骆怀川")]
    share = in_force(team, records, purpose=Purpose.HANDLING, kinds=both)
    wu, ye, lin = (program(team, who) for who in ("wu", "ye", "lin"))

    for clerk, lists in ((wu, ("shared", "of_us")), (ye, ("with_us", "by_us", "running_out"))):
        absent = clerk.get(f"/shares/{NOBODY_S}")
        assert same_but_number(clerk.get(f"/shares/{share.pk}"), share.pk, absent, NOBODY_S)
        for one in lists:
            assert clerk.get(f"/shares?list={one}").json["items"] == []
        assert clerk.get("/shared-views").json["items"] == []
    number = records[0].number
    assert wu.get(f"/findings/{number}/sights").json["sights"] == []
    assert len(lin.get(f"/findings/{number}/sights").json["sights"]) == 1


def test_a_clerk_sees_a_grant_of_findings_alone(team: Team) -> None:
    share = in_force(team, [finding(team)])

    assert program(team, "wu").get("/shares?list=shared").json["items"][0]["number"] == share.pk
    assert program(team, "ye").get(f"/shares/{share.pk}").status == 200


# --- A change that leaves a field out ------------------------------------------------------


@pytest.mark.parametrize("left_out", ["roles", "until_on", "records"])
def test_a_preparation_that_leaves_something_out_is_refused_whole(
    team: Team, left_out: str
) -> None:
    share, record = ask(team), {"kind": "finding", "record": finding(team).number}
    wu, whole = program(team, "wu"), terms(records=[record])
    part = {name: said for name, said in whole.items() if name != left_out}

    refused = wu.act(f"/shares/{share.pk}/preparation", part)

    assert (refused.status, list(refused.json["errors"])) == (422, [left_out])
    assert rows_of(team, ShareView) == 0
    assert wu.act(f"/shares/{share.pk}/preparation", whole).status == 200


@pytest.mark.parametrize(
    ("act", "body"),
    [("approvals", {}), ("refusal", {}), ("narrowing", {"left_out": [1]}), ("revocation", {})],
)
def test_an_act_without_its_reason_or_what_was_seen_is_refused(
    team: Team, act: str, body: dict[str, Any]
) -> None:
    share = prepare(team, ask(team), [finding(team)], "wu")
    lin = program(team, "lin")

    assert lin.act(f"/shares/{share.pk}/{act}", body).status == 422
    assert lin.get(f"/shares/{share.pk}").json["share"]["state"] == "prepared"


def test_a_group_is_changed_whole_or_not_at_all(team: Team) -> None:
    lin, shengsi = program(team, "lin"), team.actor("jiang").tenant_id
    made = lin.act("/share-groups", {"name": "海岛县", "offices": [shengsi]}).json
    here = f"/share-groups/{made['group']['number']}"

    for part in ({"name": "x"}, {"offices": [shengsi]}, {"name": "x", "offices": []}):
        assert lin.put(here, part).status == 422
    assert lin.get(here).json == made
    assert lin.put(here, {"name": "海岛县（区）", "offices": [shengsi]}).status == 200


# --- The caller says whose it is -----------------------------------------------------------

WHOSE = ("tenant", "tenant_id", "id", "pk", "owner", "receiver", "watcher", "asked_by", "state")
SMUGGLED = (*WHOSE, "steps", "edition", "granted_at", "batch", "is_offered", "digest")


def test_a_request_says_nothing_of_whose_it_is(team: Team) -> None:
    jiang, dinghai = program(team, "jiang"), team.actor("lin").tenant_id

    for address in ("/shares", "/shares/offers"):
        for key in SMUGGLED:
            refused = jiang.act(address, wanted(offices=[dinghai]) | {key: dinghai})
            assert (refused.status, list(refused.json["errors"])) == (422, [key])
    assert rows_of(team, ShareGrant) == 0
    assert jiang.act("/shares", wanted(offices=[dinghai])).status == 201


def test_a_record_that_is_prepared_says_nothing_of_whose_it_is(team: Team) -> None:
    share, number = ask(team), finding(team).number
    wu, record = program(team, "wu"), {"kind": "finding", "record": number}
    here = f"/shares/{share.pk}/preparation"

    for key in (*WHOSE, "grant", "view", "edition", "content", "made_by_name"):
        refused = wu.act(here, terms(records=[record | {key: number}]))
        assert (refused.status, list(refused.json["errors"])) == (422, [f"records.0.{key}"])
    assert rows_of(team, ShareView) == 0
    assert wu.act(here, terms(records=[record])).status == 200


def test_a_note_says_nothing_of_whose_it_is(team: Team) -> None:
    in_force(team, [finding(team)])
    jiang = program(team, "jiang")
    [number] = shown(team.actor("jiang"))

    for key in (*WHOSE, "grant_number", "view", "digest", "written_by"):
        refused = jiang.act(f"/shared-views/{number}/notes", {"text": "x", key: 1})
        assert (refused.status, list(refused.json["errors"])) == (422, [key])
    assert rows_of(team, ShareNote) == 0
    assert jiang.act(f"/shared-views/{number}/notes", {"text": "x"}).status == 201


# --- One object is judged and another acted on ---------------------------------------------


def test_an_approval_of_one_grant_does_not_approve_another(team: Team) -> None:
    one = finding(team)
    first, second = (prepare(team, ask(team, wanted=f"事项{n}"), [one], "wu") for n in (1, 2))
    second = prepare(team, second, [one], "wu", until_on=first.until_on, may_export=True)
    lin = program(team, "lin")
    seen = {n: lin.get(f"/shares/{n}").json["digest"] for n in (first.pk, second.pk)}

    crossed = lin.act(f"/shares/{first.pk}/approvals", {"seen": seen[second.pk]})
    named = lin.act(f"/shares/{first.pk}/approvals", {"seen": seen[first.pk], "share": second.pk})

    assert (crossed.status, crossed.code) == (409, "sharing.share.changed")
    assert named.status == 422
    for number in seen:
        assert lin.get(f"/shares/{number}").json["share"]["state"] == "prepared"
    approved = lin.act(f"/shares/{first.pk}/approvals", {"seen": seen[first.pk]}).json
    assert approved["share"]["state"] == "under_approval"
    assert lin.get(f"/shares/{second.pk}").json["share"]["state"] == "prepared"


def test_a_place_of_another_grant_is_none_of_this_one(team: Team) -> None:
    one = finding(team)
    share = in_force(team, [one])
    in_force(team, [one, one])
    lin, less = program(team, "lin"), {"reason": "不再需要", "left_out": []}

    refused = lin.act(
        f"/shares/{share.pk}/narrowing", less | {"further": [{"place": 2, "withheld": ["fact"]}]}
    )

    assert (refused.status, refused.code) == (422, "sharing.share.record_missing")
    fit = less | {"further": [{"place": 1, "withheld": ["fact"]}]}
    assert lin.act(f"/shares/{share.pk}/narrowing", fit).status == 200


# --- A bulk act that looks at the role alone -----------------------------------------------


def test_one_office_of_another_city_among_neighbours_undoes_the_whole(team: Team) -> None:
    jiang, dinghai = program(team, "jiang"), team.actor("lin").tenant_id
    putuo, elsewhere = third_county(team).tenant_id, county_of_another_city(team)

    for foreign in (elsewhere, 987_654):
        for address in ("/shares", "/shares/offers"):
            refused = jiang.act(address, wanted(offices=[dinghai, foreign, putuo]))
            assert (refused.status, refused.code) == (422, "sharing.share.office_unknown")
        group = {"name": "x", "offices": [dinghai, foreign]}
        assert jiang.act("/share-groups", group).code == "sharing.share.office_unknown"
    assert rows_of(team, ShareGrant) == 0
    assert jiang.act("/shares", wanted(offices=[dinghai, putuo])).status == 201
    assert jiang.act("/share-groups", {"name": "x", "offices": [dinghai, putuo]}).status == 201


def test_one_foreign_record_among_own_undoes_the_whole(team: Team) -> None:
    """Dinghai's finding is not Putuo's to share, and is told from nobody's by nothing."""
    number = finding(team).number
    putuo = third_county(team)
    share = ask(team)
    with acting(team.actor("jiang")):
        other = ShareGrant.objects.get(pk=_asked_of(team, putuo.tenant_id))
    wu, qi = program(team, "wu"), program_of(putuo)

    def body(*numbers: int) -> dict[str, Any]:
        return terms(records=[{"kind": "finding", "record": one} for one in numbers])

    foreign = qi.act(f"/shares/{other.pk}/preparation", body(number))
    nobody_s = qi.act(f"/shares/{other.pk}/preparation", body(987_654_321))
    mixed = wu.act(f"/shares/{share.pk}/preparation", body(number, 987_654_321))

    assert (foreign.status, foreign.code) == (422, "sharing.share.record_missing")
    assert foreign.body == nobody_s.body
    assert (mixed.status, mixed.json["data"]) == (422, {"place": 2})
    assert rows_of(team, ShareView) == 0
    assert wu.act(f"/shares/{share.pk}/preparation", body(number)).status == 200


def _asked_of(team: Team, office: int) -> int:
    made = program(team, "jiang").act("/shares", wanted(offices=[office])).json
    number: int = made["shares"][0]["number"]
    return number


def test_a_place_that_is_none_among_places_that_are_undoes_the_whole(team: Team) -> None:
    one = finding(team)
    share = in_force(team, [one, one])
    lin = program(team, "lin")

    refused = lin.act(f"/shares/{share.pk}/narrowing", {"left_out": [2, 7], "reason": "x"})

    assert (refused.status, refused.code) == (422, "sharing.share.record_missing")
    assert len(shown(team.actor("jiang"))) == 2
    assert lin.act(f"/shares/{share.pk}/narrowing", {"left_out": [2], "reason": "x"}).status == 200
    assert len(shown(team.actor("jiang"))) == 1


# --- A rule for everybody, or one that is misspelt -----------------------------------------


def test_no_operation_is_open_to_whoever_is_seated() -> None:
    assert len(OPERATIONS) > 25
    for name in OPERATIONS:
        needed = either(CALLS[name][2])
        assert needed, name
        assert all(isinstance(one, Permission) for one in needed), name
        assert not needed & {Permission.VIEW_NOTICES, Permission.VIEW_FINDINGS}, name


def test_whoever_holds_no_permission_of_shares_is_refused_each(team: Team) -> None:
    song = program(team, "song")

    for operation in sorted(OPERATIONS):
        method, address, _ = CALLS[operation]
        answer = song.get(address) if method == "get" else song.act(address, {}, method=method)
        assert (answer.status, answer.code) == (403, "kernel.act.not_allowed"), operation


def test_a_token_that_sees_shares_reads_no_view(team: Team) -> None:
    in_force(team, [finding(team)])
    jiang = team.actor("jiang")
    [number] = shown(jiang)
    sees = program_with(token_of(jiang, Permission.VIEW_SHARES))
    reads = program_with(token_of(jiang, Permission.READ_SHARED_VIEWS))

    assert sees.get("/shares").status == 200
    assert sees.get(f"/shared-views/{number}").status == 403
    assert reads.get(f"/shared-views/{number}").status == 200
    assert reads.get("/shares").status == 403


def test_a_seat_that_the_grant_does_not_name_reads_no_view(team: Team) -> None:
    in_force(team, [finding(team)])
    [number] = shown(team.actor("jiang"))
    ye = program(team, "ye")
    leader = program_of(seated(team, "shengsi", 9703, "程远帆", Role.LEADING_GROUP))

    for one in (ye, leader):
        answer = one.get(f"/shared-views/{number}")
        assert answer.status == 404
        assert one.get("/shared-views").json["items"] == []
    assert program(team, "jiang").get(f"/shared-views/{number}").status == 200


# --- What is hidden ------------------------------------------------------------------------


def test_a_phrase_is_hidden_wherever_it_stands_beside_what_was_marked(team: Team) -> None:
    share, number = ask(team), finding(team).number
    wu, lin = program(team, "wu"), program(team, "lin")
    record = {
        "kind": "finding",
        "record": number,
        "phrases": ["教育局"],
        "spans": [{"field": "unit", "start": 2, "end": 5}],
    }

    assert wu.act(f"/shares/{share.pk}/preparation", terms(records=[record])).status == 200

    [view] = lin.get(f"/shares/{share.pk}/views").json["views"]
    after = {one["name"]: one["after"] for one in view["shape"]}
    assert "教育局" not in str(after)
    assert MARK in after["unit"]


def test_a_phrase_that_stands_nowhere_is_said_and_nothing_is_prepared(team: Team) -> None:
    share, number = ask(team), finding(team).number
    wu = program(team, "wu")
    record = {"kind": "finding", "record": number, "phrases": ["教育局", "某某某"]}

    refused = wu.act(f"/shares/{share.pk}/preparation", terms(records=[record]))

    assert (refused.status, refused.code) == (422, "sharing.share.phrase_nowhere")
    assert refused.json["data"]["place"] == 1
    assert "某某某" in refused.json["message"]
    assert rows_of(team, ShareView) == 0


def test_a_phrase_of_what_is_shown_now_is_hidden_by_narrowing(team: Team) -> None:
    share = in_force(team, [finding(team)])
    lin, jiang = program(team, "lin"), program(team, "jiang")
    here = f"/shares/{share.pk}/narrowing"

    nowhere = {"further": [{"place": 1, "phrases": ["某某某"]}], "reason": "x"}
    assert lin.act(here, nowhere).code == "sharing.share.phrase_nowhere"
    found = {"further": [{"place": 1, "phrases": ["教育局"]}], "reason": "x"}
    assert lin.act(here, found).status == 200

    [line] = jiang.get("/shared-views").json["items"]
    assert "教育局" not in jiang.get(f"/shared-views/{line['number']}").body.decode()


# --- What leaves as a document -------------------------------------------------------------


def test_a_copy_is_had_where_the_grant_says_so_and_not_else(team: Team) -> None:
    in_force(team, [finding(team)])
    [kept] = shown(team.actor("jiang"))
    jiang = program(team, "jiang")

    refused = jiang.get(f"/shared-views/{kept}/export")

    assert (refused.status, refused.code) == (403, "sharing.shared_view.not_carried")
    in_force(team, [Chosen(Shareable.FINDING, _finding_of(team))], may_export=True)
    [number] = set(shown(team.actor("jiang"))) - {kept}
    assert jiang.get(f"/shared-views/{number}/export").body.startswith(b"PK")


def _finding_of(team: Team) -> int:
    lin = program(team, "lin")
    number: int = lin.get("/findings").json["items"][0]["number"]
    return number


def test_what_was_never_in_force_is_not_certified(team: Team) -> None:
    share = ask(team)

    refused = program(team, "lin").get(f"/shares/{share.pk}/certificate")

    assert (refused.status, refused.code) == (409, "sharing.share.never_in_force")
