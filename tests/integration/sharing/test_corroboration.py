"""Two offices that may hold related clues: what each may do, what it is told, and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError, ProgrammingError

from kernel.clock import frozen, now
from kernel.errors import NotVisible
from sharing.domain.corroboration.asking import ASKED_ABOUT, Quota
from sharing.errors.corroboration import (
    AnswersElsewhere,
    ClueNotCompared,
    ComparingIsOff,
    HitNotAnswered,
    IdentifierUnread,
    NothingToCompare,
    PartyAskedAlready,
    QuotaUsedUp,
)
from sharing.errors.walking import StepOutOfTurn, StepWantsAReason
from sharing.mapping.matcher_keyring import stop_list_of
from sharing.models.corroboration import (
    ClueParty,
    HitNotice,
    HitNoticeStep,
    LedPartner,
    ProbingAlert,
)
from sharing.services.answering_hits import answer_hit
from sharing.services.clue_parties import ask_about, note_party, withdraw_party
from sharing.services.disposing import declare_tie
from tenancy.actor import Actor
from tenancy.domain.roles import Role
from tenancy.models import AuditEntry, Membership, Office, User
from tests.integration.sharing.counties import DINGHAI, SHENGSI, Counties, answer
from tests.matching import ID_NUMBER, OTHER_ID_NUMBER, asked, laid_clue
from tests.people import SEATED_SINCE, acting


def notices_of(person: Actor) -> list[HitNotice]:
    with acting(person):
        return list(HitNotice.objects.all())


def partners_of(person: Actor) -> list[tuple[int, str]]:
    with acting(person):
        return list(LedPartner.objects.values_list("partner_id", "reference"))


# --- End to end -------------------------------------------------------------------------------


def test_two_counties_are_led_together_by_four_people(counties: Counties) -> None:
    counties.both_told()
    counties.consent(counties.lin, counties.luo)
    counties.consent(counties.jiang, counties.mo)
    assert partners_of(counties.lin) == partners_of(counties.jiang) == []

    counties.matcher.look(now() + timedelta(days=1))

    [(partner, reference)] = partners_of(counties.lin)
    assert (partner, partners_of(counties.jiang)) == (SHENGSI, [(DINGHAI, reference)])
    with counties.django_as("owner"):
        assert LedPartner.objects.values("led_at").distinct().count() == 1, "at one moment"


def test_what_one_county_alone_holds_is_told_to_nobody(counties: Counties) -> None:
    asked(counties.lin, counties.here)
    asked(counties.jiang, counties.there, id_number=OTHER_ID_NUMBER)
    counties.matcher.take_in_and_tell()

    assert notices_of(counties.lin) == notices_of(counties.jiang) == []


def test_offices_of_two_cities_are_never_compared(counties: Counties) -> None:
    with counties.django_as("owner"):
        Office.objects.create(
            pk=9301, code="elsewhere", name="别市委巡察办", short_name="别市", kind="city",
            name_key="bie shi",
        )  # fmt: skip
        Office.objects.filter(pk=SHENGSI).update(parent_id=9301)
    counties.both_told()

    assert notices_of(counties.lin) == notices_of(counties.jiang) == []


def test_nobody_is_told_before_their_moment(counties: Counties) -> None:
    counties.both_ask()
    counties.matcher.take_in()
    counties.matcher.long_ago()
    period = timedelta(days=counties.matcher.course.moments.period)
    matched_at = counties.matcher.course.moments.matched_at(now()) - period
    counties.matcher.look(matched_at)

    assert notices_of(counties.lin) == notices_of(counties.jiang) == []
    planned = counties.matcher.rows("SELECT told_at > (SELECT max(at) FROM matcher.moment)"
                                    " FROM matcher.notice")  # fmt: skip
    assert planned == [(True,), (True,)]


def test_each_moment_is_done_once(counties: Counties) -> None:
    counties.both_told()

    assert counties.matcher.look(now()) is False
    assert len(notices_of(counties.lin)) == 1


# --- Identifiers and asking ---------------------------------------------------------------------


def test_what_is_typed_is_kept_by_its_last_characters_and_sealed(counties: Counties) -> None:
    with acting(counties.lin):
        party = note_party(
            actor=counties.lin, number=counties.here,
            written={"id_number": ID_NUMBER, "person_name": "骆怀川"},
        )  # fmt: skip
        assert party.masks == [["person_name", "骆…"], ["id_number", "…0013"]]
        assert ID_NUMBER.encode() not in bytes(party.sealed or b"")
        ask_about(actor=counties.lin, number=counties.here, party=party.pk)
        party.refresh_from_db()
        assert (party.sealed, party.asked_by_name) == (None, "林知远")
        acts = AuditEntry.objects.filter(action__contains="clue_party")
        assert [one.action for one in acts.order_by("seq")] == [
            "sharing.clue_party.noted",
            "sharing.clue_party.asked",
        ]
        assert ID_NUMBER not in str(list(acts.values()))
    assert counties.matcher.take_in() == 1
    assert counties.matcher.rows("SELECT count(*) FROM matcher.ask WHERE box IS NOT NULL") == [(0,)]


def test_a_slip_of_the_pen_is_refused_at_its_field_without_a_character_of_it(
    counties: Counties,
) -> None:
    wrong = ID_NUMBER[:-1] + "9"
    with acting(counties.lin), pytest.raises(IdentifierUnread) as refused:
        note_party(actor=counties.lin, number=counties.here, written={"id_number": wrong})

    assert refused.value.fields == ("id_number",)
    assert wrong not in str(refused.value)


@pytest.mark.parametrize("written", [{}, {"person_name": "骆怀川"}, {"unit_code": "DH-1"}])
def test_a_name_alone_is_not_compared(counties: Counties, written: dict[str, str]) -> None:
    with acting(counties.lin), pytest.raises(NothingToCompare):
        note_party(actor=counties.lin, number=counties.here, written=written)


def test_a_name_with_its_unit_is(counties: Counties) -> None:
    with acting(counties.lin):
        party = note_party(
            actor=counties.lin, number=counties.here,
            written={"person_name": "骆怀川", "unit_code": "DH-1"},
        )  # fmt: skip
    assert party.rows == 2, "by its characters and by its sound"


def test_without_the_matchers_key_nothing_is_kept(
    counties: Counties, settings: Any, tmp_path: Path
) -> None:
    settings.MATCHER_PUBLIC_KEY, settings.MATCHER_KEYS_FOLDER = b"", tmp_path / "none"
    with acting(counties.lin), pytest.raises(ComparingIsOff):
        note_party(actor=counties.lin, number=counties.here, written={"id_number": ID_NUMBER})


@pytest.mark.parametrize(
    "fields", [{"state": "closed"}, {"evidence": []}], ids=["closed", "without evidence"]
)
def test_what_may_not_be_asked_about_is_not(counties: Counties, fields: dict[str, Any]) -> None:
    with counties.django_as("owner"):
        clue = laid_clue(DINGHAI)
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE sharing_officeclue DISABLE TRIGGER USER")
            name, value = next(iter(fields.items()))
            cursor.execute(
                f"UPDATE sharing_officeclue SET {name} = %s WHERE id = %s",
                ["[]" if value == [] else value, clue],
            )
            cursor.execute("ALTER TABLE sharing_officeclue ENABLE TRIGGER USER")
    with acting(counties.lin):
        party = note_party(actor=counties.lin, number=clue, written={"id_number": ID_NUMBER})
        with pytest.raises(ClueNotCompared):
            ask_about(actor=counties.lin, number=clue, party=party.pk)
        with pytest.raises(IntegrityError, match="A signed clue"), transaction.atomic():
            sql_ask(party.pk)


def sql_ask(party: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sec.ask_about_party(%s)", [party])


def test_a_person_asks_for_ten_rows_a_day_and_an_office_for_twenty(counties: Counties) -> None:
    quota = Quota()
    for place in range(quota.of_user):
        asked(counties.lin, counties.here, phone=f"1390580{place:04d}")
    with pytest.raises(QuotaUsedUp):
        asked(counties.lin, counties.here)
    for place in range(quota.of_office - quota.of_user):
        asked(counties.luo, counties.here, phone=f"1391580{place:04d}")
    with pytest.raises(QuotaUsedUp):
        asked(counties.luo, counties.here)
    with acting(counties.luo), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM sharing_clueparty WHERE asked_at IS NULL LIMIT 1")
        party = note_party(
            actor=counties.luo, number=counties.here, written={"id_number": ID_NUMBER}
        )
        with pytest.raises(IntegrityError, match="So much is asked"), transaction.atomic():
            sql_ask(party.pk)
    asked(counties.jiang, counties.there)


def test_withdrawing_gives_nothing_of_the_quota_back(counties: Counties) -> None:
    party = asked(counties.lin, counties.here)
    with acting(counties.lin):
        withdraw_party(actor=counties.lin, number=counties.here, party=party)
        with pytest.raises(PartyAskedAlready):
            ask_about(actor=counties.lin, number=counties.here, party=party)
        with pytest.raises(PartyAskedAlready):
            withdraw_party(actor=counties.lin, number=counties.here, party=party)
    for place in range(9):
        asked(counties.lin, counties.here, phone=f"1390580{place:04d}")
    with pytest.raises(QuotaUsedUp):
        asked(counties.lin, counties.here, phone="13905809999")


def test_the_database_knows_the_same_states_and_quota(counties: Counties) -> None:
    with counties.django_as("owner"), connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'ask_about_party'")
        [(text,)] = cursor.fetchall()
    states = text.split("clue.state IN (")[1].split(")")[0]
    assert {one.strip().strip("'") for one in states.split(",")} == set(ASKED_ABOUT)
    assert f"> {Quota().of_office}" in text
    assert f"> {Quota().of_user}" in text


# --- Whose it is -----------------------------------------------------------------------------------


def test_the_index_is_the_matchers_alone(counties: Counties) -> None:
    counties.both_told()

    for role in ("app", "worker", "audit"):
        with counties.django_as(role), connection.cursor() as cursor:
            for table in ("ask", "token", "notice", "pair", "moment"):
                with pytest.raises(ProgrammingError, match="permission denied"):
                    cursor.execute(f"SELECT 1 FROM matcher.{table}")
    assert counties.matcher.rows("SELECT count(*) FROM matcher.token") == [(2,)]


def test_the_matcher_reads_no_table_of_an_office(counties: Counties) -> None:
    with counties.django_as("owner"), connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname IN ('public', 'sec') AND ("
            " has_table_privilege('xuncha_matcher', format('%I.%I', schemaname, tablename),"
            "   'SELECT, INSERT, UPDATE, DELETE')"
            " OR has_any_column_privilege('xuncha_matcher',"
            "   format('%I.%I', schemaname, tablename), 'SELECT, INSERT, UPDATE'))"
        )
        assert cursor.fetchall() == []


def test_another_office_sees_no_row_and_no_number(counties: Counties) -> None:
    """MISP: correlations are shown to whoever may read one side. The twin: one's own are there."""
    counties.both_told()
    own = notices_of(counties.lin)[0].pk

    with acting(counties.jiang):
        with pytest.raises(NotVisible):
            answer_hit(actor=counties.jiang, number=own, act="proposed")
        seen = set(HitNotice.objects.values_list("tenant_id", flat=True))
        assert seen == set(ClueParty.objects.values_list("tenant_id", flat=True)) == {SHENGSI}
    with acting(counties.lin):
        answer_hit(actor=counties.lin, number=own, act="proposed")


