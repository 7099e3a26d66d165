"""From the act to the receiver: noted with the act, queued, sent, tried again, given up."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from kernel.clock import now
from scheduling.models.notices import Notice
from scheduling.services import notices
from tenancy.actor import Actor
from tenancy.domain.matrix import Rule
from tenancy.domain.roles import MATRIX, Role
from tenancy.errors import (
    TooManyWebhooks,
    WebhookAddressNotValid,
    WebhookEventsNotKnown,
    WebhookHostNotAllowed,
    WebhookHostNotValid,
    WebhookNotInForce,
)
from tenancy.models import AuditEntry, Job, Webhook, WebhookDelivery, WebhookSecret
from tenancy.runner import run_job
from tenancy.services import deliveries, webhooks
from tests.integration.tenancy.administrators import SYSTEM, administrator, seat_administrators
from tests.integration.tenancy.raw import Raw
from tests.people import acting
from tests.receivers import Receiver, receiving

HOME = "127.0.0.0/8"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as one:
        yield one


@dataclass
class Ground:
    """Lin's office has a webhook; `work` is what the relay and a worker do once."""

    lin: Actor
    chen: Actor
    superuser: Raw
    django_as: Callable[[str], Any]
    webhook: Webhook
    secret: str

    def happens(self) -> None:
        """The city tells Lin's office of a call."""
        with acting(self.chen):
            notices.tell(
                actor=self.chen,
                office=self.lin.tenant_id,
                kind="call_received",
                number=17,
                round="不外传",
            )

    def work(self) -> list[str]:
        with self.django_as("worker"):
            deliveries.queue_deliveries()
            numbers = self.superuser.rows("SELECT id FROM tenancy_job WHERE state = 'queued'")
            self.superuser.connection.commit()
            return [run_job(number) for (number,) in numbers]

    def time_passes(self) -> None:
        self.superuser.run("UPDATE tenancy_webhookdelivery SET next_at = now()")
        self.superuser.connection.commit()

    def delivery(self) -> WebhookDelivery:
        with acting(self.lin):
            return WebhookDelivery.objects.latest("pk")

    def now(self) -> Webhook:
        with acting(self.lin):
            return Webhook.objects.get(pk=self.webhook.pk)


@pytest.fixture
def superuser(committed_db: None, superuser_connection: Any) -> Raw:
    raw = Raw(superuser_connection)
    seat_administrators(raw)
    raw.connection.commit()
    return raw


@pytest.fixture
def ground(
    superuser: Raw,
    django_as: Callable[[str], Any],
    receiver: Receiver,
    lin: Actor,
    chen: Actor,
) -> Ground:
    allow(receiver.entry, HOME)
    with acting(lin):
        made = webhooks.make_webhook(
            actor=lin, name="同步程序", address=receiver.address, events=["call_received"]
        )
    return Ground(lin, chen, superuser, django_as, made.webhook, made.secret)


def allow(*entries: str) -> None:
    system = administrator(SYSTEM)
    with acting(system):
        for entry in entries:
            webhooks.allow_host(actor=system, entry=entry)


def test_it_fails_twice_and_arrives_the_third_time_signed_and_under_one_id(
    ground: Ground, receiver: Receiver
) -> None:
    receiver.answers = [500, 302]
    ground.happens()

    assert ground.work() == ["done"]
    assert ground.work() == [], "not before its pause is over"
    first = ground.delivery()
    assert (first.state, first.tries, first.last_status) == ("waiting", 1, 500)
    pause = first.next_at - first.last_at  # type: ignore[operator]
    assert timedelta(seconds=11) < pause < timedelta(seconds=19)
    assert ground.now().failing_since is not None
    for _ in range(2):
        ground.time_passes()
        assert ground.work() == ["done"]

    last = ground.delivery()
    assert (last.state, last.tries, last.last_status) == ("delivered", 3, 204)
    assert len(receiver.got) == 3
    assert {one.headers["webhook-id"] for one in receiver.got} == {last.message_id}
    assert all(one.is_signed_with(ground.secret) for one in receiver.got)
    assert not receiver.got[0].is_signed_with("whsec_" + "A" * 43 + "=")
    told = json.loads(receiver.got[2].body)
    assert told.keys() == {"type", "timestamp", "data"}
    assert told["type"] == "call_received"
    assert told["data"] == {"number": 17, "url": "/api/v1/release-calls/17"}
    assert "不外传" not in receiver.got[2].body.decode()
    assert (ground.now().failing_since, ground.now().last_success_at is None) == (None, False)
    ground.time_passes()
    assert ground.work() == []


