"""The context is believed only as this product signed it, and only for a while."""

from __future__ import annotations

import hmac

import pytest
from django.conf import settings

from tenancy.signing import signed_context
from tests.integration.tenancy.raw import Raw

DINGHAI, SHENGSI, LIN = 9002, 9005, 9003


def good() -> str:
    return signed_context(settings.CONTEXT_KEY, tenant_id=DINGHAI, user_id=LIN)


def resigned(message: str, key: bytes) -> str:
    return f"{message}.{hmac.new(key, message.encode(), 'sha256').hexdigest()}"


def test_a_signed_context_says_office_and_person(app: Raw) -> None:
    app.say(good())

    assert app.rows("SELECT sec.tenant(), sec.user_id()") == [(DINGHAI, LIN)]
    assert app.one("SELECT count(*) FROM tenancy_membership") == 2


def test_postgresql_and_python_agree_on_the_mac_for_any_length_of_key(anybody: Raw) -> None:
    from tenancy.signing import key_pads

    for key in (b"k" * 32, b"k" * 64, b"k" * 65, bytes(range(200))):
        anybody.run("DELETE FROM sec.context_key")
        anybody.run("INSERT INTO sec.context_key (ipad, opad) VALUES (%s, %s)", *key_pads(key))
        anybody.say(signed_context(key, tenant_id=DINGHAI, user_id=None))
        assert anybody.one("SELECT sec.tenant()") == DINGHAI


NOT_BELIEVED = {
    "nothing": lambda: "",
    "a word": lambda: "garbage",
    "an office, plainly": lambda: "9005",
    "another office, same signature": lambda: good().replace("v1.9002.", "v1.9005."),
    "another person, same signature": lambda: good().replace(".9003.", ".9006."),
    "a longer life, same signature": lambda: _with_part(3, "99999999999"),
    "another key": lambda: signed_context(b"x" * 32, tenant_id=DINGHAI, user_id=LIN),
    "an empty key": lambda: signed_context(b"", tenant_id=DINGHAI, user_id=LIN),
    "expired": lambda: signed_context(
        settings.CONTEXT_KEY, tenant_id=DINGHAI, user_id=LIN, lifetime_s=-1
    ),
    "expiring this second": lambda: signed_context(
        settings.CONTEXT_KEY, tenant_id=DINGHAI, user_id=LIN, lifetime_s=0
    ),
    "one digit of the signature": lambda: good()[:-1] + ("0" if good()[-1] != "0" else "1"),
    "no signature": lambda: good().rpartition(".")[0],
    "half a signature": lambda: good()[:-32],
    "capitals": lambda: good().upper(),
    "blanks around": lambda: f" {good()} ",
    "a line break after": lambda: good() + "\n",
    "a second line": lambda: good() + "\n" + good(),
    "another version, rightly signed": lambda: resigned(
        f"v2.{DINGHAI}.{LIN}.99999999999", settings.CONTEXT_KEY
    ),
    "a negative office, rightly signed": lambda: resigned(
        f"v1.-1.{LIN}.99999999999", settings.CONTEXT_KEY
    ),
    "digits without end": lambda: resigned(
        f"v1.{'9' * 40}.{LIN}.99999999999", settings.CONTEXT_KEY
    ),
    "an injection": lambda: "v1.9005.1.99999999999.') OR true; --",
    "ten thousand letters": lambda: "a" * 10_000,
}


def _with_part(which: int, value: str) -> str:
    parts = good().split(".")
    parts[which] = value
    return ".".join(parts)


@pytest.mark.parametrize("context", NOT_BELIEVED.values(), ids=NOT_BELIEVED.keys())
def test_not_believed(app: Raw, context: object) -> None:
    app.say(context())  # type: ignore[operator]

    assert app.rows("SELECT sec.tenant(), sec.user_id()") == [(None, None)]
    assert app.one("SELECT count(*) FROM tenancy_membership") == 0


def test_it_expires_within_a_transaction(app: Raw) -> None:
    app.say(signed_context(settings.CONTEXT_KEY, tenant_id=DINGHAI, user_id=LIN, lifetime_s=2))
    assert app.one("SELECT sec.tenant()") == DINGHAI

    app.run("SELECT pg_sleep(2.1)")

    assert app.one("SELECT sec.tenant()") is None


def test_no_key_installed_means_no_rows(anybody: Raw) -> None:
    anybody.run("DELETE FROM sec.context_key")
    anybody.become("app")

    anybody.say(good())

    assert anybody.one("SELECT count(*) FROM tenancy_membership") == 0


def test_there_is_one_key_at_a_time(anybody: Raw) -> None:
    with anybody.refused("context_key_pkey"):
        anybody.run(
            "INSERT INTO sec.context_key (ipad, opad) SELECT ipad, opad FROM sec.context_key"
        )


def test_a_context_ends_with_its_transaction(app: Raw) -> None:
    app.say(good())
    app.connection.commit()

    # What is left reads as '', which must not be a fault either.
    assert app.one("SELECT current_setting('app.context', true)") == ""
    assert app.one("SELECT count(*) FROM tenancy_membership") == 0


def test_a_thousand_transactions_of_two_offices_on_one_connection_never_mix(app: Raw) -> None:
    for turn in range(1_000):
        tenant_id = (DINGHAI, SHENGSI, None)[turn % 3]
        if tenant_id is not None:
            app.act_for(tenant_id)
        seen = app.rows("SELECT DISTINCT tenant_id FROM tenancy_membership")
        assert seen == ([] if tenant_id is None else [(tenant_id,)])
        app.connection.commit() if turn % 2 else app.connection.rollback()
