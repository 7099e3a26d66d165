"""As many rows of each list as a test of its paging needs. Put there past the fence."""

from __future__ import annotations

from kernel.clock import now
from scheduling.models.imports import Import, ImportRow
from scheduling.models.plans import Plan
from scheduling.models.releases import Release, ReleaseCall, ReportedUnit
from scheduling.models.rosters import InspectedUnit, Person
from scheduling.models.rounds import InspectionRound
from scheduling.models.runs import RunStatus, SolveRun
from sharing.models.history import QuotedFigure
from tenancy.models import Office
from tests.api.crowd_ground import CITY, COUNTY, Crowd, a_round
from tests.api.crowds_in_rooms import IN_ROOMS
from tests.api.crowds_of_clues import OF_CLUES
from tests.api.crowds_of_dictionaries import OF_DICTIONARIES
from tests.api.crowds_of_ledgers import OF_LEDGERS
from tests.api.crowds_of_packages import OF_PACKAGES
from tests.api.crowds_of_papers import OF_PAPERS
from tests.api.crowds_of_rectification import OF_RECTIFICATION
from tests.api.crowds_of_shares import OF_SHARES
from tests.api.crowds_of_teams import OF_TEAMS
from tests.api.crowds_on_the_way import ON_THE_WAY
from tests.api.crowds_waiting import WAITING
from tests.integration.scheduling.world import person, unit


def people(count: int) -> str:
    there = Person.objects.count()
    office = Office.objects.get(pk=COUNTY)
    Person.objects.bulk_create(person(office, there + n) for n in range(1, count + 1))
    return "/people"


def accounts(count: int) -> str:
    people(count)
    return "/person-accounts"


def units(count: int) -> str:
    there = InspectedUnit.objects.count()
    office = Office.objects.get(pk=COUNTY)
    InspectedUnit.objects.bulk_create(
        unit(office, f"U{there + n:03d}", f"单位{there + n}", parent_code="U001")
        for n in range(1, count + 1)
    )
    return "/units"


def imports(count: int) -> str:
    Import.objects.bulk_create(_import(n) for n in range(count))
    return "/imports"


def import_rows(count: int) -> str:
    upload = Import.objects.first()
    if upload is None:
        upload = _import(0)
        upload.state = Import.State.DRY_RUN
        upload.save()
    there = ImportRow.objects.count()
    ImportRow.objects.bulk_create(
        ImportRow(
            tenant_id=COUNTY,
            upload=upload,
            sheet="people" if n % 2 else "career",
            sheet_name="人员",
            row_no=there + n,
            state=ImportRow.State.ERROR,
            errors=[{"column": "姓名", "cell": f"B{n}", "zh": "不能为空", "en": "is empty"}],
        )
        for n in range(1, count + 1)
    )
    return f"/imports/{upload.pk}/rows"


def release_calls(count: int) -> str:
    for round_ in [a_round() for _ in range(count)]:
        _call(round_).save()
    return "/release-calls"


def rounds(count: int) -> str:
    for _ in range(count):
        a_round()
    return "/rounds"


def round_units(count: int) -> str:
    round_ = InspectionRound.objects.first() or a_round()
    release = Release.objects.first()
    if release is None:
        _call(round_).save()
        release = Release.objects.create(
            tenant_id=CITY,
            sender_id=COUNTY,
            round=round_,
            version=1,
            content="x",
            released_by="x",
            released_at=now(),
        )
    there = ReportedUnit.objects.count()
    ReportedUnit.objects.bulk_create(
        ReportedUnit(
            tenant_id=CITY,
            sender_id=COUNTY,
            release=release,
            round=round_,
            code=f"U{there + n:03d}",
            name=f"单位{n}",
            kind="department",
            risk=3,
            days=5,
            mandatory=False,
            priority=50,
            inspectable=True,
        )
        for n in range(1, count + 1)
    )
    return f"/rounds/{round_.pk}/units"


def runs(count: int) -> str:
    round_ = InspectionRound.objects.first() or a_round()
    for _ in range(count):
        _run(round_)
    return f"/rounds/{round_.pk}/runs"


def plans(count: int) -> str:
    round_ = InspectionRound.objects.first() or a_round()
    there = Plan.objects.count()
    for n in range(1, count + 1):
        Plan.objects.create(
            tenant_id=CITY,
            round=round_,
            run=_run(round_),
            version=there + n,
            created_at=now(),
            found_at=now(),
        )
    return "/plans"


def figures(count: int) -> str:
    there = QuotedFigure.objects.count()
    QuotedFigure.objects.bulk_create(
        QuotedFigure(
            tenant_id=COUNTY,
            position=there + n,
            term="第一届",
            figure=f"指标{there + n}",
            value="30余",
            quote="x",
            source="x",
            imported_at=now(),
        )
        for n in range(1, count + 1)
    )
    return "/history-figures"


def offices(count: int) -> str:
    there = Office.objects.count()
    Office.objects.bulk_create(
        Office(
            code=f"county{there + n}",
            name=f"县{there + n}",
            short_name=f"县{there + n}",
            kind="county",
            parent_id=CITY,
            name_key=f"xian {n % 3}",
        )
        for n in range(1, count + 1)
    )
    return "/offices"


# Whose list it is, by the person of the tests who reads it.
CROWDS: dict[str, tuple[str, Crowd]] = {
    "list_people": ("lin", people),
    "list_units": ("lin", units),
    "list_imports": ("lin", imports),
    "list_import_rows": ("lin", import_rows),
    "list_release_calls": ("lin", release_calls),
    "list_rounds": ("chen", rounds),
    "list_round_units": ("chen", round_units),
    "list_runs": ("chen", runs),
    "list_plans": ("chen", plans),
    "list_history_figures": ("lin", figures),
    "list_offices": ("chen", offices),
    **ON_THE_WAY,
    **OF_DICTIONARIES,
    **OF_CLUES,
    **WAITING,
    **OF_LEDGERS,
    **OF_RECTIFICATION,
    **OF_PAPERS,
    **OF_PACKAGES,
    **OF_SHARES,
    **IN_ROOMS,
    **OF_TEAMS,
    "list_person_accounts": ("lin", accounts),
}


def _import(number: int) -> Import:
    return Import(
        tenant_id=COUNTY,
        kind="roster" if number % 2 else "units",
        file_name="x.xlsx",
        stored_name=f"{number}.upload",
        size=1,
        sha256="x",
        uploaded_at=now(),
    )


def _call(round_: InspectionRound) -> ReleaseCall:
    return ReleaseCall(
        tenant_id=COUNTY,
        sender_id=CITY,
        round_id=round_.pk,
        name=round_.name,
        starts_on=round_.starts_on,
        ends_on=round_.ends_on,
        mode="ring",
        teams=1,
        people_needed=1,
        asks_for_units=True,
        called_at=now(),
    )


def _run(round_: InspectionRound) -> SolveRun:
    return SolveRun.objects.create(
        tenant_id=CITY,
        round=round_,
        time_limit_s=1,
        seed=1,
        basis="x",
        status=RunStatus.UNKNOWN,
        requested_by="x",
        requested_at=now(),
        finished_at=now(),
    )