def test_what_is_undone_is_not_told_and_what_was_not_chosen_neither(
    ground: Ground, receiver: Receiver
) -> None:
    with transaction.atomic():
        ground.happens()
        transaction.set_rollback(True)
    with acting(ground.chen):
        notices.tell(
            actor=ground.chen,
            office=ground.lin.tenant_id,
            kind="releases_closed",
            number=17,
            round="x",
        )

    assert ground.work() == []
    assert receiver.got == []


def test_a_message_is_given_up_after_its_last_try_and_sent_again_by_hand(
    ground: Ground, receiver: Receiver
) -> None:
    receiver.answers = [503] * 10
    ground.happens()
    for _ in range(10):
        ground.time_passes()
        ground.work()

    assert (ground.delivery().state, ground.delivery().tries) == ("failed", 10)
    ground.time_passes()
    assert ground.work() == []
    with acting(ground.lin):
        webhooks.send_again(
            actor=ground.lin, number=ground.webhook.pk, delivery=ground.delivery().pk
        )
    assert ground.work() == ["done"]
    assert ground.delivery().state == "delivered"
    assert len({one.headers["webhook-id"] for one in receiver.got}) == 1


def test_after_days_of_failure_it_is_disabled_and_the_office_is_told(
    ground: Ground, receiver: Receiver
) -> None:
    receiver.answers = [500] * 2
    ground.happens()
    ground.work()
    assert ground.now().disabled_at is None, "the twin: it has just begun to fail"
    ground.superuser.run(
        "UPDATE tenancy_webhook SET failing_since = failing_since - interval '5 days 1 minute'"
    )
    ground.time_passes()
    ground.work()

    assert ground.now().disabled_at is not None
    with acting(ground.lin):
        told = Notice.objects.filter(kind="webhook_disabled").get()
        assert (told.number, told.about["host"]) == (ground.webhook.pk, receiver.entry)
        assert AuditEntry.objects.filter(action="tenancy.webhook.disabled").count() == 1
    assert ground.delivery().state == "dropped"
    ground.happens()
    with acting(ground.lin):
        assert WebhookDelivery.objects.count() == 1, "nothing is noted for it"
        with pytest.raises(WebhookNotInForce):
            webhooks.send_test(actor=ground.lin, number=ground.webhook.pk)
        webhooks.resume_webhook(actor=ground.lin, number=ground.webhook.pk)
    ground.happens()
    assert ground.work() == ["done"]
    assert ground.delivery().state == "delivered"


def test_a_receiver_that_is_gone_says_so_once(ground: Ground, receiver: Receiver) -> None:
    receiver.answers = [410]
    ground.happens()
    ground.work()

    assert ground.now().disabled_at is not None


def test_a_host_that_is_taken_off_the_list_gets_nothing_more(
    ground: Ground, receiver: Receiver
) -> None:
    system = administrator(SYSTEM)
    with acting(system):
        webhooks.refuse_host(actor=system, entry=receiver.entry)
    ground.happens()
    ground.work()

    assert ground.delivery().last_fault == "not_allowed"
    assert receiver.got == []
    allow(receiver.entry)
    ground.time_passes()
    ground.work()
    assert ground.delivery().state == "delivered"


def test_both_secrets_sign_while_the_receiver_changes_over(
    ground: Ground, receiver: Receiver
) -> None:
    with acting(ground.lin):
        second = webhooks.rotate_secret(actor=ground.lin, number=ground.webhook.pk).secret
    ground.happens()
    ground.work()
    assert receiver.got[-1].is_signed_with(ground.secret)
    assert receiver.got[-1].is_signed_with(second)

    with acting(ground.lin):
        third = webhooks.rotate_secret(actor=ground.lin, number=ground.webhook.pk).secret
    ground.happens()
    ground.work()
    signed = [receiver.got[-1].is_signed_with(one) for one in (ground.secret, second, third)]
    assert signed == [False, True, True]

    ground.superuser.run("UPDATE tenancy_webhooksecret SET ends_at = now() WHERE ends_at > now()")
    ground.superuser.connection.commit()
    ground.happens()
    ground.work()
    signed = [receiver.got[-1].is_signed_with(one) for one in (ground.secret, second, third)]
    assert signed == [False, False, True]


