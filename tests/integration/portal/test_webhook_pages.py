"""Directors make, test, rotate and end webhooks; the system administrator keeps the list of hosts."""

# ruff: noqa: F811 (fixtures)
from __future__ import annotations

import re
from collections.abc import Callable

from psycopg2.extensions import connection as Connection

from tenancy.actor import Actor
from tenancy.models import Webhook, WebhookDelivery
from tests.import_desk import SignedIn, media, signed_in  # noqa: F401  (fixtures)
from tests.integration.portal.desks import desk_of, seen, words
from tests.integration.tenancy.administrators import (
    SECURITY,
    SYSTEM,
    administrator,
    seat_administrators,
)
from tests.integration.tenancy.raw import Raw
from tests.people import acting

FORM = {
    "name": "同步程序",
    "address": "https://hooks.example.org/in",
    "events": ["call_received", "extract_published"],
}
SECRET = re.compile(r"whsec_[A-Za-z0-9+/]{43}=")


def test_from_the_list_of_hosts_to_the_end_of_a_webhook(
    connect_as: Callable[[str], Connection],
    committed_db: None,
    signed_in: SignedIn,
    lin: Actor,
) -> None:
    raw = Raw(connect_as("superuser"))
    seat_administrators(raw)
    raw.connection.commit()
    keeper, director = signed_in(administrator(SYSTEM)), desk_of("lin")

    assert "请先联系系统管理员" in seen(director, "/webhooks/")
    assert director.post("/webhooks/", FORM).status_code == 422
    assert "名单为空" in seen(keeper, "/webhook-hosts/")
    wrong = keeper.post("/webhook-hosts/", {"entry": "*.example.org"})
    assert (wrong.status_code, "*.example.org" in wrong.content.decode()) == (422, True)
    assert keeper.post("/webhook-hosts/", {"entry": "hooks.example.org"}).status_code == 302
    assert "hooks.example.org:443" in seen(keeper, "/webhook-hosts/")
    for outsider in (director, signed_in(administrator(SECURITY))):
        assert outsider.post("/webhook-hosts/", {"entry": "x.example.org"}).status_code == 403

    other = director.post("/webhooks/", FORM | {"address": "https://other.example.org/"})
    assert (other.status_code, "不在允许推送的主机名单中" in words(other)) == (422, True)
    assert "同步程序" in other.content.decode(), "nothing that was typed is lost"
    made = director.post("/webhooks/", FORM)
    [secret] = SECRET.findall(made.content.decode())
    assert made.status_code == 201
    assert "no-store" in made.headers["Cache-Control"]
    with acting(lin):
        number = Webhook.objects.get().pk
    page = f"/webhooks/{number}/"
    assert not SECRET.findall(director.get(page).content.decode())
    assert "收到抽调通知" in seen(director, page)

    assert director.post(f"{page}test/").status_code == 302
    with acting(lin):
        delivery = WebhookDelivery.objects.get()
    assert delivery.message_id in seen(director, page)
    assert director.post(f"{page}again/", {"delivery": delivery.pk}).status_code == 302
    assert director.post(f"{page}again/", {"delivery": 10**6}).status_code == 404
    turned = director.post(f"{page}rotate/")
    [second] = SECRET.findall(turned.content.decode())
    assert (turned.status_code, second == secret) == (201, False)
    for stranger in ("jiang", "wu"):
        assert desk_of(stranger).get(page).status_code == 404
    director = desk_of("lin")
    assert director.post(f"{page}end/").status_code == 302
    assert "已终止" in seen(director, page)
    assert director.post(f"{page}test/").status_code == 409
    director.cookies["language"] = "en"
    assert "Webhooks of your office" in seen(director, "/webhooks/")
