"""What happens is told to the office that it concerns, in the transaction of the act."""

from __future__ import annotations

import pytest

from kernel.errors import NotVisible
from scheduling.models.notices import Notice
from scheduling.models.rosters import Person
from scheduling.selectors.notices import notice_list, unread_count
from scheduling.services.calling import reopen_releases
from scheduling.services.notices import read_all_notices, read_notice, tell
from scheduling.services.releasing import roster_changed
from scheduling.services.solving import cancel_run
from tenancy.actor import Actor
from tests.integration.scheduling.world import World, acting


def told(actor: Actor) -> list[str]:
    with acting(actor):
        return [line.says.zh for line in notice_list(actor)]


def test_a_call_its_end_and_its_reopening_are_told_to_the_offices_called_on(world: World) -> None:
    round_ = world.released_round()
    world.start(round_)
    with acting(world.chen):
        cancel_run(actor=world.chen, number=round_.runs.latest("pk").pk)
        reopen_releases(actor=world.chen, number=round_.pk)

    assert [words.partition("”")[2] for words in told(world.lin)] == [
        "的放行重新开放，可重新放行和撤回。",
        "的放行已截止：市委巡察办开始求解。",
        "通知本单位放行人员、报送单位。",
    ]
    assert told(world.wu) == told(world.lin)
    assert told(world.chen) == []
    with acting(world.lin):
        line = notice_list(world.lin)[0]
    assert (line.page, line.target) == ("call", world.call_to("dinghai").pk)


def test_the_city_learns_how_many_released_people_are_out_of_date_and_not_who_or_why(
    world: World,
) -> None:
    round_ = world.released_round()
    with world.django_as("worker"), acting(world.lin):
        people = Person.objects.filter(number__in=["001", "002"])
        roster_changed(actor=world.lin, person_ids=people.values_list("pk", flat=True))

    assert told(world.chen) == [
        "定海区放行到“2026年第三轮”的人员中有 2 人情况有变，需要该单位重新放行。"
    ]
    with acting(world.chen):
        line = notice_list(world.chen)[0]
    assert (line.page, line.target, line.sender) == ("round", round_.pk, "定海区")


def test_a_notice_is_read_once_and_by_each_person_for_themselves(world: World) -> None:
    world.call(world.make_round(), ["dinghai"])
    with acting(world.lin):
        assert unread_count(world.lin) == 1
        number = notice_list(world.lin)[0].number
        for _ in range(2):
            assert read_notice(actor=world.lin, number=number).pk == number
        assert unread_count(world.lin) == 0
    with acting(world.wu):
        assert unread_count(world.wu) == 1
        assert read_all_notices(actor=world.wu) == 1
        assert read_all_notices(actor=world.wu) == 0
        assert [line.is_new for line in notice_list(world.wu)] == [False]


def test_another_office_s_notice_is_the_same_as_none(world: World) -> None:
    world.call(world.make_round(), ["dinghai"])
    with acting(world.lin):
        number = notice_list(world.lin)[0].number

    for strange in (number, 987_654):
        with acting(world.jiang), pytest.raises(NotVisible):
            read_notice(actor=world.jiang, number=strange)
    with acting(world.lin):
        assert read_notice(actor=world.lin, number=number)


def test_one_s_own_act_in_one_s_own_office_is_no_news(world: World) -> None:
    about: dict[str, str | int] = {"round": "某轮", "version": 1}
    with acting(world.chen):
        tell(
            actor=world.chen,
            office=world.chen.tenant_id,
            kind="plan_approved",
            number=None,
            **about,
        )
        assert Notice.objects.count() == 1
        assert unread_count(world.chen) == 0
    with acting(world.zhao):
        assert unread_count(world.zhao) == 1


def test_words_without_what_they_are_about_are_refused(world: World) -> None:
    with acting(world.chen), pytest.raises(ValueError, match="is about"):
        tell(actor=world.chen, office=world.chen.tenant_id, kind="plan_approved", number=None)
