"""A package opens for whom it is meant, whole and as it was signed, and otherwise not at all."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kernel.errors import DomainError
from sharing.errors.packages import (
    PackageForAnother,
    PackageTooLarge,
    PackageUnreadable,
    PassphraseTooShort,
    PassphraseWrong,
    SignatureWrong,
    SignerUnknown,
)
from sharing.packages import reading, sealing, writing
from sharing.packages.manifest import Manifest, ManifestFault, Part
from sharing.packages.reading import opened
from sharing.packages.sealing import sealed, unsealed
from sharing.packages.signing import fingerprint, signature_of
from sharing.packages.writing import MANIFEST, SIGNATURE, Cover, packaged

KEY, OTHER = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
WORDS = "渔火 罗盘 石阶 abc 盐场"
COVER = Cover(
    "0" * 31 + "1", "shengsi", "zhoushan", datetime(2026, 3, 2, 8, tzinfo=UTC), "第三轮交接"
)
PARTS: dict[str, list[dict[str, Any]]] = {
    "papers": [{"title": "一", "money": 12}, {"title": "𠮷 & <b>", "money": None}],
    "letters": [],
}
KNOWN = {fingerprint(KEY.public_key()): ("shengsi", KEY.public_key())}


def made(**changed: Any) -> bytes:
    given: dict[str, Any] = {"key": KEY, "passphrase": WORDS} | changed
    return packaged(given.pop("cover", COVER), given.pop("parts", PARTS), **given)


def read(content: bytes, **changed: Any) -> reading.Opened:
    given: dict[str, Any] = {"passphrase": WORDS, "keys": KNOWN, "receiver": "zhoushan"} | changed
    return opened(content, **given)


def rebuilt(change: Callable[[dict[str, bytes]], None]) -> bytes:
    """By somebody who knows the passphrase, and not the key."""
    with zipfile.ZipFile(io.BytesIO(unsealed(made(), WORDS))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return sealed(kept.getvalue(), WORDS)


def test_it_says_what_was_put_in_and_who_signed() -> None:
    found = read(made())

    assert found.parts == PARTS
    assert found.signed_by == fingerprint(KEY.public_key())
    assert (found.manifest.sender, found.manifest.purpose) == ("shengsi", "第三轮交接")
    assert read(rebuilt(lambda files: None)).parts == PARTS


def test_nothing_of_it_can_be_read_without_the_passphrase() -> None:
    content = made()

    assert b"papers" not in content
    assert "第三轮交接".encode() not in content
    with pytest.raises(PassphraseWrong):
        read(content, passphrase=WORDS + " ")


def test_a_passphrase_is_the_same_however_it_is_typed() -> None:
    assert (
        read(made(passphrase="Café au lait 12"), passphrase="Cafe\u0301 au lait 12").parts == PARTS
    )
    with pytest.raises(PassphraseTooShort):
        made(passphrase="eleven-long")


def test_each_package_is_sealed_anew() -> None:
    assert made() != made()


@pytest.mark.parametrize("at", [0, 5, len(sealing.MAGIC) + 1, 40, 60, -1])
def test_a_changed_byte_opens_nothing(at: int) -> None:
    content = bytearray(made())
    content[at] ^= 1

    with pytest.raises((PassphraseWrong, PackageUnreadable)):
        read(bytes(content))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", sealing.MAGIC, sealing.MAGIC + b"x" * 43])
def test_what_is_no_package_is_told_so(content: bytes) -> None:
    with pytest.raises(PackageUnreadable):
        read(content)


def change_rows(files: dict[str, bytes]) -> None:
    files["papers.json"] = files["papers.json"].replace(b"12", b"13")


def change_manifest(files: dict[str, bytes]) -> None:
    files[MANIFEST] = files[MANIFEST].replace(b"shengsi", b"daishan")


def sign_anew(files: dict[str, bytes]) -> None:
    change_manifest(files)
    signature = signature_of(OTHER, files[MANIFEST]).hex()
    key = fingerprint(KEY.public_key())
    files[SIGNATURE] = json.dumps({"key": key, "signature": signature}).encode()


@pytest.mark.parametrize("change", [change_rows, change_manifest, sign_anew])
def test_whoever_has_the_passphrase_alone_changes_nothing_in_it(
    change: Callable[[dict[str, bytes]], None],
) -> None:
    with pytest.raises(SignatureWrong):
        read(rebuilt(change))


@pytest.mark.parametrize(
    "change",
    [
        lambda files: files.pop("papers.json"),
        lambda files: files.update({"more.json": b"[]"}),
        lambda files: files.update({"../../etc/passwd": b"x"}),
        lambda files: files.pop(SIGNATURE),
        lambda files: files.update({SIGNATURE: b"{"}),
        lambda files: files.update({SIGNATURE: b'{"key": 1, "signature": "zz"}'}),
        lambda files: files.pop(MANIFEST),
    ],
)
def test_a_part_more_or_less_is_no_package(change: Callable[[dict[str, bytes]], None]) -> None:
    with pytest.raises(PackageUnreadable):
        read(rebuilt(change))


def test_an_unknown_key_is_named_and_a_known_one_signs_for_its_owner_alone() -> None:
    with pytest.raises(SignerUnknown) as refused:
        read(made(key=OTHER))
    assert fingerprint(OTHER.public_key()) in str(refused.value)

    both = KNOWN | {fingerprint(OTHER.public_key()): ("daishan", OTHER.public_key())}
    with pytest.raises(SignatureWrong):
        read(made(key=OTHER), keys=both)


def test_it_is_for_its_receiver_alone() -> None:
    with pytest.raises(PackageForAnother):
        read(made(), receiver="dinghai")


@pytest.mark.parametrize("title", [rb"\ud800", b"\xed\xa0\x80"], ids=["escaped", "in three bytes"])
def test_half_a_character_that_was_signed_is_not_read(
    monkeypatch: pytest.MonkeyPatch, title: bytes
) -> None:
    def part_of(name: str, rows: list[Any]) -> tuple[Part, bytes]:
        content = b'[{"title":"' + title + b'"}]'
        return Part(name, len(rows), hashlib.sha256(content).hexdigest()), content

    monkeypatch.setattr(writing, "part_of", part_of)
    with pytest.raises(PackageUnreadable):
        read(made(parts={"papers": [{}]}))


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LARGEST_PART", 10_000)
    with pytest.raises(PackageTooLarge):
        read(made(parts={"papers": [{"title": "零" * 100_000}]}))
    monkeypatch.setattr(reading, "MOST_ROWS", 1)
    with pytest.raises(PackageTooLarge):
        read(made())
    monkeypatch.setattr(reading, "LARGEST_FILE", 100)
    with pytest.raises(PackageTooLarge):
        read(made())


def manifest(**changed: Any) -> bytes:
    said = json.loads(
        Manifest(
            "1" * 32, "a", "b", "2026-03-02T08:00:00+00:00", "", (Part("papers", 0, "0" * 64),)
        ).as_bytes()
    )
    return json.dumps(
        said | changed, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    ).encode("utf-8", "surrogatepass")


@pytest.mark.parametrize(
    "changed",
    [
        {"format": "xuncha-package/2"},
        {"number": "1"},
        {"sender": "A b"},
        {"made_at": "2026-03-02T08:00:00"},
        {"made_at": "yesterday"},
        {"purpose": 5},
        {"purpose": "长" * 1001},
        {"parts": [1]},
        {"parts": {}},
        {"parts": [{"name": "papers", "rows": True, "sha256": "0" * 64}]},
        {"parts": [{"name": "papers", "rows": -1, "sha256": "0" * 64}]},
        {"parts": [{"name": "../x", "rows": 0, "sha256": "0" * 64}]},
        {"parts": [{"name": "a", "rows": 0, "sha256": "0" * 64}] * 2},
        {"informants": "none"},
    ],
)
def test_a_manifest_says_what_it_can_say_and_no_more(changed: dict[str, Any]) -> None:
    assert Manifest.from_bytes(manifest()).parts[0].name == "papers"
    with pytest.raises(ManifestFault):
        Manifest.from_bytes(manifest(**changed))


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff", b"[" * 100_000, b" " + manifest()])
def test_a_manifest_has_one_writing(content: bytes) -> None:
    with pytest.raises(ManifestFault):
        Manifest.from_bytes(content)


def test_every_refusal_says_that_nothing_was_taken(recwarn: pytest.WarningsRecorder) -> None:
    for refusal in (PackageUnreadable(what="x"), SignerUnknown(key="x"), SignatureWrong()):
        assert isinstance(refusal, DomainError)
        assert "没有导入任何内容" in refusal.in_language("zh")[1]
