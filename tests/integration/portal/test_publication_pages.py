"""A plan's way on the pages of the city and of the counties, and what a county gets to see."""

from __future__ import annotations

import re
from hashlib import sha256

import pytest
from django.test import Client

from kernel.clock import frozen
from scheduling.models.dispatches import ConfirmationRequest, PublishedExtract
from scheduling.models.notices import Notice
from scheduling.models.plans import Plan, PlanSeat
from scheduling.models.publications import Publication
from tenancy.actor import Actor
from tenancy.models import AuditEntry
from tests.integration.portal.desks import bare, desk_of, queries_of, seen, words
from tests.integration.scheduling import way
from tests.integration.scheduling.conftest import world
from tests.integration.scheduling.world import CANARY, COUNTIES, World, acting

__all__ = ["world"]

AREAS = {"dinghai": "定海", "putuo": "普陀", "daishan": "岱山", "shengsi": "嵊泗"}


@pytest.fixture
def plan(world: World) -> Plan:
    return way.solved_plan(world)


def county_pages(world: World, actor: Actor) -> dict[str, str]:
    """Everything that somebody of a county can open about rounds."""
    with acting(actor):
        requests = ConfirmationRequest.objects.filter(tenant_id=actor.tenant_id)
        extracts = PublishedExtract.objects.filter(tenant_id=actor.tenant_id)
        paths = [
            "/",
            "/ours/",
            "/notices/",
            "/releases/",
            *(f"/requests/{one.pk}/" for one in requests if one.people),
            *(f"/ours/{one.pk}/" for one in extracts),
        ]
    client = desk_of({"dinghai": "lin", "shengsi": "jiang"}[office_of(world, actor)])
    return {path: client.get(path).content.decode() for path in paths}


def office_of(world: World, actor: Actor) -> str:
    return next(code for code, office in world.offices.items() if office.pk == actor.tenant_id)


def names_in(page: str) -> set[str]:
    """The people and units of the test's city that a page names."""
    areas = "|".join(AREAS.values())
    people = re.findall(rf"(?:{areas})[甲乙丙丁戊己]", page)
    units = re.findall(rf"(?:{areas})[区县](?:教育局|财政局|第一中学)", page)
    teams = re.findall(r"第\d+巡察组", page)
    return {*people, *units, *teams}


# --- The story, by its pages ----------------------------------------------------------


def test_the_scheduler_proposes_counties_confirm_and_the_director_puts_in_force(
    world: World, plan: Plan
) -> None:
    scheduler, director = desk_of("chen"), desk_of("zhao")
    address = f"/plans/{plan.pk}/"
    assert "下一步：由排期员提请审核。" in seen(director, address)
    assert "提请审核</button>" not in director.get(address).content.decode()

    answer = scheduler.post(f"{address}propose/", follow=True)

    assert "方案已提请，已请各单位确认派出人员。" in words(answer)
    assert "4 个单位中已有 0 个" in words(answer)
    assert "未答复" in seen(director, address)
    lin = desk_of("lin")
    assert "确认派出人员：2026年第三轮" in seen(lin, "/")
    request = way.requests_to(world.lin)[0]
    page = seen(lin, f"/requests/{request.pk}/")
    assert f"确认全部 {len(request.people)} 人" in page
    assert "已确认，市委巡察办已收到" in words(
        lin.post(f"/requests/{request.pk}/confirm/", follow=True)
    )
    way.confirm_all(world, [code for code in COUNTIES if code != "dinghai"])
    assert "可以审批" in seen(director, "/")
    assert "方案已批准" in words(director.post(f"{address}approve/", follow=True))

    answer = director.post(f"{address}publish/", follow=True)

    assert "方案已公布，各单位已收到涉及本单位的安排。" in words(answer)
    with acting(world.zhao):
        made = Publication.objects.get()
    assert made.plan_sha256 in words(answer)
    assert "第 1 版 执行中" in seen(lin, "/ours/")
    assert "派出与来巡：2026年第三轮" in seen(lin, "/")


def test_an_objection_reaches_the_city_with_its_words(world: World, plan: Plan) -> None:
    way.propose(world, plan)
    request = way.requests_to(world.lin)[0]
    person = request.people[1]
    lin = desk_of("lin")
    address = f"/requests/{request.pk}/"

    nothing = lin.post(f"{address}object/", {})
    assert (nothing.status_code, "没有写明理由" in words(nothing)) == (422, True)
    sent = lin.post(f"{address}object/", {"person_1": "正在办理要案"}, follow=True)

    assert "异议已送达市委巡察办" in words(sent)
    assert "正在办理要案" in sent.content.decode()
    page = seen(desk_of("zhao"), f"/plans/{plan.pk}/")
    assert f"有异议 {person['name']} 正在办理要案" in page
    assert "定海区对 1 名派出人员有异议" in page
    assert "批准</button>" not in desk_of("zhao").get(f"/plans/{plan.pk}/").content.decode()
    assert "有 1 个单位对派出人员提出异议" in seen(desk_of("chen"), "/")