def test_whoever_does_not_handle_the_clue_is_told_nothing(
    counties: Counties, wu: Actor, zhao: Actor
) -> None:
    counties.both_told()

    for stranger in (wu, zhao):
        with acting(stranger):
            for model in (ClueParty, HitNotice, HitNoticeStep, LedPartner):
                assert model._default_manager.count() == 0


# --- Consent -------------------------------------------------------------------------------------


def test_consent_takes_two_people_and_refusing_one(counties: Counties) -> None:
    counties.both_told()
    answer(counties.lin, "proposed")

    with pytest.raises(HitNotAnswered):
        answer(counties.lin, "confirmed")
    with acting(counties.lin):
        notice = HitNotice.objects.get()
        with pytest.raises(IntegrityError, match="another hand"), transaction.atomic():
            HitNoticeStep.objects.create(
                tenant_id=DINGHAI, record=notice, act="confirmed", hand="office_director",
                after="consented",
            )  # fmt: skip
    answer(counties.luo, "confirmed")
    answer(counties.luo, "taken_back", "再核实")
    with pytest.raises(StepWantsAReason):
        answer(counties.lin, "refused")
    answer(counties.lin, "refused", "不属本办管辖")
    with pytest.raises(StepOutOfTurn):
        answer(counties.luo, "proposed")


