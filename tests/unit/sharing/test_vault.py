"""Sealed contents open where they were sealed, under keys that are there, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharing.vault.ciphers import Cipher
from sharing.vault.envelopes import Envelope, Place, rewrapped, seal, unseal
from sharing.vault.key_service import KeyIsGone, KeyServiceAway, SealIsBroken
from sharing.vault.local_keys import LocalKeys

HERE = Place(office=7, kind="informant", record="3f1c")
WHO = "举报人：纪小满，渔港路 3 号".encode()
CIPHERS = pytest.mark.parametrize("cipher", Cipher)


@pytest.fixture
def keys(tmp_path: Path) -> LocalKeys:
    return LocalKeys(tmp_path)


@CIPHERS
def test_what_was_sealed_opens_in_its_place(keys: LocalKeys, cipher: Cipher) -> None:
    envelope = seal(keys, HERE, WHO, cipher)

    assert unseal(keys, HERE, envelope) == WHO
    assert WHO not in envelope.sealed
    assert seal(keys, HERE, WHO, cipher).sealed != envelope.sealed


@CIPHERS
@pytest.mark.parametrize(
    "elsewhere",
    [
        replace(HERE, office=8),
        replace(HERE, kind="clue"),
        replace(HERE, record="3f1d"),
        replace(HERE, revision=2),
    ],
    ids=["office", "kind", "record", "revision"],
)
def test_it_opens_in_no_other_place(keys: LocalKeys, cipher: Cipher, elsewhere: Place) -> None:
    envelope = seal(keys, HERE, WHO, cipher)

    with pytest.raises(SealIsBroken):
        unseal(keys, elsewhere, envelope)


def test_not_even_the_content_of_another_row_under_one_s_own_key(keys: LocalKeys) -> None:
    mine, other = seal(keys, HERE, WHO), seal(keys, replace(HERE, record="other"), b"somebody")

    with pytest.raises(SealIsBroken):
        unseal(keys, HERE, replace(mine, sealed=other.sealed))


def flipped(value: bytes, at: int) -> bytes:
    at %= len(value)
    return value[:at] + bytes([value[at] ^ 1]) + value[at + 1 :]


@CIPHERS
@given(at=st.integers(0, 200), is_inner=st.booleans())
def test_one_bit_changed_is_seen(
    tmp_path_factory: pytest.TempPathFactory, cipher: Cipher, at: int, is_inner: bool
) -> None:
    keys = LocalKeys(tmp_path_factory.mktemp("keys"))
    envelope = seal(keys, HERE, WHO, cipher)

    if is_inner:
        broken = replace(envelope, wrapped=flipped(envelope.wrapped, at))
    else:
        broken = replace(envelope, sealed=flipped(envelope.sealed, at))

    with pytest.raises(SealIsBroken):
        unseal(keys, HERE, broken)


@pytest.mark.parametrize("cut", [b"", b"short", b"x" * 27])
def test_less_than_a_sealed_text_is_none(keys: LocalKeys, cut: bytes) -> None:
    envelope = seal(keys, HERE, WHO)

    for broken in (replace(envelope, sealed=cut), replace(envelope, wrapped=cut)):
        with pytest.raises(SealIsBroken):
            unseal(keys, HERE, broken)


def test_after_a_rotation_the_old_opens_and_the_new_is_sealed_under_the_new_key(
    keys: LocalKeys,
) -> None:
    old = seal(keys, HERE, WHO)
    assert keys.rotate(7) == "7-2"
    new = seal(keys, HERE, WHO)

    assert (old.key, new.key) == ("7-1", "7-2")
    assert unseal(keys, HERE, old) == unseal(keys, HERE, new) == WHO


def test_what_is_wrapped_anew_outlives_the_old_key_and_what_is_not_is_gone(keys: LocalKeys) -> None:
    kept, left = seal(keys, HERE, WHO), seal(keys, HERE, WHO)
    keys.rotate(7)
    kept = rewrapped(keys, HERE, kept)
    keys.destroy("7-1")

    assert unseal(keys, HERE, kept) == WHO
    with pytest.raises(KeyIsGone):
        unseal(keys, HERE, left)


def test_the_number_of_a_destroyed_key_is_not_given_again(keys: LocalKeys) -> None:
    envelope = seal(keys, HERE, WHO)
    keys.destroy(envelope.key)

    assert keys.current(7) == "7-2"


def test_offices_have_keys_of_their_own(keys: LocalKeys) -> None:
    mine = seal(keys, HERE, WHO)
    other = seal(keys, replace(HERE, office=71), WHO)

    assert (mine.key, other.key) == ("7-1", "71-1")
    keys.destroy(other.key)
    assert unseal(keys, HERE, mine) == WHO


def away(keys: LocalKeys) -> None:
    for file in keys.folder.iterdir():
        file.unlink()


def cut_short(keys: LocalKeys) -> None:
    (keys.folder / "7-1.key").write_bytes(b"half")


def no_folder(keys: LocalKeys) -> None:
    away(keys)
    keys.folder.rmdir()


@pytest.mark.parametrize("happens", [away, cut_short, no_folder])
def test_keys_that_are_not_at_hand_are_not_called_destroyed(
    keys: LocalKeys, happens: Callable[[LocalKeys], None]
) -> None:
    envelope = seal(keys, HERE, WHO)
    happens(keys)

    with pytest.raises(KeyServiceAway):
        unseal(keys, HERE, envelope)


@pytest.mark.parametrize("name", ["../7-1", "7-1.key", "7-0", "-1", "", "7-1\n"])
def test_a_key_s_name_leads_out_of_no_folder(keys: LocalKeys, name: str) -> None:
    envelope = seal(keys, HERE, WHO)

    with pytest.raises(SealIsBroken):
        unseal(keys, HERE, replace(envelope, key=name))


def test_a_key_is_its_owner_s_to_read(keys: LocalKeys) -> None:
    seal(keys, HERE, WHO)
    [file] = keys.folder.iterdir()

    assert file.stat().st_mode & 0o777 == 0o600


def test_many_who_begin_at_once_use_one_key(keys: LocalKeys) -> None:
    with ThreadPoolExecutor(8) as pool:
        sealed: list[Envelope] = list(pool.map(lambda _: seal(keys, HERE, WHO), range(64)))

    assert all(unseal(keys, HERE, one) == WHO for one in sealed)
    assert not [file for file in keys.folder.iterdir() if file.name.startswith(".")]
