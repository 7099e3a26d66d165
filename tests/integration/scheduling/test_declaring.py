"""What offices declare: it reaches the seats at once, once, and without a reason."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from psycopg2.extensions import connection as Connection

from kernel.errors import DomainError, NotAllowed, NotVisible
from scheduling.domain.vocabulary import HOME_TIES, LEADING_TIES, TIES
from scheduling.errors import (
    DeclaredPersonUnknown,
    DeclaredTargetUnknown,
    OnlyTheDisciplineBodyTakesItBack,
    TieOutOfRange,
)
from scheduling.models.declarations import Declaration
from scheduling.models.notices import Notice
from scheduling.models.plans import SeatSuspension
from scheduling.selectors.declarations import DeclaredLine, declared_in_round, ties_page
from scheduling.services.declaring import (
    declare,
    declare_for_round,
    declare_unavailable,
    withdraw,
)
from scheduling.services.tie_drafts import WHOLE_ROUND, Tie
from tenancy.actor import Actor
from tenancy.context import in_office
from tenancy.domain.roles import Role
from tenancy.models import AuditEntry
from tests.import_desk import media, signed_in
from tests.integration.scheduling.stage import Stage
from tests.integration.scheduling.world import CANARY, World, acting, person

__all__ = ["media", "signed_in"]

CHANGING = re.compile(
    rb'"X-CSRFToken": "[^"]*"|name="(?:csrfmiddlewaretoken|form_key)" value="[^"]*"|<time.*?</time>'
)


@pytest.fixture
def stage(world: World, connect_as: Callable[[str], Connection]) -> Stage:
    return Stage.set_up(world, connect_as)


@pytest.fixture
def qiu(stage: Stage) -> Actor:
    """Dinghai's discipline body."""
    return seated(stage, 9021, "dinghai", Role.DISCIPLINE_BODY)


def seated(stage: Stage, number: int, office: str, role: Role) -> Actor:
    anybody = stage.hands("superuser")
    anybody.run(
        "INSERT INTO tenancy_user (id, username, display_name, password, language, is_active)"
        " VALUES (%s, %s, %s, '', '', true)",
        number,
        f"user{number}",
        f"机关{number}",
    )
    tenant = stage.world.offices[office].pk
    anybody.run(
        "INSERT INTO tenancy_membership (tenant_id, user_id, role, since_on)"
        " VALUES (%s, %s, %s, '2020-01-01')",
        tenant,
        number,
        role.value,
    )
    anybody.commit()
    home = stage.world.offices[office]
    return Actor(number, f"机关{number}", tenant, home.short_name, home.kind, frozenset({role}))


def tie(stage: Stage, at: str = "putuo:U1", **said: Any) -> Tie:
    county, _, code = at.partition(":")
    content: dict[str, Any] = {
        "target": "unit" if code else "county",
        "kind": "relative",
        "office": stage.world.offices[county].pk,
        "code": code,
    }
    return Tie(**(content | said))


def declared(
    stage: Stage, person: str = "001", actor: Actor | None = None, **said: Any
) -> Declaration:
    actor = actor or stage.world.wu
    number = stage.world.call_to("dinghai").pk
    with acting(actor):
        return declare(actor=actor, number=number, person=person, tie=tie(stage, **said))


def cannot_come(stage: Stage, actor: Actor, person: str = "001") -> Declaration:
    number = stage.world.call_to("dinghai").pk
    with acting(actor):
        return declare_unavailable(actor=actor, number=number, person=person)


# --- The act --------------------------------------------------------------------------------


def test_a_tie_suspends_the_seat_within_the_act_and_tells_the_city(stage: Stage) -> None:
    stage.seated(stage.draft("putuo:U1"), "dinghai-001", "dinghai-002")

    made = declared(stage)

    with acting(stage.world.chen):
        [suspended] = SeatSuspension.objects.all()
        assert (suspended.person_id, suspended.declaration_id) == (
            stage.people["dinghai-001"],
            made.pk,
        )
        [told] = Notice.objects.filter(kind="declaration_received")
        assert told.number == stage.round.pk
        assert "relative" not in str(told.about)


def test_declaring_the_same_twice_declares_it_once(stage: Stage) -> None:
    first = declared(stage)

    assert declared(stage, actor=stage.world.lin).pk == first.pk
    assert declared(stage, kind="school").pk != first.pk
    assert declared(stage, person="002").pk != first.pk
    with acting(stage.world.chen):
        assert Notice.objects.filter(kind="declaration_received").count() == 3