def test_the_director_returns_a_plan_with_words_and_the_scheduler_reads_them(
    world: World, plan: Plan
) -> None:
    way.propose(world, plan)
    director, address = desk_of("zhao"), f"/plans/{plan.pk}/"

    nothing = director.post(f"{address}return/", {"words": " "})
    assert (nothing.status_code, "没有写明理由" in words(nothing)) == (422, True)
    director.post(f"{address}return/", {"words": "第一组经验不足"})

    scheduler = desk_of("chen")
    assert "第一组经验不足" in seen(scheduler, address)
    assert "方案被退回：2026年第三轮" in seen(scheduler, "/")
    assert "第 1 版被退回，请查看意见" in seen(scheduler, "/notices/")
    request = way.requests_to(world.lin)[0]
    closed = desk_of("lin").post(f"/requests/{request.pk}/confirm/")
    assert (closed.status_code, "已失效" in words(closed)) == (409, True)


def test_a_plan_is_checked_first_and_the_page_looks_again_by_itself(
    world: World, plan: Plan
) -> None:
    draft = way.draft_of(world, plan)
    scheduler, address = desk_of("chen"), f"/plans/{draft.pk}/"
    assert "系统先进行独立核验" in seen(scheduler, address)

    page = scheduler.post(f"{address}propose/", follow=True)

    assert "正在独立核验，没有问题的自动提请" in words(page)
    assert f'hx-get="{address}state/"' in page.content.decode()
    assert "HX-Refresh" not in scheduler.get(f"{address}state/").headers
    job = way.ask_to_propose(world, draft).job
    assert job is not None
    world.work(job)
    assert scheduler.get(f"{address}state/")["HX-Refresh"] == "true"
    assert "4 个单位中已有 0 个" in seen(scheduler, address)


def test_the_frozen_document_has_the_hash_that_its_page_shows(world: World, plan: Plan) -> None:
    made = way.published(world, plan)
    client = desk_of("zhao")

    answer = client.get(f"/publications/{made.pk}/document/")

    assert sha256(answer.content).hexdigest() == made.plan_sha256
    assert made.plan_sha256 in seen(client, f"/publications/{made.pk}/")
    assert "attachment" in answer["Content-Disposition"]
    with acting(world.zhao):
        assert AuditEntry.objects.filter(action="scheduling.publication.exported").exists()


def test_every_step_leaves_its_line(world: World, plan: Plan) -> None:
    made = way.published(world, plan)
    with acting(world.zhao):
        assert made.number == 1
        actions = list(
            AuditEntry.objects.filter(tenant_id=world.zhao.tenant_id, action__contains=".plan.")
            .order_by("seq")
            .values_list("action", flat=True)
        )
    with acting(world.lin):
        given = AuditEntry.objects.filter(tenant_id=world.lin.tenant_id).latest("seq").action

    assert actions == [
        "scheduling.plan.proposed",
        "scheduling.plan.approved",
        "scheduling.plan.published",
    ]
    assert given == "scheduling.request.confirmed"


# --- Who sees what --------------------------------------------------------------------


def test_before_publication_a_county_learns_of_nobody_and_nothing_but_its_own_people(
    world: World, plan: Plan
) -> None:
    way.approved(world, plan)

    for actor, own in ((world.lin, "定海"), (world.jiang, "嵊泗")):
        told = way.requests_to(actor)[-1].people
        for path, page in county_pages(world, actor).items():
            foreign = {name for name in names_in(page) if not name.startswith(own)}
            assert foreign == set(), path
            if path.startswith("/requests/"):
                assert names_in(page) == {person["name"] for person in told}
                assert not re.search(r"教育局|财政局|巡察组\d|第\d巡察组", page)


def test_after_publication_a_county_sees_its_own_rows_and_no_others(
    world: World, plan: Plan
) -> None:
    way.published(world, plan)

    for actor, own in ((world.lin, "定海"), (world.jiang, "嵊泗")):
        mine = rows_of(world, plan, own)
        for path, page in county_pages(world, actor).items():
            assert names_in(page) <= mine, path
        ours = county_pages(world, actor)["/ours/"]
        assert names_in(ours) == mine


