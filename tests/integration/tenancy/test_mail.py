"""From what happened to a letter: written with it, sent, tried again, given up; and to whom not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from psycopg2.extensions import connection as Connection

from kernel.clock import now
from scheduling.services import notices
from tenancy.actor import Actor
from tenancy.domain.mail import MOST_TRIES
from tenancy.errors import (
    MailAddressNotValid,
    MailDomainNotAllowed,
    MailIsOff,
    TooManyMailCodes,
)
from tenancy.models import MailAddress, MailMessage
from tenancy.runner import run_job
from tenancy.services import mail, mailing
from tests.integration.tenancy.raw import Raw
from tests.people import acting
from tests.post_office import PostOffice, post_office

ADDRESS = "Lin.Zhiyuan@Office.example.org"
SITE = "https://inspection.example.org"


@pytest.fixture
def office(settings: Any) -> Iterator[PostOffice]:
    with post_office() as one:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", one.port
        settings.EMAIL_SECURITY = "none"
        settings.DEFAULT_FROM_EMAIL = "noreply@inspection.example.org"
        settings.SITE_ADDRESS = SITE
        yield one


@dataclass
class Ground:
    lin: Actor
    wu: Actor
    chen: Actor
    raw: Raw
    django_as: Callable[[str], Any]

    def happens(self, kind: str = "call_received") -> None:
        """The city tells Lin's office something."""
        with acting(self.chen):
            notices.tell(
                actor=self.chen, office=self.lin.tenant_id, kind=kind, number=17, round="不外传"
            )

    def work(self) -> list[str]:
        """What the relay and a worker do once, when every pause is over."""
        self.raw.run("UPDATE tenancy_mailmessage SET next_at = now() WHERE state = 'waiting'")
        self.raw.connection.commit()
        with self.django_as("worker"):
            mailing.queue_mails()
            numbers = self.raw.rows("SELECT id FROM tenancy_job WHERE state = 'queued'")
            self.raw.connection.commit()
            return [run_job(number) for (number,) in numbers]

    def opt_in(self, actor: Actor, office: PostOffice, address: str = ADDRESS) -> None:
        with acting(actor):
            mail.ask_for_mail(actor=actor, address=address)
        self.work()
        [code] = re.findall(r"\b\d{8}\b", office.got.pop().mail.get_content())[:1]
        with acting(actor):
            assert mail.confirm_mail(actor=actor, code=code) is True

    def letters(self, actor: Actor | None = None) -> list[MailMessage]:
        who = actor or self.lin
        with acting(who):
            own = MailMessage.objects.filter(user_id=who.person_id).exclude(about="code")
            return list(own.order_by("pk"))


@pytest.fixture
def ground(
    committed_db: None,
    superuser_connection: Connection,
    django_as: Callable[[str], Any],
    lin: Actor,
    wu: Actor,
    chen: Actor,
) -> Ground:
    return Ground(lin, wu, chen, Raw(superuser_connection), django_as)


def test_somebody_asks_confirms_and_is_told_that_something_waits_and_no_more(
    ground: Ground, office: PostOffice
) -> None:
    ground.opt_in(ground.lin, office)
    ground.happens()

    assert ground.work() == ["done"]
    [got] = office.got
    assert got.to == ("Lin.Zhiyuan@office.example.org",)
    assert re.fullmatch(r"<[0-9a-f]{32}@inspection\.example\.org>", got.message_id)
    assert f"{SITE}/notices/" in got.words
    assert "一条通知" in got.words
    assert got.mail["Auto-Submitted"] == "auto-generated"
    for secret in ("不外传", "定海", "舟山", "林知远", "17", "抽调"):
        assert secret not in got.mail.get_content(), secret
    [letter] = ground.letters()
    assert (letter.state, letter.tries, letter.last_fault) == ("sent", 1, "")
    assert ground.work() == []
    assert ground.letters(ground.wu) == [], "who did not ask is not mailed"


def test_what_happens_before_it_goes_is_one_letter(ground: Ground, office: PostOffice) -> None:
    ground.opt_in(ground.lin, office)
    for _ in range(3):
        ground.happens()

    assert ground.work() == ["done"]
    assert len(office.got) == 1
    ground.happens()
    assert ground.work() == ["done"]
    assert len({one.message_id for one in office.got}) == 2


def test_what_is_undone_is_not_mailed(ground: Ground, office: PostOffice) -> None:
    ground.opt_in(ground.lin, office)
    with transaction.atomic():
        ground.happens()
        transaction.set_rollback(True)

    assert ground.work() == []
    assert ground.letters() == []


