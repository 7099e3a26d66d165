"""Mail reminders, as somebody asks for them, confirms and ends them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from psycopg2.extensions import connection as Connection

from tenancy.actor import Actor
from tests.integration.portal.desks import desk_of, seen, words
from tests.integration.tenancy.raw import Raw
from tests.integration.tenancy.test_mail import Ground
from tests.post_office import PostOffice, post_office


@pytest.fixture
def office(settings: Any) -> Iterator[PostOffice]:
    with post_office() as one:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", one.port
        settings.EMAIL_SECURITY, settings.DEFAULT_FROM_EMAIL = "none", "noreply@example.org"
        settings.SITE_ADDRESS = "https://inspection.example.org"
        yield one


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


def test_without_a_server_the_page_says_so(db: None) -> None:
    lin = desk_of("lin")

    assert "系统没有配置邮件服务器" in seen(lin, "/mail/")
    assert lin.post("/mail/", {"address": "lin@example.org"}).status_code == 409


def test_from_an_address_to_a_reminder_and_its_end(ground: Ground, office: PostOffice) -> None:
    lin = desk_of("lin")
    wrong = lin.post("/mail/", {"address": "not an address"})
    assert (wrong.status_code, "这不是一个邮箱地址" in words(wrong)) == (422, True)
    assert 'value="not an address"' in wrong.content.decode(), "nothing that was typed is lost"
    assert lin.post("/mail/", {"address": "Lin@example.org"}).status_code == 302
    page = seen(lin, "/mail/")
    assert "L…@example.org" in page
    assert "Lin@example.org" not in page
    assert "待确认" in page
    ground.work()
    [code] = re.findall(r"\b\d{8}\b", office.got[0].mail.get_content())[:1]
    late = lin.post("/mail/confirm/", {"code": "00000000" if code != "00000000" else "1"})
    assert (late.status_code, "确认码不正确" in words(late)) == (422, True)
    assert ground.raw.one("SELECT code_tries FROM tenancy_mailaddress") == 1, "the try counts"
    ground.raw.connection.rollback()
    assert lin.post("/mail/confirm/", {"code": code}).status_code == 302
    assert "已确认" in seen(lin, "/mail/")

    ground.happens()
    ground.work()
    assert "已发送" in seen(lin, "/mail/")
    assert "一条通知" in seen(lin, "/mail/")
    assert "L…" not in seen(desk_of("wu"), "/mail/")
    assert lin.post("/mail/end/").status_code == 302
    assert "尚未填写邮箱" in seen(lin, "/mail/")