def test_what_was_taken_back_can_be_declared_again(stage: Stage) -> None:
    first = declared(stage)
    with acting(stage.world.wu):
        withdraw(actor=stage.world.wu, number=first.pk)
        withdraw(actor=stage.world.wu, number=first.pk)
        assert ties_page(stage.world.wu).lines == []

    assert declared(stage).pk != first.pk


def test_the_record_says_who_and_of_whom_and_not_what(stage: Stage) -> None:
    made = declared(stage)
    with acting(stage.world.wu):
        withdraw(actor=stage.world.wu, number=made.pk)
        said = AuditEntry.objects.filter(object_id=made.pk, action__contains="declaration")
        lines = {entry.action: entry.data for entry in said}

    assert lines == {
        "scheduling.declaration.made": {
            "round": stage.round.pk,
            "person": "001",
            "is_new": True,
        },
        "scheduling.declaration.withdrawn": {"round": stage.round.pk},
    }


def test_the_city_declares_for_its_round_about_anybody_released_to_it(stage: Stage) -> None:
    stage.seated(stage.draft("putuo:U1"), "dinghai-001")
    chen, dinghai = stage.world.chen, stage.world.offices["dinghai"].pk
    upheld = tie(stage, kind="objection")

    with acting(chen):
        made = declare_for_round(
            actor=chen, number=stage.round.pk, office=dinghai, person="001", tie=upheld
        )
        assert SeatSuspension.objects.count() == 1
        with pytest.raises(DeclaredPersonUnknown):
            declare_for_round(
                actor=chen, number=stage.round.pk, office=dinghai, person="777", tie=upheld
            )
        withdraw(actor=chen, number=made.pk)
        assert declared_in_round(chen, stage.round.pk).lines == []
        out = declare_for_round(
            actor=chen, number=stage.round.pk, office=dinghai, person="001", tie=WHOLE_ROUND
        )
        withdraw(actor=chen, number=out.pk)


WRONG: list[tuple[dict[str, Any], type[DomainError], str]] = [
    ({"kind": "objection"}, TieOutOfRange, "tie.kind"),  # the city's word
    ({"kind": "nonsense"}, TieOutOfRange, "tie.kind"),
    ({"target": "round", "office": None, "code": ""}, TieOutOfRange, "tie.target"),
    ({"severity": "perhaps"}, TieOutOfRange, "tie.severity"),
    ({"severity": "soft", "target": "person"}, TieOutOfRange, "tie.severity"),
    ({"weight": 0}, TieOutOfRange, "tie.weight"),
    ({"weight": 101}, TieOutOfRange, "tie.weight"),
    ({"roles": ["king"]}, TieOutOfRange, "tie.roles"),
    ({"office": None}, DeclaredTargetUnknown, "tie.office"),
    ({"code": ""}, DeclaredTargetUnknown, "tie.code"),
    ({"target": "county"}, DeclaredTargetUnknown, "tie.code"),
    ({"office": 9002, "code": "U77"}, DeclaredTargetUnknown, "tie.code"),
    ({"office": 9002, "code": "001", "target": "person"}, DeclaredTargetUnknown, "tie.code"),
]


def test_what_does_not_hold_is_refused_where_it_was_typed_and_its_twin_is_not(
    stage: Stage,
) -> None:
    for said, refusal, field in WRONG:
        with pytest.raises(refusal) as refused:
            declared(stage, **said)
        assert refused.value.fields == (field,), said
    with pytest.raises(DeclaredPersonUnknown):
        declared(stage, person="777")

    for said in (
        {"kind": "superior", "roles": ["leader", "deputy"]},
        {"severity": "soft", "weight": 100},
        {"target": "county", "code": ""},
        {"office": 9002, "code": "U1"},
        {"office": 9002, "code": "002", "target": "person"},
        {"office": 9003, "code": "001", "target": "person"},
    ):
        assert declared(stage, **said).pk


def test_every_kind_has_its_word_in_both_languages() -> None:
    assert set(TIES) == {*HOME_TIES, *LEADING_TIES, "unavailable"}
    assert all(word.text.zh and word.text.en for word in TIES.values())


# --- Who may --------------------------------------------------------------------------------


def test_nobody_declares_for_a_call_that_is_not_theirs(stage: Stage) -> None:
    number = stage.world.call_to("shengsi").pk

    with acting(stage.world.lin), pytest.raises(NotVisible):
        declare(actor=stage.world.lin, number=number, person="001", tie=tie(stage))
    with acting(stage.world.chen), pytest.raises(NotVisible):
        declare(actor=stage.world.chen, number=number, person="001", tie=tie(stage))