def test_an_ended_one_is_ended_for_good(ground: Ground, receiver: Receiver) -> None:
    ground.happens()
    with acting(ground.lin):
        for _ in range(2):
            webhooks.end_webhook(actor=ground.lin, number=ground.webhook.pk)
        assert AuditEntry.objects.filter(action="tenancy.webhook.ended").count() == 1
        with pytest.raises(WebhookNotInForce):
            webhooks.resume_webhook(actor=ground.lin, number=ground.webhook.pk)
    ground.happens()

    assert ground.work() == []
    assert (ground.delivery().state, receiver.got) == ("dropped", [])


def test_a_release_and_the_end_of_a_run_are_told_too(superuser: Raw) -> None:
    """By triggers of their own: neither has a notice."""
    triggers = superuser.rows(
        "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'note_event'"
    )

    assert {table for (table,) in triggers} == {
        "scheduling_notice",
        "scheduling_release",
        "scheduling_solverun",
    }


# --- Who may, and where to ------------------------------------------------------------------------


def test_with_an_empty_list_there_are_no_webhooks(superuser: Raw, lin: Actor) -> None:
    draft: dict[str, Any] = {
        "name": "x",
        "address": "https://hooks.example.org/",
        "events": ["call_received"],
    }
    with acting(lin), pytest.raises(WebhookHostNotAllowed):
        webhooks.make_webhook(actor=lin, **draft)
    allow("hooks.example.org")
    with acting(lin):
        assert webhooks.make_webhook(actor=lin, **draft).webhook.shown == draft["address"]
        for wrong in ("http://hooks.example.org/", "https://hooks.example.org:444/"):
            with pytest.raises((WebhookAddressNotValid, WebhookHostNotAllowed)):
                webhooks.make_webhook(actor=lin, **draft | {"address": wrong})
        for events in ([], ["plan_published"], ["unheard_of"]):
            with pytest.raises(WebhookEventsNotKnown):
                webhooks.make_webhook(actor=lin, **draft | {"events": events})
        for _ in range(webhooks.MOST_WEBHOOKS - 1):
            webhooks.make_webhook(actor=lin, **draft)
        with pytest.raises(TooManyWebhooks):
            webhooks.make_webhook(actor=lin, **draft)


def test_a_line_that_is_neither_is_refused_and_one_that_is_there_is_there_once(
    superuser: Raw,
) -> None:
    system = administrator(SYSTEM)
    with acting(system):
        with pytest.raises(WebhookHostNotValid):
            webhooks.allow_host(actor=system, entry="*.example.org")
        for _ in range(2):
            webhooks.allow_host(actor=system, entry="hooks.example.org")
        assert webhooks.allowed_hosts() == ["hooks.example.org:443"]
        assert AuditEntry.objects.filter(action="tenancy.webhook_host.allowed").count() == 1


INSERT = (
    "INSERT INTO tenancy_webhook (tenant_id, name, address, events, created_by_id, created_at)"
    " VALUES (%s, 'x', %s, '[\"call_received\"]', %s, now()) RETURNING id"
)
LISTED = "https://hooks.example.org:443/"


def test_the_database_asks_for_the_seat_and_the_list_once_more(
    anybody: Raw, lin: Actor, wu: Actor
) -> None:
    seat_administrators(anybody)
    anybody.become("app")
    anybody.act_for(administrator(SYSTEM).tenant_id, SYSTEM)
    assert anybody.one("SELECT sec.allow_webhook_host('hooks.example.org:443')") is True
    anybody.act_for(lin.tenant_id, lin.user_id)
    for host in ("sec.allow_webhook_host('x:443')", "sec.refuse_webhook_host('x:443')"):
        with anybody.refused("system administrator"):
            anybody.run(f"SELECT {host}")
    with anybody.refused("permission denied"):
        anybody.run("INSERT INTO tenancy_webhookhost (entry, added_at) VALUES ('x:443', now())")

    with anybody.refused("hosts of the list"):
        anybody.run(INSERT, lin.tenant_id, "https://other.example.org:443/", lin.user_id)
    for address in ("http://hooks.example.org:443/", "https://a@hooks.example.org:443/"):
        with anybody.refused("webhook_goes_over_tls|hosts of the list"):
            anybody.run(INSERT, lin.tenant_id, address, lin.user_id)
    with anybody.refused("own name"):
        anybody.run(INSERT, lin.tenant_id, LISTED, wu.user_id)
    [(number,)] = anybody.rows(INSERT, lin.tenant_id, LISTED, lin.user_id)
    anybody.act_for(wu.tenant_id, wu.user_id)
    with anybody.refused("by a director"):
        anybody.run(INSERT, wu.tenant_id, LISTED, wu.user_id)

    anybody.act_for(lin.tenant_id, lin.user_id)
    with anybody.refused("permission denied"):
        anybody.run("UPDATE tenancy_webhook SET address = address")
    assert anybody.run("UPDATE tenancy_webhook SET ended_at = now() WHERE id = %s", number) == 1
    with anybody.refused("stays as it is"):
        anybody.run("UPDATE tenancy_webhook SET ended_at = NULL WHERE id = %s", number)