def rows_of(world: World, plan: Plan, own: str) -> set[str]:
    """What the plan's rows say of a county, found by other means than extracts."""
    with acting(world.chen):
        seats = list(PlanSeat.objects.filter(plan=plan).select_related("person", "team"))
        visits = list(plan.visits.select_related("unit"))
    coming = {visit.team_id for visit in visits if visit.unit.name.startswith(own)}
    going = {seat.team_id for seat in seats if seat.person.name.startswith(own)}
    people = {s.person.name for s in seats if s.team_id in coming or s.person.name.startswith(own)}
    people |= {s.person.name for s in seats if s.team_id in going and s.role == "leader"}
    units = {v.unit.name for v in visits if v.team_id in going or v.unit.name.startswith(own)}
    teams = {s.team.name for s in seats if s.team_id in coming | going}
    return {name for name in people | units | teams if names_in(name)}


def test_no_notice_names_a_person_or_a_unit(world: World, plan: Plan) -> None:
    way.published(world, plan)

    for actor in (world.chen, world.zhao, world.lin, world.jiang):
        with acting(actor):
            told = list(Notice.objects.filter(tenant_id=actor.tenant_id))
        assert told
        assert all(not names_in(str(notice.about)) for notice in told)


def test_kin_place_and_career_are_on_no_page_and_in_no_row_of_publication(
    world: World, plan: Plan
) -> None:
    made = way.published(world, plan)
    assert CANARY not in made.document

    for actor in (world.lin, world.jiang):
        for path, page in county_pages(world, actor).items():
            assert CANARY not in page, path
    for name in ("chen", "zhao"):
        client = desk_of(name)
        for path in ("/", "/notices/", f"/plans/{plan.pk}/", f"/publications/{made.pk}/"):
            assert CANARY not in client.get(path).content.decode(), path
    for actor in (world.chen, world.lin):
        with acting(actor):
            for table in (ConfirmationRequest, PublishedExtract, Notice):
                assert CANARY not in str(list(table.objects.values())), table


def test_another_office_s_request_extract_and_notice_are_the_same_as_none(
    world: World, plan: Plan
) -> None:
    made = way.published(world, plan)
    request = way.requests_to(world.lin)[0]
    extract = way.extract_of(world.lin)
    with acting(world.lin):
        notice = Notice.objects.filter(tenant_id=world.lin.tenant_id).latest("pk")
    own, stranger = desk_of("lin"), desk_of("jiang")

    for path, number in (("requests", request.pk), ("ours", extract.pk)):
        theirs = bare(stranger, f"/{path}/{number}/")
        assert theirs.startswith("404")
        assert theirs == bare(stranger, f"/{path}/987654/")
        assert bare(own, f"/{path}/{number}/").startswith("200")
    for path in (f"/plans/{plan.pk}/", f"/publications/{made.pk}/"):
        missing = re.sub(r"\d+", "987654", path)
        assert bare(stranger, path) == bare(stranger, missing)
        assert bare(stranger, path).startswith("404")
    for act in (
        f"/requests/{request.pk}/confirm/",
        f"/requests/{request.pk}/object/",
        f"/notices/{notice.pk}/open/",
        f"/plans/{plan.pk}/publish/",
        f"/publications/{made.pk}/withdraw/",
    ):
        assert stranger.post(act, {"words": "x"}).status_code == 404, act
    assert own.post(f"/notices/{notice.pk}/open/").status_code == 302


def test_a_clerk_sees_the_office_s_own_side_and_answers_nothing(world: World, plan: Plan) -> None:
    way.propose(world, plan)
    request = way.requests_to(world.lin)[0]
    clerk = desk_of("wu")

    assert "由本单位主任答复，您可以查看" in seen(clerk, f"/requests/{request.pk}/")
    assert clerk.post(f"/requests/{request.pk}/confirm/").status_code == 403
    assert "请确认或提出异议" not in seen(clerk, "/notices/")
    assert desk_of("chen").get("/ours/").status_code == 403


# --- What comes next ------------------------------------------------------------------


def test_an_empty_page_says_what_happens_next(world: World) -> None:
    lin = desk_of("lin")
    assert "市委巡察办设立轮次后，会先通知本单位放行人员" in seen(lin, "/ours/")
    assert "还没有通知" in seen(lin, "/notices/")

    world.settle()
    round_ = world.make_round()
    world.call(round_)
    assert "请先向轮次放行人员" in seen(lin, "/ours/")
    for code in COUNTIES:
        world.release(code)
    assert "接下来市委巡察办编制方案" in seen(lin, "/ours/")
    plan = world.plan_of(world.solve(round_))
    way.propose(world, plan)
    assert "请在上面确认本单位的派出人员" in seen(lin, "/ours/")