def test_a_tie_declared_before_the_moment_takes_the_consent_back(counties: Counties) -> None:
    counties.both_told()
    counties.consent(counties.jiang, counties.mo)
    counties.consent(counties.lin, counties.luo)
    with acting(counties.luo):
        declare_tie(actor=counties.luo, number=counties.here)
    counties.matcher.look(now() + timedelta(days=1))

    assert partners_of(counties.lin) == partners_of(counties.jiang) == []
    assert notices_of(counties.lin)[0].state == "told"


def test_the_database_takes_it_back_where_the_service_was_not_asked(counties: Counties) -> None:
    counties.both_told()
    counties.consent(counties.lin, counties.luo)
    with acting(counties.luo), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO sharing_cluetie (tenant_id, clue_id, user_id) VALUES (%s, %s, %s)",
            [DINGHAI, counties.here, 9201],
        )

    assert notices_of(counties.lin)[0].state == "told"


def test_a_tie_of_somebody_who_did_not_consent_changes_nothing(
    counties: Counties,
) -> None:
    counties.both_told()
    counties.consent(counties.lin, counties.luo)
    with counties.django_as("owner"):
        User(pk=9203, username="third", display_name="第三人", password="!").save(force_insert=True)
        Membership.objects.create(
            tenant_id=DINGHAI, user_id=9203, role=Role.DISCIPLINE_BODY, since_on=SEATED_SINCE
        )
    third = replace(counties.luo, user_id=9203, name="第三人")
    with acting(third):
        declare_tie(actor=third, number=counties.here)

    assert notices_of(counties.lin)[0].state == "consented"