def test_the_web_writes_a_secret_and_cannot_read_it_back(anybody: Raw, lin: Actor) -> None:
    anybody.run("SET LOCAL session_replication_role = 'replica'")
    [(number,)] = anybody.rows(INSERT, lin.tenant_id, LISTED, lin.user_id)
    anybody.run("SET LOCAL session_replication_role = 'origin'")
    anybody.become("app")
    anybody.act_for(lin.tenant_id, lin.user_id)
    anybody.run(
        "INSERT INTO tenancy_webhooksecret (tenant_id, webhook_id, sealed, made_at)"
        " VALUES (%s, %s, 'sealed', now())",
        lin.tenant_id,
        number,
    )
    for asked in ("sealed", "*", "octet_length(sealed)"):
        with anybody.refused("permission denied"):
            anybody.rows(f"SELECT {asked} FROM tenancy_webhooksecret")
    assert anybody.one("SELECT count(id) FROM tenancy_webhooksecret") == 1

    anybody.run("RESET ROLE")
    anybody.become("worker")
    anybody.act_for(lin.tenant_id)
    assert bytes(anybody.one("SELECT sealed FROM tenancy_webhooksecret")) == b"sealed"


def test_nobody_says_by_hand_that_something_happened(anybody: Raw, lin: Actor) -> None:
    anybody.run("SET LOCAL session_replication_role = 'replica'")
    [(number,)] = anybody.rows(INSERT, lin.tenant_id, LISTED, lin.user_id)
    anybody.run("SET LOCAL session_replication_role = 'origin'")
    anybody.become("app")
    anybody.act_for(lin.tenant_id, lin.user_id)
    insert = (
        "INSERT INTO tenancy_webhookdelivery (tenant_id, webhook_id, message, event, happened_at,"
        " state, tries, next_at, last_fault)"
        " VALUES (%s, %s, gen_random_uuid(), %s, now(), 'waiting', 0, now(), '')"
    )

    with anybody.refused("by hand"):
        anybody.run(insert, lin.tenant_id, number, "call_received")
    with anybody.refused("permission denied"):
        anybody.run("SELECT sec.note_event(9002, 'call_received', 1, now())")
    assert anybody.run(insert, lin.tenant_id, number, "test") == 1


def test_the_seats_that_the_database_asks_for_are_those_of_the_table(anybody: Raw) -> None:
    [(text,)] = anybody.rows("SELECT prosrc FROM pg_proc WHERE proname = 'keep_webhook'")
    rule = Rule("webhook", "manage")
    directors = {
        role
        for role in Role
        for kind in ("city", "county")
        if MATRIX.mark(rule, "own", role, kind) != "-"
    }

    assert f"'{{{','.join(sorted(directors))}}}'" in text


def test_the_secret_is_sealed_at_rest(ground: Ground) -> None:
    [(kept,)] = ground.superuser.rows("SELECT sealed FROM tenancy_webhooksecret")
    ground.superuser.connection.commit()

    assert ground.secret.encode() not in bytes(kept)
    assert b"whsec_" not in bytes(kept)


def test_old_messages_are_forgotten_and_waiting_ones_are_not(ground: Ground) -> None:
    for _ in range(2):
        ground.happens()
    ground.superuser.run(
        "UPDATE tenancy_webhookdelivery SET created_at = now() - interval '91 days',"
        " state = CASE WHEN id = (SELECT min(id) FROM tenancy_webhookdelivery)"
        " THEN 'dropped' ELSE state END"
    )
    ground.superuser.connection.commit()
    with ground.django_as("worker"):
        assert deliveries.forget_deliveries() == 1
    assert ground.delivery().state == "waiting"


def test_what_becomes_of_the_rows_that_a_try_needs(ground: Ground) -> None:
    """A job is of nobody: the office's own housekeeping sends."""
    ground.happens()
    with ground.django_as("worker"):
        deliveries.queue_deliveries()
        assert deliveries.queue_deliveries() == 0, "it has its job"
    with acting(ground.lin):
        job = Job.objects.latest("pk")
        assert (job.task, job.created_by_id) == (deliveries.DELIVER, None)
        assert WebhookSecret.objects.filter(ends_at__gt=now()).count() == 0