def test_a_correction_shows_a_county_what_changed_of_its_own(world: World, plan: Plan) -> None:
    way.published(world, plan)
    draft = way.other_roles(world, plan)
    way.propose(world, draft)
    way.confirm_all(world)
    way.approve(world, draft)
    made = way.publish(world, draft)

    changed = {
        code: "方案已更正" in seen(desk_of(name), "/ours/")
        and "涉及本单位的安排没有变动" not in seen(desk_of(name), "/ours/")
        for code, name in (("dinghai", "lin"), ("shengsi", "jiang"))
    }
    assert changed["dinghai"]
    page = seen(desk_of("zhao"), f"/publications/{made.pk}/")
    assert "与上一版的差异" in page
    assert "已更正" in page
    old = way.extract_of(world.lin)
    with acting(world.lin):
        first = PublishedExtract.objects.filter(tenant_id=world.lin.tenant_id).order_by("pk")[0]
    assert old.number == 2
    assert "这一版已不再执行" in seen(desk_of("lin"), f"/ours/{first.pk}/")


def test_a_withdrawal_tells_everybody_that_nothing_is_in_force(world: World, plan: Plan) -> None:
    made = way.published(world, plan)
    director = desk_of("zhao")
    with frozen(way.BEFORE):
        nothing = director.post(f"/publications/{made.pk}/withdraw/", {"words": ""})
        assert (nothing.status_code, "没有写明理由" in words(nothing)) == (422, True)
        director.post(f"/publications/{made.pk}/withdraw/", {"words": "另有部署"})

    lin = desk_of("lin")
    assert "本方案已撤回，派出和来巡均不再执行" in seen(lin, "/ours/")
    assert names_in(seen(lin, "/ours/")) == set()
    assert "另有部署" in seen(director, f"/publications/{made.pk}/")
    assert "另有部署" not in seen(lin, "/ours/")


# --- The bell -------------------------------------------------------------------------


def test_the_bell_counts_what_is_new_and_opening_leads_on(world: World, plan: Plan) -> None:
    way.propose(world, plan)
    lin = desk_of("lin")
    assert bell(lin) == 3  # the call, its end, the request
    with acting(world.lin):
        notice = Notice.objects.filter(kind="confirmation_asked").get()

    answer = lin.post(f"/notices/{notice.pk}/open/")

    assert answer["Location"] == f"/requests/{way.requests_to(world.lin)[0].pk}/"
    assert bell(lin) == 2
    assert "全部通知已标为已读" in words(lin.post("/notices/read/", follow=True))
    assert bell(lin) == 0


def bell(client: Client) -> int:
    found = re.search(r'class="bell-count">(\d+)', client.get("/ours/").content.decode())
    return int(found[1]) if found else 0


# --- As many questions for many rows as for few ---------------------------------------


def test_pages_ask_the_database_no_more_the_more_there_is(world: World, plan: Plan) -> None:
    made = way.published(world, plan)
    lin, zhao = desk_of("lin"), desk_of("zhao")
    request = way.requests_to(world.lin)[0]
    pages = [
        (lin, "/"),
        (lin, "/ours/"),
        (lin, "/notices/"),
        (lin, f"/requests/{request.pk}/"),
        (lin, f"/ours/{way.extract_of(world.lin).pk}/"),
        (zhao, "/notices/"),
        (zhao, f"/publications/{made.pk}/"),
    ]
    for client, page in pages:
        client.get(page)  # The first look leaves a line, and is asked for what a later one is not.
    few = [queries_of(client, page) for client, page in pages]

    extract = way.extract_of(world.lin)
    with acting(world.zhao):
        for n in range(2, 12):
            rows = [
                {**row, "number": f"{n}{row['number']}"} for row in extract.document["going_out"]
            ]
            PublishedExtract.objects.create(
                tenant_id=world.lin.tenant_id,
                sender_id=world.zhao.tenant_id,
                round_id=extract.round_id,
                round_name=extract.round_name,
                starts_on=extract.starts_on,
                ends_on=extract.ends_on,
                number=extract.number,
                kind="corrected",
                document={**extract.document, "going_out": rows * 3},
                sha256=extract.sha256,
                sent_at=extract.sent_at,
            )
    for n in range(6):
        world.call(world.make_round(name=f"第{n}个轮次"), ["dinghai"])

    many = [queries_of(client, page) for client, page in pages]
    assert many == few