def test_it_is_refused_for_now_and_arrives_under_the_same_id(
    ground: Ground, office: PostOffice
) -> None:
    ground.opt_in(ground.lin, office)
    office.answers = ["451 not now", "drop"]
    ground.happens()

    assert ground.work() == ["done"]
    [first] = ground.letters()
    assert (first.state, first.last_fault) == ("waiting", "not_now")
    assert first.last_at is not None
    pause = first.next_at - first.last_at
    assert timedelta(seconds=40) < pause < timedelta(seconds=80)
    ground.work()  # taken, and the line breaks before that is said
    assert ground.letters()[0].last_fault == "no_connection"
    ground.work()

    [last] = ground.letters()
    assert (last.state, last.tries) == ("sent", 3)
    assert len(office.got) == 2, "at least once: who gets it twice can tell"
    assert len({one.message_id for one in office.got}) == 1


def test_what_is_refused_for_good_is_not_tried_again(ground: Ground, office: PostOffice) -> None:
    ground.opt_in(ground.lin, office)
    office.to_recipients = ["550 no such mailbox"]
    ground.happens()

    ground.work()
    assert [(one.state, one.last_fault) for one in ground.letters()] == [("failed", "refused")]
    assert ground.work() == []


def test_a_server_that_is_away_is_given_up_in_the_end(
    ground: Ground, office: PostOffice, settings: Any
) -> None:
    ground.opt_in(ground.lin, office)
    settings.EMAIL_PORT = 1
    ground.happens()
    for _ in range(MOST_TRIES):
        ground.work()

    [letter] = ground.letters()
    assert (letter.state, letter.tries, letter.last_fault) == (
        "failed",
        MOST_TRIES,
        "no_connection",
    )
    assert ground.work() == []


def test_a_worker_that_died_over_it_sends_it_again_under_the_same_id(
    ground: Ground, office: PostOffice
) -> None:
    ground.opt_in(ground.lin, office)
    ground.happens()
    [letter] = ground.letters()
    ground.raw.run("UPDATE tenancy_mailmessage SET next_at = now() WHERE state = 'waiting'")
    ground.raw.connection.commit()
    with ground.django_as("worker"), acting(_housekeeping(ground.lin)):
        parcel = mailing.take(actor=_housekeeping(ground.lin), number=letter.pk)
        assert parcel is not None
        mailing.send(parcel)  # and the process is gone: nothing is noted

    ground.work()
    assert len({one.message_id for one in office.got}) == 1
    assert len(office.got) == 2
    [after] = ground.letters()
    assert (after.state, after.tries) == ("sent", 2)


def _housekeeping(actor: Actor) -> Actor:
    return Actor.for_job(actor.tenant_id, None)


def test_who_has_seen_it_or_may_not_see_it_gets_no_letter(
    ground: Ground, office: PostOffice
) -> None:
    ground.opt_in(ground.lin, office)
    ground.opt_in(ground.wu, office, "wu@office.example.org")
    ground.happens("confirmation_dropped")  # the director's alone
    ground.work()
    assert [got.to for got in office.got] == [("Lin.Zhiyuan@office.example.org",)]
    assert [one.state for one in ground.letters(ground.wu)] == ["dropped"]
    ground.happens()
    with acting(ground.lin):
        notices.read_all_notices(actor=ground.lin)
    ground.work()
    assert [one.state for one in ground.letters()] == ["sent", "dropped"]


def test_who_left_or_ended_it_gets_none(ground: Ground, office: PostOffice, settings: Any) -> None:
    ground.opt_in(ground.lin, office)
    ground.happens()
    with acting(ground.lin):
        mail.end_mail(actor=ground.lin)
        mail.end_mail(actor=ground.lin)
    ground.work()
    assert [one.state for one in ground.letters()] == ["dropped"]
    ground.opt_in(ground.lin, office)
    ground.happens()
    ground.raw.run(
        "UPDATE tenancy_membership SET until_on = %s WHERE user_id = %s",
        now().date() - timedelta(days=2),
        ground.lin.user_id,
    )
    ground.raw.connection.commit()
    ground.work()
    assert office.got == []
    assert [one.state for one in ground.letters()] == ["dropped", "dropped"]


def test_without_a_server_nobody_asks_and_nothing_is_written(ground: Ground, settings: Any) -> None:
    assert settings.EMAIL_HOST == "", "off unless a server is named"
    with acting(ground.lin):
        with pytest.raises(MailIsOff):
            mail.ask_for_mail(actor=ground.lin, address=ADDRESS)
        assert mail.mail_page(ground.lin).is_on is False
    ground.happens()

    assert ground.letters() == []
    assert ground.work() == []


