"""Who is told what where programs share, class by class of what went wrong elsewhere: each refusal
beside what is allowed."""

from __future__ import annotations

import pytest

from sharing.api import share_groups, share_sights, share_views, shares
from sharing.domain.grants import Purpose
from sharing.domain.shared_views import Shareable
from sharing.models.share_grants import ShareView
from sharing.services.preparing_shares import Chosen
from tenancy.domain.roles import Permission, Role
from tests.api.calling import program_of, program_with, token_of
from tests.api.programs_of_shares import NOBODY_S, finding, program, same_but_number
from tests.api.test_who_may import CALLS, either
from tests.architecture.test_endpoints import VERBS
from tests.beside_shares import seated
from tests.clues import received
from tests.shares import approve, ask, in_force, prepare, shown
from tests.teams import Team

OPERATIONS = {
    verb.operation
    for module in (shares, share_views, share_sights, share_groups)
    for endpoint in vars(module).values()
    if isinstance(endpoint, type)
    for name in VERBS
    if (verb := getattr(getattr(endpoint, name, None), "declared", None))
}


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
