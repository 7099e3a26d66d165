"""What a county hands to a round, what it can take back, and who hears of it."""

from __future__ import annotations

import threading

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Count

from kernel.errors import NotAllowed, NotVisible
from scheduling.errors import (
    NobodyPicked,
    NothingReleased,
    PickedPersonUnavailable,
    PickedUnitUnavailable,
    ReleasesClosed,
)
from scheduling.models.releases import (
    Release,
    ReleaseCall,
    ReleasedFacts,
    ReleasedPerson,
    ReportedUnit,
    StaleNotice,
)
from scheduling.models.rosters import InspectedUnit, Person
from scheduling.models.rounds import InspectionRound
from scheduling.selectors.rounds import round_page
from scheduling.services import calling, releasing
from tenancy.actor import Actor
from tenancy.context import in_office
from tenancy.models import AuditEntry
from tests.integration.scheduling.world import COUNTIES, World, acting, people_of, unit


@pytest.fixture
def called(world: World) -> InspectionRound:
    """A round whose counties are called on, and nobody has answered."""
    world.settle()
    round_ = world.make_round()
    world.call(round_)
    return round_


def picks(actor: Actor) -> tuple[list[int], list[int]]:
    """Everybody, and every unit that may be inspected."""
    people = Person.objects.filter(tenant_id=actor.tenant_id).order_by("number")
    units = InspectedUnit.objects.inspectable().filter(tenant_id=actor.tenant_id)
    return list(people.values_list("pk", flat=True)), list(units.values_list("pk", flat=True))


def test_what_a_director_releases_reaches_the_city_and_stays_readable_at_home(
    world: World, called: InspectionRound
) -> None:
    world.release("dinghai")

    with acting(world.chen):
        assert ReleasedPerson.objects.filter(round=called).count() == 6
        assert ReportedUnit.objects.filter(round=called, inspectable=True).count() == 2
    with acting(world.lin):
        assert ReleasedPerson.objects.sent_by(world.lin).count() == 6


def test_another_county_sees_nothing_of_a_release(world: World, called: InspectionRound) -> None:
    world.release("dinghai")

    with acting(world.jiang):
        assert not ReleasedPerson.objects.exists()
        assert not Release.objects.exists()


def test_releasing_the_same_twice_is_releasing_it_once(
    world: World, called: InspectionRound
) -> None:
    world.release("dinghai")
    world.release("dinghai")

    with acting(world.chen):
        assert Release.objects.count() == 1
        assert ReleasedPerson.objects.count() == 6
    with acting(world.lin):
        assert AuditEntry.objects.filter(action="scheduling.release.released").count() == 1


def test_a_different_pick_is_a_new_version_and_the_old_one_no_longer_counts(
    world: World, called: InspectionRound
) -> None:
    world.release("dinghai")
    world.release("dinghai", without="定海己")

    with acting(world.chen):
        standing = Release.objects.standing().annotate(n=Count("people"))
        assert list(standing.values_list("version", "n")) == [(2, 5)]


def test_the_same_pick_is_released_again_once_the_roster_has_changed(
    world: World, called: InspectionRound
) -> None:
    world.release("dinghai")
    with world.django_as("worker"), in_office(world.lin.tenant_id):
        Person.objects.filter(number="001").update(fact_hash="another", post="副主任")

    world.release("dinghai")

    with acting(world.chen):
        [standing] = Release.objects.standing()
        assert standing.version == 2
        assert standing.people.get(number="001").post == "副主任"


def test_bodies_above_and_below_a_reported_unit_go_along_as_facts(
    world: World, called: InspectionRound
) -> None:
    with world.django_as("worker"), in_office(world.lin.tenant_id):
        unit(world.offices["dinghai"], "U9", "定海区渔业学校", parent_code="U3").save()
        unit(world.offices["dinghai"], "U8", "定海区档案馆", inspectable=False).save()

    world.release("dinghai")

    with acting(world.chen):
        reported = dict(ReportedUnit.objects.values_list("code", "inspectable"))
    assert reported == {"U1": True, "U2": True, "U3": False, "U9": True}


def test_absences_cross_as_dates_and_never_with_their_reason(
    world: World, called: InspectionRound
) -> None:
    with world.django_as("worker"), in_office(world.lin.tenant_id):
        Person.objects.filter(number="001").update(
            absences=[{"from": "2026-09-07", "to": "2026-09-08", "reason": "接受组织调查"}]
        )

    world.release("dinghai")

    with acting(world.chen):
        away = ReleasedPerson.objects.get(number="001").away
    assert away == [{"from": "2026-09-07", "to": "2026-09-08"}]


