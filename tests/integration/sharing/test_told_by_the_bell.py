"""Who is told what by the bell: whoever may read the record when they look, and nobody else."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

from django.db import connection

from kernel.clock import today
from scheduling.access.notices import notices_visible_to, unread_by
from scheduling.domain.notices import KIND_BY_CODE
from scheduling.models.notices import Notice
from sharing.domain import news, share_news
from sharing.domain.clues import Disposal
from sharing.domain.grants import Purpose
from sharing.domain.letters import LetterKind
from sharing.domain.shared_views import Shareable
from sharing.models.hand_over import HandOverList
from sharing.services import disposing, handing_over
from sharing.services.contacts import remove_contact
from sharing.services.letters import LetterDraft, act_on_letter, draft_letter, reply_to_letter
from sharing.services.preparing_shares import Chosen
from sharing.services.rectifying import (
    Issue,
    ItemPlan,
    act_on_item,
    assign_from_feedback,
    claim_done,
    hand_in_plan,
)
from tests.clues import CITY_MANAGED, arrived, handed_over, received
from tests.integration.sharing.county import County
from tests.papers import serve, to
from tests.people import acting
from tests.shares import approve, ask, in_force, prepare
from tests.teams import Team

RoleSwitch = Callable[[str], AbstractContextManager[None]]
EVERYBODY = ("lin", "wu", "he", "luo", "shen", "qiao", "bai")


def told(team: Team, kind: str, office: str = "dinghai") -> set[str]:
    """Who of the office is told it now."""
    found = set()
    for who in EVERYBODY if office == "dinghai" else ("zhao", "chen", "qin", "xu", "tang"):
        actor = team.actor(who, office)
        with acting(actor):
            if notices_visible_to(actor).filter(kind=kind).exists():
                found.add(who)
    return found


def bells_of(team: Team, who: str, kind: str) -> list[Notice]:
    actor = team.actor(who)
    with acting(actor):
        return list(notices_visible_to(actor).filter(kind=kind))


def test_letters_are_told_to_whom_they_are_for_and_replies_to_the_office(county: County) -> None:
    letter = county.by(
        "wu", draft_letter, kind=LetterKind.NOTIFICATION,
        draft=LetterDraft("unit:U01", "关于某某问题的函"),
    )  # fmt: skip
    for who, act in (("wu", "handed_in"), ("lin", "signed")):
        county.by(who, act_on_letter, number=letter.pk, act=act)
    assert told(county.team, news.LETTER_RECEIVED) == set(), "not before it is sent"
    county.by("wu", act_on_letter, number=letter.pk, act="sent")
    assert told(county.team, news.LETTER_RECEIVED) == {"qiao"}
    county.by("qiao", act_on_letter, number=letter.pk, act="received")
    county.by("qiao", reply_to_letter, number=letter.pk, text="已办")
    assert {"lin", "wu"} <= told(county.team, news.LETTER_REPLIED) <= {"lin", "wu", "he"}
    county.by("lin", act_on_letter, number=letter.pk, act="reply_returned", reason="请补充")
    assert told(county.team, news.REPLY_RETURNED) == {"qiao"}
    with acting(county.actor("lin")):
        assert not any("某某" in str(one.about) for one in Notice.objects.all())


def test_a_right_that_ends_takes_its_notices_with_it(county: County) -> None:
    letter = county.by(
        "wu", draft_letter, kind=LetterKind.NOTIFICATION, draft=LetterDraft("unit:U01", "函")
    )
    for who, act in (("wu", "handed_in"), ("lin", "signed"), ("wu", "sent")):
        county.by(who, act_on_letter, number=letter.pk, act=act)
    assert told(county.team, news.LETTER_RECEIVED) == {"qiao"}
    qiao = county.actor("qiao")
    county.by(
        "lin", remove_contact, number=county.desk().pk, capacity="speak", person=qiao.person_id
    )
    assert told(county.team, news.LETTER_RECEIVED) == set()


def test_items_are_told_from_hand_to_hand(county: County) -> None:
    bai = county.actor("bai")
    first, _second = county.by(
        "wu", assign_from_feedback, unit_code="U01", round_name="第三轮", served_on=today(),
        issues=[Issue("甲", "党建"), Issue("乙", "党建")], leader=f"leader:{bai.user_id}",
    )  # fmt: skip
    assert {"qiao", "shen", "bai"} <= told(county.team, news.ITEM_ASSIGNED)
    with acting(county.actor("lin")):
        assert Notice.objects.filter(kind=news.ITEM_ASSIGNED).count() == 1, "once for both"
    due = today() + timedelta(days=10)
    plan = ItemPlan("整改到位", "建章立制", "甲局长", "办公室", due, "乙书记", today())
    county.by("qiao", hand_in_plan, number=first.pk, plan=plan)
    assert {"lin", "wu"} <= told(county.team, news.ITEM_PLANNED)
    assert "qiao" not in told(county.team, news.ITEM_PLANNED)
    county.by("lin", act_on_item, number=first.pk, act="plan_accepted")
    county.by("qiao", claim_done, number=first.pk, evidence="制度", result="已改")
    assert told(county.team, news.ITEM_CLAIMED) == {"shen"}
    county.by("shen", act_on_item, number=first.pk, act="checked_not_done", reason="不足")
    assert told(county.team, news.ITEM_RETURNED) == {"qiao"}


def test_a_feedback_is_told_when_it_is_served(team: Team) -> None:
    to(team, "group_approved")
    assert told(team, news.FEEDBACK_SERVED) == set()
    serve(team)
    assert {"lin", "wu"} <= told(team, news.FEEDBACK_SERVED)
    assert "bai" not in told(team, news.FEEDBACK_SERVED)


def test_of_the_direct_register_its_director_and_the_discipline_body_are_told(team: Team) -> None:
    lin, luo = team.actor("lin", "dinghai"), team.actor("luo", "dinghai")
    number, _ = handed_over(team, lin)
    assert told(team, news.CLUE_ARRIVED) == {"lin"}
    assert told(team, news.HAND_OVER_SENT) == {"luo"}
    with acting(lin):
        assert not Notice.objects.filter(kind=news.HAND_OVER_RECEIVED).exists()
    with acting(luo):
        handing_over.acknowledge_list(actor=luo, number=HandOverList.objects.get().pk)
        disposing.choose_disposal(actor=luo, number=number, disposal=Disposal.SHELVED)
    assert told(team, news.HAND_OVER_RECEIVED) == {"lin"}
    assert told(team, news.CLUE_ANSWERED) == {"lin"}
    with acting(lin):
        disposing.declare_tie(actor=lin, number=number)
    assert told(team, news.CLUE_ARRIVED) == told(team, news.CLUE_ANSWERED) == set()


def test_of_a_city_managed_clue_no_notice_is_in_the_county(team: Team) -> None:
    zhao, qin, lin = team.actor("zhao"), team.actor("qin"), team.actor("lin", "dinghai")
    before = _rows(team)
    number = received(team, zhao, qin, management_level=CITY_MANAGED)
    with acting(qin):
        disposing.return_clue(actor=qin, number=number, reason="材料不全")
    assert _rows(team) == before
    assert told(team, news.CLUE_ARRIVED, "zhoushan") == {"zhao"}
    assert told(team, news.HAND_OVER_SENT, "zhoushan") == {"qin"}
    arrived(team, lin)
    assert len(_rows(team)) == len(before) + 1, "its own clue is told"


def test_the_owner_is_told_what_the_citys_approval_put_in_force(team: Team) -> None:
    lin = team.actor("lin")
    clue = Chosen(Shareable.CLUE, received(team, lin, team.actor("luo")))
    share = ask(team, purpose=Purpose.HANDLING, kinds=[Shareable.CLUE])
    share = approve(team, prepare(team, share, [clue]), "lin", "he")
    assert told(team, share_news.IN_FORCE) == set()

    assert approve(team, share, "zhao").state == "active"

    assert told(team, share_news.IN_FORCE) == {"lin", "he", "luo"}, "who know of clues"
    assert told(team, share_news.IN_FORCE, "zhoushan") == set()
    [bell] = bells_of(team, "lin", share_news.IN_FORCE)
    assert (bell.link, bell.number) == ("share", share.pk)


def test_what_the_owners_own_approval_puts_in_force_is_no_news_to_it(team: Team) -> None:
    lin = team.actor("lin")
    clue = Chosen(Shareable.CLUE, received(team, lin, team.actor("luo")))
    assert in_force(team, [clue]).state == "active"

    assert told(team, share_news.IN_FORCE) == set()
    assert len(bells_of(team, "jiang", share_news.GRANTED)) == 1, "its reader is told"


def test_no_word_of_these_kinds_names_anything() -> None:
    kinds = [
        value for name, value in vars(news).items() if name.isupper() and isinstance(value, str)
    ]
    assert len(kinds) > 10
    for kind in kinds:
        assert not KIND_BY_CODE[kind].names, kind


def test_the_worker_mails_by_the_same_rights(
    committed_db: None, team: Team, django_as: RoleSwitch
) -> None:
    lin, luo = team.actor("lin", "dinghai"), team.actor("luo", "dinghai")
    received(team, lin, luo)
    wu = team.actor("wu", "dinghai")
    with django_as("worker"):
        for actor, is_told in ((lin, True), (luo, True), (wu, False)):
            with acting(actor):
                assert unread_by(actor).exists() is is_told
        for who in EVERYBODY:
            actor = team.actor(who, "dinghai")
            with acting(actor):
                assert unread_by(actor).count() >= 0, "nothing that it asks is refused to it"


def _rows(team: Team) -> list[tuple[int, str]]:
    lin = team.actor("lin", "dinghai")
    with acting(lin), connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, kind FROM scheduling_notice WHERE tenant_id = %s", [lin.tenant_id]
        )
        return list(cursor.fetchall())
