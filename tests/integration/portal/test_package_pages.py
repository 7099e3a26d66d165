"""A package on the screen: keys compared, made, brought, taken in, answered, and what is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import reverse

from portal.form_keys import _digest
from sharing.models.packages import (
    BroughtPackage,
    PartnerKey,
    ReceivedPackage,
    ReceivedRecord,
    SentPackage,
    SigningKey,
)
from tenancy.actor import Actor
from tenancy.models import AuditEntry
from tests.integration.security.ground import browser_of
from tests.integration.sharing.county import County
from tests.integration.sharing.county import settled as laid
from tests.integration.sharing.test_letters import sent
from tests.packages import WORDS, keyed, trusted
from tests.people import acting
from tests.teams import Team

KEYS = "portal:package-keys"


def test_from_the_keys_to_the_answer(team: Team) -> None:
    county = laid(team)
    lin, zhao, he, xu = (county.actor(who) for who in ("lin", "zhao", "he", "xu"))
    letter = sent(county, title="关于经费管理的函", body="请回复。").pk
    city = browser_of(zhao)
    assert "还没有登记外单位公钥" in _page(city, reverse(KEYS))
    assert city.post(reverse("portal:package-key-renew")).status_code == 302
    with acting(zhao):
        key = SigningKey.objects.get()
    assert key.fingerprint in _page(city, reverse(KEYS))
    own = keyed(lin)

    _registers(county, lin, he, key)
    trusted(zhao, xu, own, "dinghai")
    content = _makes(browser_of(lin), letter)
    with acting(lin):
        looked = AuditEntry.objects.filter(action="sharing.package.offered")
        assert looked.exists(), "what may go is on record, with who looked"
        assert {one.user_id for one in looked} == {lin.user_id}
    _brings(city, zhao, content)
    _answers(city, zhao, letter)
    back = _made_by(city, zhao)
    here = browser_of(lin)
    _post(here, "package-bring", _file(back))
    with acting(lin):
        (waits,) = BroughtPackage.objects.values_list("pk", flat=True)
    here.post(reverse("portal:package-take-in", args=[waits]))
    told = _page(browser_of(county.actor("wu")), reverse("portal:letter-detail", args=[letter]))
    assert "数据包带回的办理情况" in told
    assert "已全部整改。" in told
    _digests_hold_no_passphrase(lin)


def _registers(county: County, lin: Actor, he: Actor, key: SigningKey) -> None:
    browser = browser_of(lin)
    typed = {
        "office_code": "zhoushan", "office_name": "市委巡察办", "public": key.public,
        "fingerprint": "0000 " * 8, "compared": "电话",
    }  # fmt: skip
    refused = _post(browser, "package-key-new", typed)
    assert refused.status_code == 422
    told = refused.content.decode()
    assert "输入的指纹与公钥不符" in told
    assert key.public in told, "nothing that was typed is lost"
    assert key.fingerprint not in told, "and it does not say what should have been typed"
    assert _post(browser, "package-key-new", typed | {"fingerprint": key.fingerprint}).url
    with acting(lin):
        number = PartnerKey.objects.get().pk
    page = reverse("portal:package-key", args=[number])
    group = browser_of(he)
    assert key.fingerprint not in _page(group, page)
    address = reverse("portal:package-key-confirm", args=[number])
    assert group.post(address, {"fingerprint": "x"}).status_code == 422
    assert group.post(address, {"fingerprint": key.fingerprint}).status_code == 302
    assert key.fingerprint in _page(group, page)
    assert "waits" not in county.sees("lin", lambda actor: PartnerKey.objects.get().state)


def _makes(browser: Client, letter: int) -> bytes:
    address = reverse("portal:package-new") + "?receiver=zhoushan"
    assert f'value="letters:{letter}"' in _page(browser, address)
    typed = {
        "purpose": "季度交接", "records": [f"letters:{letter}"], "passphrase": "x",
        "passphrase_again": "x",
    }  # fmt: skip
    refused = browser.post(address, typed)
    assert refused.status_code == 422
    assert "口令至少 12 个字符" in refused.content.decode()
    assert "checked" in refused.content.decode()
    (once,) = re.findall(r'name="form_key" value="([^"]+)"', _page(browser, address))[:1]
    right = typed | {"passphrase": WORDS, "passphrase_again": WORDS, "form_key": once}
    made = browser.post(address, right)
    assert made.status_code == 200
    assert made["Content-Disposition"].startswith("attachment;")
    assert made.content.startswith(b"XUNCHA-PACKAGE-1")
    again = browser.post(address, right)
    assert not again.content.startswith(b"XUNCHA-PACKAGE-1"), "a double click makes one"
    assert "季度交接" in _page(browser, reverse("portal:packages-sent"))
    return made.content


def _brings(browser: Client, zhao: Actor, content: bytes) -> None:
    wrong = _post(browser, "package-bring", _file(content) | {"passphrase": "wrong words"})
    assert wrong.status_code == 422
    assert "口令不正确，或数据包已被改动" in wrong.content.decode()
    _post(browser, "package-bring", _file(content))
    with acting(zhao):
        waits = BroughtPackage.objects.get()
    told = _page(browser, reverse("portal:package-brought", args=[waits.pk]))
    assert "签名有效" in told
    assert "季度交接" in told
    assert browser.post(reverse("portal:package-take-in", args=[waits.pk])).status_code == 302
    known = _post(browser, "package-bring", _file(content))
    assert known.status_code == 409
    assert "导入过" in known.content.decode()


def _answers(browser: Client, zhao: Actor, letter: int) -> None:
    with acting(zhao):
        package, record = ReceivedPackage.objects.get(), ReceivedRecord.objects.get()
    assert "关于经费管理的函" in _page(
        browser, reverse("portal:package-received", args=[package.pk])
    )
    page = reverse("portal:package-record", args=[record.pk])
    assert "请回复。" in _page(browser, page)
    address = reverse("portal:package-record-answer", args=[record.pk])
    assert browser.post(address, {"kind": "reply", "text": ""}).status_code == 422
    assert browser.post(address, {"kind": "reply", "text": "已全部整改。"}).status_code == 302
    assert "待随数据包带回" in _page(browser, page)
    assert record.ref == letter


def _made_by(browser: Client, zhao: Actor) -> bytes:
    address = reverse("portal:package-new") + "?receiver=dinghai"
    (value,) = re.findall(r'value="(answers:\d+)"', _page(browser, address))
    typed = {
        "purpose": "答复", "records": [value], "passphrase": WORDS, "passphrase_again": WORDS,
    }  # fmt: skip
    content = browser.post(address, typed).content
    with acting(zhao):
        package = SentPackage.objects.get()
    assert package.sha256 in _page(browser, reverse("portal:package-sent", args=[package.pk]))
    return bytes(content)


def _digests_hold_no_passphrase(lin: Actor) -> None:
    """What is kept for days of a form tells no guess from the right passphrase."""

    def digest(**typed: str) -> bytes:
        return _digest(RequestFactory().post("/packages-sent/new/", typed), lin)

    whole = digest(purpose="x", passphrase=WORDS, passphrase_again=WORDS)
    assert whole == digest(purpose="x", passphrase="another", passphrase_again="another")
    assert whole != digest(purpose="y", passphrase=WORDS, passphrase_again=WORDS)


def _file(content: bytes) -> dict[str, object]:
    return {"file": SimpleUploadedFile("a.xcpkg", content), "passphrase": WORDS}


def _post(browser: Client, name: str, typed: Mapping[str, object]) -> Any:
    return browser.post(reverse(f"portal:{name}"), dict(typed))


def _page(browser: Client, address: str) -> str:
    for language in ("en", "zh-hans"):
        browser.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        answer = browser.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
    return str(answer.content.decode())