def test_who_handles_clues_in_two_offices_consents_for_neither(counties: Counties) -> None:
    counties.both_told()
    with counties.django_as("owner"):
        Membership.objects.create(
            tenant_id=SHENGSI, user_id=9201, role=Role.DISCIPLINE_BODY, since_on=SEATED_SINCE
        )

    with pytest.raises(AnswersElsewhere):
        answer(counties.luo, "proposed")
    answer(counties.lin, "proposed")
    answer(counties.luo, "taken_back", "改由他人办理")


def test_who_moved_to_the_other_office_counts_on_one_side(counties: Counties) -> None:
    counties.both_told()
    counties.consent(counties.lin, counties.luo)
    with counties.django_as("owner"):
        Membership.objects.filter(user_id=9201).delete()
        Membership.objects.create(
            tenant_id=SHENGSI, user_id=9201, role=Role.DISCIPLINE_BODY, since_on=SEATED_SINCE
        )
    counties.consent(counties.jiang, replace(counties.mo, user_id=9201, name="骆清越"))
    counties.matcher.look(now() + timedelta(days=1))

    assert partners_of(counties.lin) == partners_of(counties.jiang) == []


def test_after_its_term_a_notice_is_answered_no_more(counties: Counties) -> None:
    counties.both_told()

    with frozen(now() + timedelta(days=61)), pytest.raises(HitNotAnswered):
        answer(counties.lin, "proposed")
    with counties.django_as("owner"):
        HitNotice.objects.update(answer_until=now() - timedelta(seconds=1))
    with acting(counties.lin):
        notice = HitNotice.objects.get()
        with pytest.raises(IntegrityError, match="another hand"), transaction.atomic():
            HitNoticeStep.objects.create(
                tenant_id=DINGHAI, record=notice, act="proposed", hand="office_director",
                after="proposed",
            )  # fmt: skip


def test_a_notice_of_a_clue_that_was_taken_back_is_over(counties: Counties) -> None:
    counties.both_told()
    counties.consent(counties.jiang, counties.mo)
    counties.consent(counties.lin, counties.luo)
    with acting(counties.lin):
        party = ClueParty.objects.get()
        withdraw_party(actor=counties.lin, number=counties.here, party=party.pk)
        assert HitNotice.objects.get().withdrawn_at is not None
    counties.matcher.look(now() + timedelta(days=1))

    assert partners_of(counties.jiang) == []
    with pytest.raises(HitNotAnswered):
        answer(counties.lin, "taken_back", "已撤回")


# --- What the matcher holds ----------------------------------------------------------------------