def test_nobody_takes_back_what_another_office_declared(stage: Stage) -> None:
    made = declared(stage)

    for stranger in (stage.world.jiang, stage.world.chen):
        with acting(stranger), pytest.raises(NotVisible):
            withdraw(actor=stranger, number=made.pk)


def test_the_discipline_body_says_that_somebody_cannot_come_and_nothing_else(
    stage: Stage, qiu: Actor
) -> None:
    made = declared(stage)

    with pytest.raises(NotAllowed):
        declared(stage, actor=qiu)
    with acting(qiu), pytest.raises(NotVisible):
        withdraw(actor=qiu, number=made.pk)
    with acting(qiu):
        assert ties_page(qiu).lines == []  # it reads nobody's ties

    assert cannot_come(stage, qiu).pk


def test_the_scheduler_reads_no_roster_here_either(stage: Stage) -> None:
    with acting(stage.world.chen), pytest.raises(NotAllowed):
        ties_page(stage.world.chen)


# --- "Cannot come" looks the same, whoever says it ------------------------------------------


def test_a_flag_and_a_late_leave_cannot_be_told_apart(stage: Stage, qiu: Actor) -> None:
    leave = cannot_come(stage, stage.world.wu, "001")
    flag = cannot_come(stage, qiu, "002")
    same = ("target", "kind", "severity", "weight", "roles", "target_office_id", "sender_id")
    assert [getattr(leave, name) for name in same] == [getattr(flag, name) for name in same]

    for reader in (stage.world.wu, stage.world.lin):
        with acting(reader):
            first, second = ties_page(reader).lines
        assert looks(first) == looks(second)
    with acting(stage.world.chen):
        first, second = declared_in_round(stage.world.chen, stage.round.pk).lines
        assert looks(first) == looks(second)
        one, other = Notice.objects.filter(kind="declaration_received")
        assert (one.about, one.sender_id) == (other.about, other.sender_id)


def test_the_city_sees_which_declaration_names_nothing_of_its_round(stage: Stage) -> None:
    """A county types the code of another county's unit: a slip would bind nobody, and say nothing."""
    declared(stage, "001", at="putuo:U1")
    declared(stage, "002", at="putuo:U99")

    with acting(stage.world.chen):
        lines = declared_in_round(stage.world.chen, stage.round.pk).lines

    assert [line.is_lost for line in lines] == [True, False]


def test_not_even_the_own_city_s_notice_says_who_it_was(stage: Stage) -> None:
    """A notice to one's own office remembers its author, to whom it is no news. Not this one."""
    city = stage.world.offices["zhoushan"]
    body = seated(stage, 9022, "zhoushan", Role.DISCIPLINE_BODY)
    with stage.world.django_as("worker"), in_office(city.pk):
        person(city, 1).save()
    stage.world.call(stage.round, ["zhoushan"])

    with acting(body):
        number = stage.world.call_to("zhoushan").pk
        declare_unavailable(actor=body, number=number, person="001")

    with acting(stage.world.chen):
        [told] = Notice.objects.filter(kind="declaration_received")
    assert str(body.user_id) not in str(told.about)


def test_the_discipline_body_alone_sees_which_it_said_itself(stage: Stage, qiu: Actor) -> None:
    cannot_come(stage, stage.world.wu, "001")
    cannot_come(stage, qiu, "002")

    with acting(qiu):
        ours = {line.person: line.is_ours for line in ties_page(qiu).lines}

    assert ours == {"定海甲": False, "定海乙": True}


def test_nobody_finds_out_by_taking_it_back(stage: Stage, qiu: Actor) -> None:
    for made in (cannot_come(stage, stage.world.wu, "001"), cannot_come(stage, qiu, "002")):
        for who in (stage.world.wu, stage.world.lin):
            with acting(who), pytest.raises(OnlyTheDisciplineBodyTakesItBack):
                withdraw(actor=who, number=made.pk)
        with acting(qiu):
            withdraw(actor=qiu, number=made.pk)


def test_said_by_both_it_stands_once_and_nobody_is_told_twice(stage: Stage, qiu: Actor) -> None:
    leave = cannot_come(stage, stage.world.wu)

    assert cannot_come(stage, qiu).pk == leave.pk
    with acting(stage.world.chen):
        assert Notice.objects.filter(kind="declaration_received").count() == 1


def looks(line: DeclaredLine) -> tuple[Any, ...]:
    return (
        line.target,
        line.kind,
        line.severity,
        line.weight,
        line.roles,
        line.said_by,
        line.may_withdraw,
        line.is_ours,
    )


# --- Pages ----------------------------------------------------------------------------------