def test_a_release_can_be_withdrawn_and_withdrawing_twice_is_withdrawing_once(
    world: World, called: InspectionRound
) -> None:
    world.release("dinghai")
    call = world.call_to("dinghai")

    with acting(world.lin):
        first = releasing.withdraw_release(actor=world.lin, number=call.pk)
        again = releasing.withdraw_release(actor=world.lin, number=call.pk)

    assert first.pk == again.pk
    with acting(world.chen):
        assert not Release.objects.standing().exists()


def test_withdrawing_what_was_never_released_is_refused_in_words(
    world: World, called: InspectionRound
) -> None:
    call = world.call_to("dinghai")

    with acting(world.lin), pytest.raises(NothingReleased):
        releasing.withdraw_release(actor=world.lin, number=call.pk)


def test_once_the_round_is_being_solved_nothing_is_released_or_withdrawn(world: World) -> None:
    round_ = world.released_round()
    world.start(round_)
    call = world.call_to("dinghai")

    with acting(world.lin), pytest.raises(ReleasesClosed):
        releasing.withdraw_release(actor=world.lin, number=call.pk)
    with acting(world.lin):
        people, units = picks(world.lin)
        with pytest.raises(ReleasesClosed):
            releasing.release(actor=world.lin, number=call.pk, people=people[:3], units=units)


def test_when_the_city_opens_releases_again_a_county_can_withdraw(world: World) -> None:
    round_ = world.released_round()
    world.solve(round_)
    call = world.call_to("dinghai")

    with acting(world.chen):
        calling.reopen_releases(actor=world.chen, number=round_.pk)

    with acting(world.lin):
        assert releasing.withdraw_release(actor=world.lin, number=call.pk).is_withdrawal


def test_an_empty_release_is_refused(world: World, called: InspectionRound) -> None:
    call = world.call_to("dinghai")

    with acting(world.lin), pytest.raises(NobodyPicked):
        releasing.release(actor=world.lin, number=call.pk, people=[], units=[])


def test_somebody_who_has_left_the_pool_cannot_be_released(
    world: World, called: InspectionRound
) -> None:
    with world.django_as("worker"), in_office(world.lin.tenant_id):
        Person.objects.filter(number="006").update(status=Person.Status.LEFT)
    call = world.call_to("dinghai")

    with acting(world.lin):
        people, units = picks(world.lin)
        with pytest.raises(PickedPersonUnavailable) as refusal:
            releasing.release(actor=world.lin, number=call.pk, people=people, units=units)

    assert refusal.value.data["count"] == 1


def test_people_and_units_of_another_office_cannot_be_released(
    world: World, called: InspectionRound
) -> None:
    call = world.call_to("dinghai")
    with acting(world.jiang):
        foreign_people, foreign_units = picks(world.jiang)
    with acting(world.lin):
        people, _ = picks(world.lin)

    with acting(world.lin), pytest.raises(PickedPersonUnavailable):
        releasing.release(actor=world.lin, number=call.pk, people=foreign_people, units=[])
    with acting(world.lin), pytest.raises(PickedUnitUnavailable):
        releasing.release(actor=world.lin, number=call.pk, people=people, units=foreign_units)


def test_a_clerk_sees_the_call_and_may_not_release(world: World, called: InspectionRound) -> None:
    call = world.call_to("dinghai")

    with acting(world.wu):
        people, units = picks(world.wu)
        with pytest.raises(NotAllowed):
            releasing.release(actor=world.wu, number=call.pk, people=people, units=units)
    with acting(world.lin):
        assert releasing.release(actor=world.lin, number=call.pk, people=people, units=units)


def test_a_call_to_another_office_is_not_there(world: World, called: InspectionRound) -> None:
    call = world.call_to("shengsi")

    with acting(world.lin), pytest.raises(NotVisible) as not_yours:
        releasing.withdraw_release(actor=world.lin, number=call.pk)
    with acting(world.lin), pytest.raises(NotVisible) as not_there:
        releasing.withdraw_release(actor=world.lin, number=10**9)

    assert not_yours.value.in_language("zh") == not_there.value.in_language("zh")


def test_the_city_releases_its_own_people_by_its_director_and_reports_no_units(
    world: World,
) -> None:
    world.settle()
    city = world.offices["zhoushan"]
    with world.django_as("worker"), in_office(city.pk):
        Person.objects.bulk_create(people_of(city, 4))
    round_ = world.make_round()
    world.call(round_, ("zhoushan", "dinghai"))

    world.release("zhoushan")

    with acting(world.chen):
        assert ReleasedPerson.objects.filter(sender=city).count() == 4
        assert not ReportedUnit.objects.filter(sender=city).exists()


