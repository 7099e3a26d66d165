"""A worker is killed while it sends: the message is sent by another, under the same id."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from psycopg2.extensions import connection as Connection

from tenancy.actor import Actor
from tenancy.models import WebhookDelivery
from tenancy.services import webhooks
from tests.integration.tenancy.administrators import seat_administrators
from tests.integration.tenancy.raw import Raw
from tests.integration.tenancy.test_webhooks import HOME, allow
from tests.integration.tenancy.test_worker_processes import Site, site_of_workers, wait_until
from tests.people import acting
from tests.receivers import Receiver, receiving

__all__ = ["site_of_workers"]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as one:
        yield one


def test_a_killed_worker_loses_nothing(
    site_of_workers: Site, superuser_connection: Connection, receiver: Receiver, lin: Actor
) -> None:
    site, let_go = site_of_workers, threading.Event()
    seat_administrators(Raw(superuser_connection))
    superuser_connection.commit()
    allow(receiver.entry, HOME)

    def wait() -> None:
        let_go.wait(60)

    receiver.before = wait
    with acting(lin):
        made = webhooks.make_webhook(
            actor=lin, name="x", address=receiver.address, events=["call_received"]
        )
        webhooks.send_test(actor=lin, number=made.webhook.pk)
    site.start_broker()
    site.start_relay()
    first = site.start_worker()
    wait_until(site, "the first try", lambda: len(receiver.got) == 1)

    site.kill(first)
    receiver.before = None
    let_go.set()
    site.start_worker()

    def is_delivered() -> bool:
        with acting(lin):
            return WebhookDelivery.objects.get().state == "delivered"

    wait_until(site, "delivered", is_delivered)
    assert len(receiver.got) == 2
    assert len({one.headers["webhook-id"] for one in receiver.got}) == 1
    assert all(one.is_signed_with(made.secret) for one in receiver.got)
