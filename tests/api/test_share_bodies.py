"""What programs write where they share, class by class of what went wrong elsewhere: each refusal
beside what is allowed."""

from __future__ import annotations

from typing import Any

import pytest

from sharing.domain.shared_views import FIELDS, MARK, Shareable
from sharing.models.share_grants import ShareGrant, ShareNote, ShareView
from tests.api.calling import program_of
from tests.api.programs_of_shares import finding, program, rows_of
from tests.api.sharing_views import terms, wanted
from tests.beside_shares import county_of_another_city, third_county
from tests.people import acting
from tests.shares import ask, in_force, prepare, shown
from tests.teams import Team

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


def test_a_reversed_period_and_no_office_are_refused_by_their_names(team: Team) -> None:
    jiang, offices = program(team, "jiang"), [team.actor("lin").tenant_id]
    days = {"happened_from": "2026-10-10", "happened_until": "2026-09-10"}

    for address in ("/shares", "/shares/offers"):
        turned = jiang.act(address, wanted(offices=offices, **days))
        assert (turned.status, turned.code) == (422, "sharing.share.period_reversed")
        nobody = jiang.act(address, wanted(offices=[]))
        assert (nobody.status, nobody.code) == (422, "sharing.share.of_no_office")


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


# --- Fields that a request names -----------------------------------------------------------


@pytest.mark.parametrize("said", [{}, {"withheld": []}], ids=["left out", "none"])
def test_what_was_not_asked_for_is_withheld_unless_a_program_says_what_is(
    team: Team, said: dict[str, Any]
) -> None:
    jiang, wu, dinghai = program(team, "jiang"), program(team, "wu"), team.actor("lin").tenant_id
    named = wanted(offices=[dinghai], fields={"finding": ["title", "fact"]})
    made = jiang.act("/shares", named).json["shares"][0]["number"]
    record = {"kind": "finding", "record": finding(team).number} | said

    wu.act(f"/shares/{made}/preparation", terms(records=[record]))

    [view] = wu.get(f"/shares/{made}/views").json["views"]
    has = {one["name"] for one in view["shape"] if one["after"] is not None}
    assert has == (set(FIELDS[Shareable.FINDING]) if said else {"title", "fact"})


def test_fields_of_a_kind_that_is_not_asked_for_are_refused_and_named(team: Team) -> None:
    jiang, dinghai = program(team, "jiang"), team.actor("lin").tenant_id

    refused = jiang.act("/shares", wanted(offices=[dinghai], fields={"clue": ["gist"]}))

    assert (refused.status, refused.code) == (422, "sharing.share.fields_unfit")
    assert refused.json["data"] == {"kind": "clue"}
    assert rows_of(team, ShareGrant) == 0