def test_a_changed_roster_makes_the_released_person_stale_without_saying_why(
    world: World, called: InspectionRound
) -> None:
    world.release("dinghai")
    with acting(world.lin):
        changed = Person.objects.get(number="002")
        assert releasing.roster_changed(actor=world.lin, person_ids=[changed.pk]) == 1
        assert releasing.roster_changed(actor=world.lin, person_ids=[changed.pk]) == 0

    with acting(world.chen):
        [notice] = StaleNotice.objects.all()
        assert notice.person.number == "002"
        page = round_page(world.chen, called.pk)
    assert {answer.office.code: answer.stale for answer in page.answers}["dinghai"] == 1


def test_a_change_of_somebody_who_was_not_released_tells_nobody(
    world: World, called: InspectionRound
) -> None:
    world.release("dinghai", without="定海己")

    with acting(world.lin):
        left_at_home = Person.objects.get(number="006")
        assert releasing.roster_changed(actor=world.lin, person_ids=[left_at_home.pk]) == 0


def test_the_worker_that_applies_an_import_can_tell_the_city(
    world: World, called: InspectionRound
) -> None:
    world.release("dinghai")

    with world.django_as("worker"), acting(world.lin):
        changed = Person.objects.get(number="001")
        assert releasing.roster_changed(actor=world.lin, person_ids=[changed.pk]) == 1


def test_releasing_again_clears_the_stale_mark(world: World, called: InspectionRound) -> None:
    world.release("dinghai")
    with acting(world.lin):
        changed = Person.objects.get(number="002")
        releasing.roster_changed(actor=world.lin, person_ids=[changed.pk])

    world.release("dinghai", without="定海己")

    with acting(world.chen):
        page = round_page(world.chen, called.pk)
    assert sum(answer.stale for answer in page.answers) == 0


def test_an_office_that_was_not_called_on_cannot_release_even_by_sql(world: World) -> None:
    world.settle()
    round_ = world.make_round()
    world.call(round_, ("dinghai",))

    with acting(world.jiang), pytest.raises(DatabaseError), transaction.atomic():
        Release.objects.create(
            tenant_id=world.chen.tenant_id,
            sender_id=world.jiang.tenant_id,
            round_id=round_.pk,
            version=1,
            content="",
            released_by="",
            released_at=round_.created_at,
        )


def test_nobody_can_send_a_person_along_with_another_office_s_release(
    world: World, called: InspectionRound
) -> None:
    world.release("dinghai")
    with acting(world.chen):
        release = Release.objects.get()

    with acting(world.jiang), pytest.raises(DatabaseError), transaction.atomic():
        ReleasedPerson.objects.create(
            tenant_id=world.chen.tenant_id,
            sender_id=world.jiang.tenant_id,
            release_id=release.pk,
            round_id=called.pk,
            number="666",
            name="混入者",
            post="",
            is_leader=True,
            is_deputy=True,
            rounds_served=1,
            recent_days=0,
        )


@pytest.mark.parametrize("table", [ReleasedPerson, ReportedUnit, Release, ReleaseCall])
def test_what_was_delivered_is_changed_by_nobody(
    world: World, called: InspectionRound, table: type[ReleasedPerson]
) -> None:
    world.release("dinghai")

    for actor in (world.chen, world.lin):
        with acting(actor), pytest.raises(DatabaseError), transaction.atomic():
            table.objects.update(tenant_id=actor.tenant_id)


def test_the_web_can_write_the_released_facts_and_never_read_them(
    world: World, called: InspectionRound
) -> None:
    world.release("dinghai")

    for actor in (world.chen, world.zhao, world.lin):
        with acting(actor), pytest.raises(DatabaseError), transaction.atomic():
            list(ReleasedFacts.objects.all())
    with world.django_as("worker"), in_office(world.chen.tenant_id):
        assert ReleasedFacts.objects.count() == 6


def test_two_colleagues_who_release_at_once_release_once(
    world: World, called: InspectionRound
) -> None:
    barrier = threading.Barrier(2)
    call = world.call_to("dinghai")
    with acting(world.lin):
        people, units = picks(world.lin)

    def release_at_the_signal() -> None:
        barrier.wait()
        with acting(world.lin):
            releasing.release(actor=world.lin, number=call.pk, people=people, units=units)
        connection.close()

    threads = [threading.Thread(target=release_at_the_signal) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with acting(world.chen):
        assert Release.objects.count() == 1


def test_calling_twice_sends_one_call_to_each_office(world: World, called: InspectionRound) -> None:
    world.call(called)

    with acting(world.chen):
        assert ReleaseCall.objects.sent_by(world.chen).count() == len(COUNTIES)