def test_delete_and_retry_tells_nothing(counties: Counties) -> None:
    counties.both_told()
    with acting(counties.lin):
        party = ClueParty.objects.get()
        withdraw_party(actor=counties.lin, number=counties.here, party=party.pk)
    with counties.django_as("owner"):
        again = laid_clue(DINGHAI)
    asked(counties.lin, again)
    counties.matcher.take_in()
    counties.matcher.look(now() + timedelta(days=14))
    counties.matcher.look(now() + timedelta(days=28))

    assert len(notices_of(counties.lin)) == 1
    assert len(notices_of(counties.jiang)) == 1


def test_what_has_cooled_is_forgotten_unless_somebody_goes_on_from_it(counties: Counties) -> None:
    first, second = asked(counties.lin, counties.here), asked(counties.jiang, counties.there)
    with acting(counties.lin):
        withdraw_party(actor=counties.lin, number=counties.here, party=first)
    with acting(counties.jiang):
        withdraw_party(actor=counties.jiang, number=counties.there, party=second)
    asked(counties.lin, counties.here)
    counties.matcher.take_in()
    counties.matcher.look(now() + timedelta(days=300))

    left = counties.matcher.rows("SELECT party_id, withdrawn_at IS NULL FROM matcher.token")
    assert len(left) == 2
    assert (first, False) in left
    assert second not in {party for party, _ in left}


def test_a_box_that_does_not_open_is_compared_with_nothing(counties: Counties) -> None:
    asked(counties.lin, counties.here)
    with counties.django_as("matcher"), connection.cursor() as cursor:
        cursor.execute("UPDATE matcher.ask SET clue_id = clue_id + 1")

    assert counties.matcher.take_in() == 1
    assert counties.matcher.rows("SELECT count(*) FROM matcher.token") == [(0,)]


def test_what_stands_on_the_stop_list_meets_nobody(counties: Counties, tmp_path: Path) -> None:
    keys = counties.matcher.keys
    (keys.folder / "stop-list.txt").write_text(f"# 公共\nid_number {ID_NUMBER}\n", encoding="utf-8")
    course = counties.matcher.course
    listed = replace(course.matching, stop_list=stop_list_of(keys))
    counties.matcher.course = replace(course, matching=listed)
    counties.both_told()

    assert notices_of(counties.lin) == []


def test_keys_and_tables_tell_of_no_other_office(counties: Counties) -> None:
    """Numbers are drawn at random: a gap would tell what others asked or answered."""
    counties.both_told()
    answer(counties.lin, "proposed")

    with counties.django_as("owner"):
        for model in (ClueParty, HitNotice, HitNoticeStep):
            assert all(one > 10**14 for one in model._default_manager.values_list("pk", flat=True))


# --- Probing ---------------------------------------------------------------------------------------


@pytest.fixture
def guesser(counties: Counties) -> Counties:
    """luo of Dinghai asks about ten guesses on each of five days; nobody holds any of them. The last was
    before the matching of now, whatever day it is."""
    for day in range(5):
        for place in range(9):
            asked(counties.luo, counties.here, phone=f"139058{day}{place:04d}")
        asked(counties.luo, counties.here, phone=f"139068{day}0000")
        with counties.django_as("owner"), connection.cursor() as cursor:
            for table in ("sharing_clueparty", "matcher.ask"):
                days = 14 if day == 4 else 2
                cursor.execute(f"UPDATE {table} SET asked_on = asked_on - %s", [days])
    counties.matcher.take_in()
    return counties


def test_who_guesses_is_shown_to_both_directors_without_a_figure(
    guesser: Counties, zhao: Actor
) -> None:
    guesser.matcher.long_ago()
    guesser.matcher.look(now())

    for director in (guesser.lin, zhao):
        with acting(director):
            alerts = ProbingAlert.objects.order_by("person_name")
            assert [(one.suspicion, one.office_id, one.person_name) for one in alerts] == [
                ("low_yield", DINGHAI, ""),
                ("low_yield", DINGHAI, "骆清越"),
            ]
    for other in (guesser.luo, guesser.jiang):
        with acting(other):
            assert ProbingAlert.objects.count() == 0
    guesser.matcher.look(now() + timedelta(days=14))
    with acting(guesser.lin):
        assert ProbingAlert.objects.count() == 2, "each once in a month"


def test_who_asks_as_one_who_works_is_shown_to_nobody(counties: Counties) -> None:
    counties.both_told()

    with counties.django_as("owner"):
        assert ProbingAlert.objects.count() == 0
