"""The scheduler's pages: a round from its first line to the survey, by HTTP."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from scheduling.domain.profiles import PROFILES
from scheduling.mapping.policies import profile_policy
from scheduling.models.releases import ReleaseCall
from scheduling.models.rounds import InspectionRound, RoundUnit, TeamSlot
from tenancy.domain.roles import Role
from tenancy.models import Job, Membership, Office, User
from tests.integration.portal.desks import bare, desk_of, queries_of, seen, typed, words
from tests.integration.scheduling.conftest import world
from tests.integration.scheduling.world import CANARY, COUNTIES, World, acting, unit
from tests.people import PASSWORD, SEATED_SINCE

__all__ = ["world"]

SETTINGS = ("calendar", "teams", "rules", "units", "distances", "survey")
FOR_THE_SCHEDULER = ("window", "call")
NEW = {
    "name": "2026年第四轮",
    "starts_on": "2026-09-21",
    "ends_on": "2026-10-16",
    "mode": "recombined",
    "teams": "5",
    "size_min": "4",
    "size_max": "6",
    "deputies_min": "1",
    "deputies_max": "2",
    "max_units": "",
}


@pytest.fixture
def scheduler(world: World) -> Client:
    return desk_of("chen")


@pytest.fixture
def director(world: World) -> Client:
    return desk_of("zhao")


def stored(world: World, number: int) -> InspectionRound:
    with acting(world.chen):
        return InspectionRound.objects.get(pk=number)


# --- Who gets in ----------------------------------------------------------------------


def test_the_scheduler_and_the_city_s_director_see_every_page_of_a_round(
    world: World, scheduler: Client, director: Client
) -> None:
    number = world.released_round().pk

    for client in (scheduler, director):
        assert "2026年第三轮" in seen(client, "/rounds/")
        for page in ("", *(f"{name}/" for name in SETTINGS)):
            assert "2026年第三轮" in seen(client, f"/rounds/{number}/{page}")


def test_only_the_scheduler_gets_the_forms_of_dates_and_call(
    world: World, scheduler: Client, director: Client
) -> None:
    number = world.make_round().pk

    for page in FOR_THE_SCHEDULER:
        assert scheduler.get(f"/rounds/{number}/{page}/").status_code == 200
        assert director.get(f"/rounds/{number}/{page}/").status_code == 403
    assert (
        scheduler.get("/rounds/new/").status_code,
        director.get("/rounds/new/").status_code,
    ) == (
        200,
        403,
    )


def test_the_director_looks_at_settings_that_are_locked_and_changes_none(
    world: World, scheduler: Client, director: Client
) -> None:
    number = world.released_round().pk
    before = stored(world, number)

    for page in ("calendar", "teams", "rules", "units", "distances"):
        address = f"/rounds/{number}/{page}/"
        sent = typed(scheduler, address)
        assert b'<fieldset class="lock" disabled>' in director.get(address).content
        assert b'<fieldset class="lock" disabled>' not in scheduler.get(address).content
        assert (page, director.post(address, sent).status_code) == (page, 403)
    for page in ("mode", "survey/start", "reopen"):
        assert director.post(f"/rounds/{number}/{page}/", {"mode": "mixed"}).status_code == 403
    assert stored(world, number).changed_at == before.changed_at


def test_counties_have_no_rounds(world: World) -> None:
    number = world.released_round().pk

    for username in ("lin", "wu"):
        client = desk_of(username)
        assert client.get("/rounds/").status_code == 403
        for page in ("", *(f"{name}/" for name in (*SETTINGS, *FOR_THE_SCHEDULER))):
            assert client.get(f"/rounds/{number}/{page}").status_code == 404


def test_another_city_s_round_is_the_same_as_none(world: World) -> None:
    number = world.make_round().pk
    with world.django_as("owner"):
        city = Office.objects.create(
            code="huzhou", name="湖州市委巡察办", short_name="湖州市", kind="city",
            lon=120.1, lat=30.9, name_key="hu zhou",
        )  # fmt: skip
        user = User(username="stranger", display_name="沈知节")
        user.set_password(PASSWORD)
        user.save()
        Membership.objects.create(
            tenant=city, user=user, role=Role.SCHEDULER, since_on=SEATED_SINCE
        )
    stranger = desk_of("stranger")

    assert "2026年第三轮" not in seen(stranger, "/rounds/")
    for page in ("", *(f"{name}/" for name in (*SETTINGS, *FOR_THE_SCHEDULER))):
        theirs = bare(stranger, f"/rounds/{number}/{page}")
        assert theirs.startswith("404")
        assert theirs == bare(stranger, f"/rounds/987654/{page}")
    for page in ("mode", "survey/start", "reopen"):
        assert stranger.post(f"/rounds/{number}/{page}/", {"mode": "mixed"}).status_code == 404


# --- A new round, its dates and its call ----------------------------------------------


def test_an_empty_list_says_what_to_do_first_to_whoever_may_do_it(
    scheduler: Client, director: Client
) -> None:
    assert "还没有轮次" in seen(scheduler, "/rounds/")
    assert 'href="/rounds/new/"' in scheduler.get("/rounds/").content.decode()
    assert 'href="/rounds/new/"' not in director.get("/rounds/").content.decode()


def test_a_round_is_set_up_with_its_teams_and_the_mode_s_rules(
    world: World, scheduler: Client
) -> None:
    answer = scheduler.post("/rounds/new/", NEW, follow=True)

    assert "请通知各县" in words(answer)
    with acting(world.chen):
        made = InspectionRound.objects.get(name="2026年第四轮")
        teams = list(TeamSlot.objects.filter(round=made).order_by("position"))
    assert (made.starts_on, made.ends_on) == (date(2026, 9, 21), date(2026, 10, 16))
    assert made.policy == profile_policy("recombined")
    assert [(t.size_min, t.size_max, t.max_units) for t in teams] == [(4, 6, None)] * 5


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "", "轮次名称"),
        ("starts_on", "2026-02-30", "开始日期"),
        ("teams", "0", "巡察组"),
        ("mode", "tombola", "组织方式"),
        ("size_min", "many", "每组人数下限"),
    ],
)
def test_a_field_at_fault_is_named_and_nothing_is_saved(
    world: World, scheduler: Client, field: str, value: str, said: str
) -> None:
    answer = scheduler.post("/rounds/new/", NEW | {field: value})

    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert said in words(answer)
    assert "尚未保存" in words(answer)
    with acting(world.chen):
        assert not InspectionRound.objects.exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"ends_on": "2026-09-01"}, "早于第一天"),
        ({"ends_on": "2028-09-01"}, "最长为 366 天"),
        ({"size_max": "3"}, "人数下限"),
    ],
)
def test_what_contradicts_itself_is_refused_in_words_and_nothing_is_saved(
    world: World, scheduler: Client, changes: dict[str, str], said: str
) -> None:
    answer = scheduler.post("/rounds/new/", NEW | changes)

    assert answer.status_code == 422
    assert said in words(answer)
    with acting(world.chen):
        assert not InspectionRound.objects.exists()


def test_a_name_is_given_once(world: World, scheduler: Client) -> None:
    world.make_round(name=NEW["name"])

    answer = scheduler.post("/rounds/new/", NEW)

    assert answer.status_code == 422
    assert "本单位已有" in words(answer)


def test_name_and_dates_are_changed(world: World, scheduler: Client) -> None:
    number = world.make_round().pk
    sent = typed(scheduler, f"/rounds/{number}/window/") | {
        "name": "改名后",
        "ends_on": "2026-09-30",
    }

    assert scheduler.post(f"/rounds/{number}/window/", sent).status_code == 302
    assert (stored(world, number).name, str(stored(world, number).ends_on)) == (
        "改名后",
        "2026-09-30",
    )
    assert scheduler.post(f"/rounds/{number}/window/", sent | {"name": ""}).status_code == 422
    assert stored(world, number).name == "改名后"


def test_offices_are_called_on_once_each_with_what_is_asked_of_them(
    world: World, scheduler: Client
) -> None:
    number = world.make_round().pk
    dinghai, putuo = world.offices["dinghai"].pk, world.offices["putuo"].pk
    sent = {"offices": [dinghai, putuo], "people": "12", "skill_finance": "3"}

    answer = scheduler.post(f"/rounds/{number}/call/", sent, follow=True)

    assert "已通知 2 个单位" in words(answer)
    with acting(world.chen):
        calls = list(ReleaseCall.objects.filter(round_id=number))
    assert {call.tenant_id for call in calls} == {dinghai, putuo}
    assert {call.people_needed for call in calls} == {12}
    assert calls[0].skills_needed == {"finance": 3}
    again = seen(scheduler, f"/rounds/{number}/call/")
    assert "普陀区" not in again
    assert "嵊泗县" in again


def test_a_call_on_nobody_or_for_nobody_is_refused_at_its_field(
    world: World, scheduler: Client
) -> None:
    number = world.make_round().pk
    good = {"offices": [world.offices["putuo"].pk], "people": "12"}

    for field, fault in (("offices", {"offices": []}), ("people", {"people": "0"})):
        answer = scheduler.post(f"/rounds/{number}/call/", good | fault)
        assert answer.status_code == 422
        assert f'id="id_{field}_error"' in answer.content.decode()
    with acting(world.chen):
        assert not ReleaseCall.objects.exists()
    assert scheduler.post(f"/rounds/{number}/call/", good).status_code == 302


# --- Working days ---------------------------------------------------------------------


def test_the_calendar_names_holidays_and_days_worked_in_exchange(
    world: World, scheduler: Client
) -> None:
    number = world.make_round(starts_on=date(2026, 9, 14), ends_on=date(2026, 10, 11)).pk

    text = seen(scheduler, f"/rounds/{number}/calendar/")

    assert "中秋" in text
    assert "国庆节" in text
    assert "国庆节 （调休上班）" in text
    assert "尚未公布" not in text


def test_a_year_without_a_notice_is_said_in_words_and_marked_day_by_day(
    world: World, scheduler: Client
) -> None:
    number = world.make_round(starts_on=date(2026, 12, 21), ends_on=date(2027, 1, 15)).pk

    answer = scheduler.get(f"/rounds/{number}/calendar/")

    assert "2027 年的放假安排尚未公布或尚未收录" in words(answer)
    assert answer.content.count(b"day-provisional") == 15
    assert "放假安排未公布" in seen(scheduler, f"/rounds/{number}/")


def test_days_are_ticked_by_hand_and_only_departures_are_kept(
    world: World, scheduler: Client
) -> None:
    number = world.make_round().pk
    address = f"/rounds/{number}/calendar/"
    ticked = typed(scheduler, address)["worked"]
    assert isinstance(ticked, list)
    chosen = [*(day for day in ticked if day != "2026-09-08"), "2026-09-12", "no day"]

    assert scheduler.post(address, {"worked": chosen}).status_code == 302

    kept = stored(world, number).calendar_overrides
    assert kept == {"2026-09-08": "rest", "2026-09-12": "work"}
    assert seen(scheduler, address).count("本单位调整") == 2
    assert scheduler.post(address, {"worked": ticked}).status_code == 302
    assert stored(world, number).calendar_overrides == {}


# --- Teams, units, rules, distances ---------------------------------------------------


def test_teams_are_changed_added_and_removed(world: World, scheduler: Client) -> None:
    number = world.make_round().pk
    address = f"/rounds/{number}/teams/"
    sent = typed(scheduler, address) | {
        "team-0-name": "第一巡察组",
        "team-1-DELETE": "on",
        "team-4-code": "X",
        "team-4-name": "机动组",
        "team-4-size_min": "2",
        "team-4-size_max": "3",
        "team-4-deputies_min": "0",
        "team-4-deputies_max": "1",
    }

    assert scheduler.post(address, sent).status_code == 302

    with acting(world.chen):
        names = list(TeamSlot.objects.order_by("position").values_list("name", flat=True))
    assert names == ["第一巡察组", "第3巡察组", "第4巡察组", "机动组"]


def test_a_team_at_fault_is_named_and_the_teams_stay(world: World, scheduler: Client) -> None:
    number = world.make_round().pk
    address = f"/rounds/{number}/teams/"
    good = typed(scheduler, address)

    typo = scheduler.post(address, good | {"team-1-size_min": "x"})
    contradiction = scheduler.post(address, good | {"team-1-size_min": "4", "team-1-size_max": "3"})

    assert (typo.status_code, contradiction.status_code) == (422, 422)
    assert 'aria-invalid="true"' in typo.content.decode()
    assert "第2巡察组" in words(contradiction)
    with acting(world.chen):
        assert {team.size_min for team in TeamSlot.objects.all()} == {3}


def test_units_are_chosen_and_given_their_days_and_dates(world: World, scheduler: Client) -> None:
    number = world.released_round().pk
    address = f"/rounds/{number}/units/"
    sent = typed(scheduler, address)
    first = min(key for key in sent if key.endswith("-priority")).removesuffix("-priority")
    del sent[f"{first}-chosen"]

    changed = {f"{first}-mandatory": "on", f"{first}-days": "7", f"{first}-earliest": "2026-09-14"}
    assert scheduler.post(address, sent | changed).status_code == 302

    with acting(world.chen):
        decided = RoundUnit.objects.get(chosen=False)
        assert RoundUnit.objects.count() == 8
    assert (decided.days, decided.mandatory) == (7, True)
    assert decided.window_earliest == date(2026, 9, 14)
    assert "已列入 1 个，共 2 个" in seen(scheduler, address)


def test_a_unit_at_fault_is_named_and_nothing_is_decided(world: World, scheduler: Client) -> None:
    number = world.released_round().pk
    address = f"/rounds/{number}/units/"
    good = typed(scheduler, address)
    first = min(key for key in good if key.endswith("-priority")).removesuffix("-priority")

    typo = scheduler.post(address, good | {f"{first}-priority": "0"})
    reversed_dates = {f"{first}-earliest": "2026-09-20", f"{first}-latest": "2026-09-10"}
    contradiction = scheduler.post(address, good | reversed_dates)

    assert (typo.status_code, contradiction.status_code) == (422, 422)
    assert 'aria-invalid="true"' in typo.content.decode()
    assert "U1" in words(contradiction)
    with acting(world.chen):
        assert not RoundUnit.objects.exists()


def test_bodies_of_the_tree_alone_are_not_offered(world: World, scheduler: Client) -> None:
    number = world.released_round().pk

    text = seen(scheduler, f"/rounds/{number}/units/")

    assert "定海区教育局" in text
    assert "定海区第一中学" not in text


@pytest.mark.parametrize("mode", [profile.code for profile in PROFILES])
def test_every_rule_parameter_survives_the_form(world: World, scheduler: Client, mode: str) -> None:
    number = world.make_round(mode=mode).pk
    address = f"/rounds/{number}/rules/"

    assert scheduler.post(address, typed(scheduler, address)).status_code == 302

    assert stored(world, number).policy == profile_policy(mode)


def test_every_rule_parameter_can_be_changed_and_taken_back_to_a_mode(
    world: World, scheduler: Client
) -> None:
    number = world.make_round().pk
    address = f"/rounds/{number}/rules/"
    other: dict[str, str | list[str]] = {
        "home_offices_min": "2", "home_offices_max": "4", "host_seats_max": "1",
        "host_seats_roles": ["member"], "team_counties": "2", "office_targets": "3",
        "office_sources": "4", "per_office_max": "2", "reciprocity": "leaders",
        "repeat_rounds": "2", "former_post_years": "5", "former_post_total_years": "",
        "system": "all", "native": "off", "home_unit_quota": "3", "revisit_rounds": "4",
        "max_absence_days": "2", "experienced": "2", "recent_days_cap": "90",
    }  # fmt: skip
    before = stored(world, number).policy

    assert scheduler.post(address, other).status_code == 302

    after = stored(world, number).policy
    on_the_form = set(before) - {"objective"}
    assert {key for key in on_the_form if before[key] == after[key]} == set()
    assert after["home_offices"] == [2, 4]
    assert after["host_seats"] == {"max": 1, "roles": ["member"]}
    assert (after["former_post_total_years"], after["recent_days_cap"]) == (None, 90)

    assert scheduler.post(f"/rounds/{number}/mode/", {"mode": "mixed"}).status_code == 302
    assert (stored(world, number).mode, stored(world, number).policy) == (
        "mixed",
        profile_policy("mixed"),
    )


def test_a_rule_parameter_at_fault_is_named_and_the_rules_stay(
    world: World, scheduler: Client
) -> None:
    number = world.make_round().pk
    address = f"/rounds/{number}/rules/"
    good = typed(scheduler, address)

    for field, value in (("repeat_rounds", "-1"), ("home_offices_min", "5"), ("native", "maybe")):
        answer = scheduler.post(address, good | {field: value})
        assert (field, answer.status_code) == (field, 422)
        assert f'id="id_{field}_error"' in answer.content.decode()
    unknown = scheduler.post(f"/rounds/{number}/mode/", {"mode": "tombola"})
    assert (unknown.status_code, "没有" in words(unknown)) == (422, True)
    assert stored(world, number).policy == profile_policy("ring")


def test_distances_and_earlier_rounds_are_kept_and_refused_row_by_row(
    world: World, scheduler: Client
) -> None:
    number = world.make_round().pk
    address = f"/rounds/{number}/distances/"
    good = typed(scheduler, address) | {
        "travel-0-a": "dinghai", "travel-0-b": "shengsi", "travel-0-km": "90",
        "past-0-origin": "putuo", "past-0-host": "daishan", "past-0-ago": "1",
    }  # fmt: skip

    assert scheduler.post(address, good).status_code == 302
    kept = stored(world, number)
    assert kept.travel == [{"a": "dinghai", "b": "shengsi", "km": 90}]
    assert kept.past_arcs == [{"from": "putuo", "to": "daishan", "ago": 1}]
    assert typed(scheduler, address)["travel-0-km"] == "90"

    half = scheduler.post(address, good | {"past-0-ago": ""})
    same = scheduler.post(address, good | {"travel-0-b": "dinghai"})
    assert (half.status_code, same.status_code) == (422, 422)
    assert 'aria-invalid="true"' in half.content.decode()
    assert "第 1 行" in words(same)
    assert stored(world, number).travel == kept.travel


# --- The survey -----------------------------------------------------------------------


def test_the_survey_counts_by_rule_and_office_and_never_says_why(
    world: World, scheduler: Client
) -> None:
    round_ = world.released_round()
    address = f"/rounds/{round_.pk}/survey/"
    assert "还没有摸底" in seen(scheduler, address)

    assert scheduler.post(f"{address}start/").status_code == 302
    assert "正在摸底" in seen(scheduler, address)
    with acting(world.chen):
        job = Job.objects.get(task="scheduling.survey_round")
    assert world.work(job) == "done"

    text = seen(scheduler, address)
    assert "own_county" in text
    assert "须回避比例" in text
    assert CANARY not in scheduler.get(address).content.decode()
    assert CANARY not in scheduler.get(address, headers={"HX-Request": "true"}).content.decode()


def test_a_survey_of_a_round_that_changed_says_so(world: World, scheduler: Client) -> None:
    round_ = world.released_round()
    world.survey(round_)
    address = f"/rounds/{round_.pk}/survey/"
    assert "请重新摸底" not in seen(scheduler, address)

    scheduler.post(f"/rounds/{round_.pk}/mode/", {"mode": "mixed"})

    assert "请重新摸底" in seen(scheduler, address)


def test_a_count_that_broke_off_says_why_in_the_language_of_the_page(
    world: World, scheduler: Client
) -> None:
    round_ = world.released_round()
    scheduler.post(f"/rounds/{round_.pk}/survey/start/")
    with world.django_as("worker"), acting(world.chen):
        job = Job.objects.get(task="scheduling.survey_round")
        job.state, job.finished_at = Job.State.FAILED, job.created_at
        job.error = {
            "code": "internal",
            "message": {"zh": "后台出了故障。", "en": "The worker failed."},
            "remedy": {"zh": "请再试一次。", "en": "Try again."},
        }
        job.save()

    address = f"/rounds/{round_.pk}/survey/"
    assert "后台出了故障。 请再试一次。" in seen(scheduler, address)
    scheduler.post("/language/", {"language": "en"})
    assert "The worker failed. Try again." in seen(scheduler, address)


def test_a_round_that_lacks_something_is_not_surveyed(world: World, scheduler: Client) -> None:
    number = world.make_round().pk

    answer = scheduler.post(f"/rounds/{number}/survey/start/")

    assert answer.status_code == 409
    assert "还没有单位放行人员" in words(answer)
    with acting(world.chen):
        assert not Job.objects.exists()


# --- Closed, reopened, out of date ----------------------------------------------------


def test_a_round_that_is_being_solved_cannot_be_changed(world: World, scheduler: Client) -> None:
    round_ = world.released_round()
    sent = typed(scheduler, f"/rounds/{round_.pk}/rules/")
    world.start(round_)

    answer = scheduler.post(f"/rounds/{round_.pk}/rules/", sent)

    assert answer.status_code == 409
    assert "正在求解" in words(answer)
    assert "放行已截止" in seen(scheduler, f"/rounds/{round_.pk}/")


def test_answers_are_listed_office_by_office(world: World, scheduler: Client) -> None:
    world.settle()
    round_ = world.make_round()
    world.call(round_)
    world.release("dinghai")

    text = seen(scheduler, f"/rounds/{round_.pk}/")

    assert "定海区 已放行 6 6 2 林知远" in text
    assert "普陀区 尚未答复 6 0 0" in text


# --- As many questions for many rows as for few ---------------------------------------


def test_pages_ask_the_database_no_more_the_more_there_is(world: World, scheduler: Client) -> None:
    small = world.released_round()
    pages = ("/rounds/", "/rounds/{}/", "/rounds/{}/units/", "/rounds/{}/survey/")
    few = [queries_of(scheduler, page.format(small.pk)) for page in pages]
    with world.django_as("worker"):
        for code in COUNTIES:
            office = world.offices[code]
            with acting(world.director(code)):
                for n in range(10, 40):
                    unit(office, f"U{n}", f"{office.short_name}第{n}局").save()
    large = world.make_round(name="更多单位")
    world.call(large)
    for code in COUNTIES:
        world.release(code)
    for n in range(12):
        world.make_round(name=f"第{n}个轮次")

    many = [queries_of(scheduler, page.format(large.pk)) for page in pages]

    assert many == few
    assert "定海区第39局" in seen(scheduler, f"/rounds/{large.pk}/units/")
