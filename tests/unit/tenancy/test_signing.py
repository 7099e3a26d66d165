"""The signer's half of the context."""

from __future__ import annotations

import hashlib
import hmac

from tenancy.signing import key_pads, signed_context


def test_the_signature_covers_everything_before_it() -> None:
    message, _, mac = signed_context(b"k" * 32, tenant_id=7, user_id=9).rpartition(".")

    assert message.startswith("v1.7.9.")
    assert mac == hmac.new(b"k" * 32, message.encode(), "sha256").hexdigest()


def test_no_office_and_nobody_are_zero() -> None:
    assert signed_context(b"k" * 32, tenant_id=None, user_id=None).startswith("v1.0.0.")


def test_the_pads_are_those_of_the_standard() -> None:
    """RFC 2104, built from the hash alone, equals the standard library's HMAC."""
    for length in (1, 32, 63, 64, 65, 200):
        key = bytes(range(length % 256)) or b"\0"
        ipad, opad = key_pads(key)
        inner = hashlib.sha256(ipad + b"words").digest()

        assert hashlib.sha256(opad + inner).digest() == hmac.digest(key, b"words", "sha256")
