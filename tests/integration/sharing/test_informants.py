"""Who gave a hint: sealed, opened by custodians alone, destroyed for good, found nowhere in plain."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.db.utils import IntegrityError, ProgrammingError

from kernel.clock import now
from kernel.errors import NotAllowed, NotVisible
from launcher.binaries import find_postgres
from launcher.psql import Login, without_postgres_settings
from sharing.access.informants import events_visible_to, informants_kept_by
from sharing.errors.informants import (
    CustodianByTwo,
    InformantDestroyed,
    InformantEmpty,
    InformantKnown,
    NotToBeCustodian,
    OpeningWantsAReason,
    ThreeCustodians,
)
from sharing.mapping.keys import key_service
from sharing.models.informants import Informant, InformantCustodian
from sharing.services import informants
from sharing.services.key_rotation import rotate_keys
from sharing.vault.key_service import SealIsBroken
from tenancy.domain.roles import Role
from tenancy.models import Membership, User
from tests.clues import registered, signed
from tests.people import SEATED_SINCE, acting
from tests.teams import Team

PLANTED = {
    "name": "秋鸣柯壹柒",
    "phone": "19900017777",
    "id_number": "330999190001017771",
    "address": "虚构路一七七号",
    "remarks": "匿名来访人自述",
}


@pytest.fixture(autouse=True)
def keys(settings: object, tmp_path: Path) -> Path:
    folder = tmp_path / "keys"
    folder.mkdir(mode=0o700)
    settings.KEYS_FOLDER = folder  # type: ignore[attr-defined]
    return folder


def entered(team: Team, number: int | None = None) -> int:
    mei = team.actor("mei", "zhoushan")
    number = registered(team) if number is None else number
    with acting(mei):
        made = informants.enter_informant(actor=mei, number=number, identity=PLANTED)
        return int(made.pk)


def custodian(team: Team) -> None:
    """Qin: named by zhao, confirmed by xu."""
    zhao, xu, qin = team.actor("zhao"), team.actor("xu"), team.actor("qin")
    with acting(zhao):
        named = informants.name_custodian(actor=zhao, person=qin.person_id)
    with acting(xu):
        informants.confirm_custodian(actor=xu, number=named.pk)


def test_a_custodian_opens_it_with_a_reason_and_each_opening_is_kept(team: Team) -> None:
    number = entered(team)
    qin = team.actor("qin")

    with acting(qin), pytest.raises(NotVisible):
        informants.open_informant(actor=qin, number=number, reason="核实来信人身份")
    custodian(team)
    with acting(qin):
        with pytest.raises(OpeningWantsAReason):
            informants.open_informant(actor=qin, number=number, reason="  看 ")
        opened = informants.open_informant(actor=qin, number=number, reason="核实来信人身份")
        assert opened.identity == PLANTED
        assert list(events_visible_to(qin).values_list("kind", "by_name", "reason")) == [
            ("opened", "秦明川", "核实来信人身份")
        ]
    zhao = team.actor("zhao")
    with acting(zhao):
        assert events_visible_to(zhao).count() == 1, "the director sees that it was opened"


@pytest.mark.parametrize("who", ["zhao", "xu", "chen", "song", "lin", "luo", "tang", "gu", "ruan"])
def test_nobody_else_opens_it_by_service_or_by_sql(team: Team, who: str) -> None:
    number = entered(team)
    custodian(team)
    actor = team.actor(who, "zhoushan")

    with acting(actor):
        with pytest.raises((NotVisible, NotAllowed)):
            informants.open_informant(actor=actor, number=number, reason="核实来信人身份")
        assert not informants_kept_by(actor).exists()
        assert not Informant.objects.only("pk").filter(pk=number).exists()
        for function in ("open_informant", "destroy_informant"):
            with pytest.raises(IntegrityError, match="A custodian"), transaction.atomic():
                asked(f"SELECT * FROM sec.{function}(%s, 'a reason')", number)


def asked(sql: str, *values: int | str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def test_who_entered_it_and_the_custodian_select_nothing_that_is_sealed(team: Team) -> None:
    entered(team)
    custodian(team)

    for actor in (team.actor("mei", "zhoushan"), team.actor("qin")):
        with acting(actor):
            assert Informant.objects.values_list("code", flat=True).count() == 1
            for column in ("sealed", "wrapped", "key"):
                denied = pytest.raises(ProgrammingError, match="permission denied")
                with denied, transaction.atomic():
                    asked(f"SELECT {column} FROM sharing_informant")


def test_a_worker_has_no_right_at_all(team: Team) -> None:
    with team.django_as("worker"):
        for table in ("sharing_informant", "sharing_informantevent", "sharing_informantcustodian"):
            for what in ("SELECT", "INSERT", "UPDATE"):
                assert asked("SELECT has_any_column_privilege(%s, %s)", table, what) == [(False,)]


def test_it_is_entered_once_and_by_who_registered_the_clue(team: Team) -> None:
    number = registered(team)
    tang, mei = team.actor("tang", "zhoushan"), team.actor("mei", "zhoushan")

    with acting(tang), pytest.raises(NotVisible):
        informants.enter_informant(actor=tang, number=number, identity=PLANTED)
    with acting(mei):
        with pytest.raises(InformantEmpty):
            informants.enter_informant(actor=mei, number=number, identity={"name": " "})
        informants.enter_informant(actor=mei, number=number, identity=PLANTED)
        with pytest.raises(InformantKnown):
            informants.enter_informant(actor=mei, number=number, identity=PLANTED)


def test_destroyed_it_opens_to_nobody_and_its_record_stays(team: Team) -> None:
    number = entered(team)
    custodian(team)
    qin = team.actor("qin")

    with acting(qin):
        informants.destroy_informant(actor=qin, number=number, reason="保管期满")
        for call in (informants.open_informant, informants.destroy_informant):
            with pytest.raises(InformantDestroyed):
                call(actor=qin, number=number, reason="再次查看")
        kinds = events_visible_to(qin).values_list("kind", "reason")
        assert list(kinds) == [("destroyed", "保管期满")]
    with team.django_as("owner"):
        row = Informant.objects.get(pk=number)
        assert (bytes(row.sealed), bytes(row.wrapped)) == (b"", b"")


def test_a_ciphertext_moved_to_another_row_does_not_open(team: Team) -> None:
    first, second = entered(team), entered(team)
    custodian(team)
    with team.django_as("owner"):
        moved = Informant.objects.get(pk=first)
        Informant.objects.filter(pk=second).update(sealed=moved.sealed, wrapped=moved.wrapped)

    qin = team.actor("qin")
    with acting(qin), pytest.raises(SealIsBroken):
        informants.open_informant(actor=qin, number=second, reason="核实来信人身份")


def test_with_sm4_it_opens_as_well(team: Team, settings: object) -> None:
    settings.RECORD_CIPHER = "sm4-gcm"  # type: ignore[attr-defined]
    number = entered(team)
    custodian(team)
    qin = team.actor("qin")

    with acting(qin):
        opened = informants.open_informant(actor=qin, number=number, reason="核实来信人身份")
    assert opened.identity == PLANTED


def test_custodians_are_three_at_most_and_come_in_force_by_two(team: Team) -> None:
    zhao, xu, qin = team.actor("zhao"), team.actor("xu"), team.actor("qin")
    with team.django_as("owner"):
        more = [
            User.objects.create(pk=9120 + n, username=f"c{n}", display_name=f"保管{n}")
            for n in range(3)
        ]
        for user in more:
            Membership.objects.create(
                tenant_id=zhao.tenant_id,
                user=user,
                role=Role.PETITION_OFFICE,
                since_on=SEATED_SINCE,
            )

    with acting(zhao):
        for nobody in (zhao.person_id, team.actor("chen").person_id, team.actor("luo").person_id):
            with pytest.raises(NotToBeCustodian):
                informants.name_custodian(actor=zhao, person=nobody)
        named = informants.name_custodian(actor=zhao, person=qin.person_id)
        with pytest.raises(NotAllowed):
            informants.confirm_custodian(actor=zhao, number=named.pk)
        with pytest.raises(IntegrityError, match="second person"), transaction.atomic():
            InformantCustodian.objects.filter(pk=named.pk).update(confirmed_at=now())
        for user in more[:2]:
            informants.name_custodian(actor=zhao, person=user.pk)
        with pytest.raises(ThreeCustodians):
            informants.name_custodian(actor=zhao, person=more[2].pk)
        informants.end_custodian(actor=zhao, number=named.pk)
        informants.name_custodian(actor=zhao, person=more[2].pk)
    with acting(xu):
        last = InformantCustodian.objects.latest("pk")
        informants.confirm_custodian(actor=xu, number=last.pk)
        with pytest.raises(CustodianByTwo):
            informants.confirm_custodian(actor=xu, number=last.pk)


def test_one_whose_term_as_custodian_ended_opens_nothing(team: Team) -> None:
    number = entered(team)
    custodian(team)
    zhao, qin = team.actor("zhao"), team.actor("qin")
    with acting(zhao):
        informants.end_custodian(actor=zhao, number=InformantCustodian.objects.get().pk)

    with acting(qin), pytest.raises(NotVisible):
        informants.open_informant(actor=qin, number=number, reason="核实来信人身份")


def test_planted_words_are_found_nowhere_but_in_ciphertext(
    team: Team,
    login_as: Callable[[str], Login],
    tmp_path: Path,
    keys: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The whole database as it is dumped, what was logged, the folders of files and of keys; also
    after the clue was signed, delivered and the seal opened."""
    number = registered(team)
    entered(team, number)
    custodian(team)
    signed(team)
    qin = team.actor("qin")
    with acting(qin):
        one = informants_kept_by(qin).get().pk
        informants.open_informant(actor=qin, number=one, reason="核实来信人身份")

    login = login_as("backup")
    dumped = subprocess.run(
        [
            *(find_postgres()["pg_dump"], "--inserts", "--exclude-table-data=sec.context_key"),
            *("-h", login.host, "-p", str(login.port), "-U", login.user, login.database),
        ],
        env=without_postgres_settings() | {"PGPASSWORD": login.password},
        capture_output=True,
        check=True,
    ).stdout
    found = {"dump": dumped, "log": caplog.text.encode()}
    for folder in (Path(settings.MEDIA_ROOT), keys):
        found |= {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert b"sharing_informant" in dumped, "the dump holds the table"
    assert "骆怀川".encode() in dumped, "and what a clue says, in plain: the scan would see it"
    for place, content in found.items():
        for field, words in PLANTED.items():
            for written in (words.encode(), words.encode().hex().encode()):
                assert written not in content, f"{field} in {place}"


def test_under_a_new_key_of_the_office_it_opens_and_what_was_destroyed_stays_so(
    team: Team, django_as: Callable[[str], AbstractContextManager[None]]
) -> None:
    kept, gone = entered(team), entered(team)
    custodian(team)
    qin = team.actor("qin")
    with acting(qin):
        informants.destroy_informant(actor=qin, number=gone, reason="依规销毁")

    with django_as("worker"):
        assert rotate_keys(office=qin.tenant_id).rows == 1
        with acting(qin), pytest.raises(ProgrammingError, match="permission denied"):
            asked("SELECT sealed FROM sharing_informant")

    key_service().destroy(f"{qin.tenant_id}-1")
    with acting(qin):
        opened = informants.open_informant(actor=qin, number=kept, reason="核实来信人身份")
        assert opened.identity == PLANTED
        with pytest.raises(InformantDestroyed):
            informants.open_informant(actor=qin, number=gone, reason="核实来信人身份")