def test_a_clerk_declares_on_the_page_and_the_city_sees_the_rule_and_no_more(
    stage: Stage, signed_in: Callable[[Actor], Client]
) -> None:
    clerk = signed_in(stage.world.wu)
    typed = {
        "number": stage.world.call_to("dinghai").pk,
        "person": "001",
        "target": "unit",
        "office": stage.world.offices["putuo"].pk,
        "code": "U1",
        "kind": "relative",
        "severity": "hard",
        "weight": "1",
    }

    refused = clerk.post("/ties/", typed | {"code": ""})
    assert refused.status_code == 422
    assert "编号" in refused.content.decode()
    assert clerk.post("/ties/", typed).status_code == 302

    home = clerk.get("/ties/").content.decode()
    city = signed_in(stage.world.chen)
    in_round = city.get(f"/rounds/{stage.round.pk}/declared/").content.decode()
    for page in (home, in_round):
        assert "定海甲" in page
        assert "亲属" in page
        assert CANARY not in page


def test_the_discipline_body_has_a_page_without_ties(
    stage: Stage, qiu: Actor, signed_in: Callable[[Actor], Client]
) -> None:
    declared(stage)
    client = signed_in(qiu)

    page = client.get("/ties/").content.decode()
    assert "亲属" not in page
    typed = {"number": stage.world.call_to("dinghai").pk, "person": "002"}
    assert client.post("/ties/cannot-come/", typed).status_code == 302
    assert "本机关登记" in client.get("/ties/").content.decode()
    assert "本机关登记" not in signed_in(stage.world.wu).get("/ties/").content.decode()


def test_a_foreign_office_is_told_what_a_stranger_is(
    stage: Stage, signed_in: Callable[[Actor], Client]
) -> None:
    made = declared(stage)
    stranger = signed_in(stage.world.jiang)

    for there, nowhere in (
        ("/rounds/88888/declared/", "/rounds/99999/declared/"),
        (f"/rounds/{stage.round.pk}/declared/", "/rounds/99999/declared/"),
        (f"/rounds/{stage.round.pk}/pins/", "/rounds/99999/pins/"),
    ):
        one, other = stranger.get(there), stranger.get(nowhere)
        assert (one.status_code, other.status_code) == (404, 404)
        assert alike(one.content, there) == alike(other.content, nowhere)
    assert stranger.post(f"/ties/{made.pk}/withdraw/").status_code == 404


def test_the_city_declares_on_the_round_s_page(
    stage: Stage, signed_in: Callable[[Actor], Client]
) -> None:
    city, address = signed_in(stage.world.chen), f"/rounds/{stage.round.pk}/declared/"
    typed = {
        "person": f"{stage.world.offices['dinghai'].pk}:001",
        "target": "county",
        "office": stage.world.offices["putuo"].pk,
        "kind": "objection",
        "severity": "hard",
        "weight": "1",
    }

    assert city.post(address, typed).status_code == 302

    assert "异议成立" in city.get(address).content.decode()
    assert signed_in(stage.world.zhao).get(address).status_code == 200


def test_pins_are_set_and_removed_on_their_page(
    stage: Stage, signed_in: Callable[[Actor], Client]
) -> None:
    city, address = signed_in(stage.world.chen), f"/rounds/{stage.round.pk}/pins/"
    arc = {"what": "arc", "from": "dinghai", "to": "putuo", "decision": "must"}
    person = {"what": "person", "inspector": "dinghai-001", "decision": "in", "role": "leader"}

    assert city.post(address, arc).status_code == 302
    assert city.post(address, person).status_code == 422  # no team
    assert city.post(address, person | {"team": "T01"}).status_code == 302
    unit = {"what": "unit", "unit": "putuo:U1", "decision": "out"}
    assert city.post(address, unit).status_code == 302

    page = city.get(address).content.decode()
    for words in ("定海区派人到普陀区", "定海甲任第1巡察组组长", "本轮次不巡察"):
        assert words in page
    removed = city.post(address + "remove/", {"content": '{"from": "dinghai", "to": "putuo"}'})
    assert removed.status_code == 302
    assert "定海区派人到普陀区" not in city.get(address).content.decode()
    assert signed_in(stage.world.zhao).get(address).status_code == 200
    assert signed_in(stage.world.zhao).post(address, arc).status_code == 403


def alike(page: bytes, address: str) -> bytes:
    """Without the address that was asked for, and what differs each time."""
    for said in (address, quote(address, safe="")):
        page = page.replace(said.encode(), b"")
    return CHANGING.sub(b"", page)