def test_a_code_is_right_once_in_time_within_five_tries(ground: Ground, office: PostOffice) -> None:
    lin = ground.lin
    with acting(lin):
        mail.ask_for_mail(actor=lin, address=ADDRESS)
    ground.work()
    [code] = re.findall(r"\b\d{8}\b", office.got[0].mail.get_content())[:1]
    wrong = f"{(int(code) + 1) % 10**8:08d}"
    with acting(lin):
        for _ in range(5):
            assert mail.confirm_mail(actor=lin, code=wrong) is False
        assert mail.confirm_mail(actor=lin, code=code) is False, "after five tries none is right"
        mail.ask_for_mail(actor=lin, address=ADDRESS)
    ground.work()
    [late] = re.findall(r"\b\d{8}\b", office.got[1].mail.get_content())[:1]
    ground.raw.run("UPDATE tenancy_mailaddress SET code_ends_at = now()")
    ground.raw.connection.commit()
    with acting(lin):
        assert mail.confirm_mail(actor=lin, code=late) is False
        assert mail.mail_page(lin).is_confirmed is False
        for _ in range(3):
            mail.ask_for_mail(actor=lin, address=ADDRESS)
        with pytest.raises(TooManyMailCodes):
            mail.ask_for_mail(actor=lin, address=ADDRESS)


def test_an_address_that_is_none_or_elsewhere_is_refused(
    ground: Ground, office: PostOffice, settings: Any
) -> None:
    settings.EMAIL_DOMAINS = ["office.example.org"]
    with acting(ground.lin):
        for odd in ("x", "a@b", "a b@office.example.org", "a@office.example.org\nBcc: b@x.org"):
            with pytest.raises(MailAddressNotValid):
                mail.ask_for_mail(actor=ground.lin, address=odd)
        with pytest.raises(MailDomainNotAllowed):
            mail.ask_for_mail(actor=ground.lin, address="lin@elsewhere.example.org")
        mail.ask_for_mail(actor=ground.lin, address=ADDRESS)


def test_the_address_is_sealed_and_nobody_else_s_to_read(
    ground: Ground, office: PostOffice, connect_as: Callable[[str], Connection]
) -> None:
    ground.opt_in(ground.lin, office)

    [row] = ground.raw.rows("SELECT * FROM tenancy_mailaddress")
    told = " ".join(bytes(one).decode() if isinstance(one, memoryview) else str(one) for one in row)
    assert "Zhiyuan" not in told
    with acting(ground.wu):
        assert not MailAddress.objects.exists(), "a colleague's is not theirs"
    app = Raw(connect_as("app"))
    app.act_for(ground.wu.tenant_id, ground.wu.user_id)
    assert app.rows("SELECT id FROM tenancy_mailaddress") == []
    app.act_for(ground.lin.tenant_id, ground.lin.user_id)
    assert len(app.rows("SELECT id FROM tenancy_mailaddress")) == 1
    for column in ("sealed", "user_id"):
        with app.refused("permission denied"):
            app.run(f"UPDATE tenancy_mailaddress SET {column} = {column}")
    with app.refused("stays as it is"):
        app.run("UPDATE tenancy_mailaddress SET code_tries = 0")


def test_nobody_writes_a_letter_by_hand_but_a_code_to_themselves(
    ground: Ground, connect_as: Callable[[str], Connection]
) -> None:
    app, lin, wu = Raw(connect_as("app")), ground.lin, ground.wu
    letter = (
        "INSERT INTO tenancy_mailmessage (tenant_id, user_id, message, about, state, tries,"
        " next_at, last_fault) VALUES (%s, %s, gen_random_uuid(), %s, %s, 0, now(), '')"
    )
    app.act_for(lin.tenant_id, lin.user_id)
    for person, about, state in (
        (wu.user_id, "code", "waiting"),
        (lin.user_id, "notice", "waiting"),
        (lin.user_id, "code", "sent"),
    ):
        with app.refused("Nobody says by hand"):
            app.run(letter, lin.tenant_id, person, about, state)
    for _ in range(5):
        assert app.run(letter, lin.tenant_id, lin.user_id, "code", "waiting") == 1
    with app.refused("Too many codes"):
        app.run(letter, lin.tenant_id, lin.user_id, "code", "waiting")
    with app.refused("permission denied"):
        app.run("UPDATE tenancy_mailmessage SET state = 'sent'")
    with app.refused("permission denied"):
        app.rows("SELECT sec.note_mail(%s, NULL, 'notice', 1)", lin.tenant_id)


def test_old_letters_are_forgotten(ground: Ground, office: PostOffice) -> None:
    ground.opt_in(ground.lin, office)
    ground.happens()
    ground.work()
    ground.raw.run("UPDATE tenancy_mailmessage SET created_at = now() - interval '91 days'")
    ground.happens()
    ground.raw.connection.commit()

    with ground.django_as("worker"):
        assert mailing.forget_mails() == 2
    assert len(ground.letters()) == 1
