"""Tokens: the same for the same, and for nothing else."""

from __future__ import annotations

import ast
import hmac
import importlib
import pkgutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from types import ModuleType

import pytest

from sharing.domain import corroboration, identifiers
from sharing.domain.corroboration.classes import ABOUT_TITLES, CLASS_RULES, About, TokenClass
from sharing.domain.corroboration.tokens import Algorithm, HmacKey, KeyedMac, message, tokens_of
from sharing.domain.identifiers.identifier import Identifier, Kind
from tests.unit.sharing.corroborating import KEY, RING

NAME = Identifier(Kind.PERSON_NAME, "王芳")
UNIT = Identifier(Kind.UNIT_CODE, "DX-JY-012")
ID_NUMBER = Identifier(Kind.ID_NUMBER, "11010519491231002X")


def classes_of(*subject: Identifier) -> list[TokenClass]:
    return sorted(one.token_class for one in tokens_of(subject, RING))


def test_a_strong_identifier_stands_alone() -> None:
    assert classes_of(ID_NUMBER) == [TokenClass.ID_NUMBER]


def test_a_weak_one_needs_another() -> None:
    assert classes_of(NAME) == []
    assert classes_of(UNIT) == []
    assert classes_of(NAME, UNIT) == [TokenClass.NAME_AND_UNIT, TokenClass.SOUND_AND_UNIT]


def test_two_names_that_sound_alike_share_the_sound_alone() -> None:
    one = tokens_of([NAME, UNIT], RING)
    other = tokens_of([Identifier(Kind.PERSON_NAME, "王方"), UNIT], RING)

    assert {token.token_class for token in one & other} == {TokenClass.SOUND_AND_UNIT}


def test_classes_that_an_installation_does_not_compare_make_no_token() -> None:
    assert tokens_of([NAME, UNIT, ID_NUMBER], RING, [TokenClass.ID_NUMBER]) == tokens_of(
        [ID_NUMBER], RING
    )


def test_the_same_value_in_two_classes_has_two_tokens() -> None:
    """Digits that could be an account or a phone: without the class they would meet."""
    digits = "13800138000"
    [phone] = tokens_of([Identifier(Kind.PHONE, digits)], RING)
    [account] = tokens_of([Identifier(Kind.ACCOUNT, digits)], RING)

    assert phone.digest != account.digest
    assert message(TokenClass.PHONE, 1, [NAME]) != message(TokenClass.ACCOUNT, 1, [NAME])


def test_no_value_runs_into_the_next() -> None:
    """Joined by a separator these are one message; each with its length before it, they are two."""
    one = [Identifier(Kind.PERSON_NAME, "a|unit_code|b"), Identifier(Kind.UNIT_CODE, "c")]
    other = [Identifier(Kind.PERSON_NAME, "a"), Identifier(Kind.UNIT_CODE, "b|unit_code|c")]

    def joined(parts: Sequence[Identifier]) -> str:
        return "|".join(text for part in parts for text in (part.kind, part.canonical))

    assert joined(one) == joined(other)
    assert message(TokenClass.NAME_AND_UNIT, 1, one) != message(TokenClass.NAME_AND_UNIT, 1, other)


def test_a_unit_s_code_is_never_taken_for_its_credit_code() -> None:
    as_code = tokens_of([NAME, Identifier(Kind.UNIT_CODE, "91350100M000100Y43")], RING)
    as_credit = tokens_of([NAME, Identifier(Kind.CREDIT_CODE, "91350100M000100Y43")], RING)

    assert not as_code & as_credit


def test_a_version_of_the_key_is_part_of_the_message() -> None:
    assert message(TokenClass.PHONE, 1, [NAME]) != message(TokenClass.PHONE, 11, [NAME])


def test_while_a_new_key_takes_over_both_versions_make_a_token() -> None:
    @dataclass
    class TwoKeys:
        def keys_of(self, token_class: TokenClass) -> Sequence[KeyedMac]:
            return [HmacKey(2, b"n" * 32), KEY]

    made = tokens_of([ID_NUMBER], TwoKeys())

    assert {one.version for one in made} == {1, 2}
    assert tokens_of([ID_NUMBER], RING) < made


@pytest.mark.parametrize(
    ("algorithm", "digest"), [(Algorithm.HMAC_SHA256, "sha256"), (Algorithm.HMAC_SM3, "sm3")]
)
def test_the_mac_is_what_another_library_makes(algorithm: Algorithm, digest: str) -> None:
    key = HmacKey(1, b"k" * 32, algorithm)

    assert key.mac(b"value") == hmac.digest(b"k" * 32, b"value", digest)
    assert key.mac(b"value") != HmacKey(1, b"n" * 32, algorithm).mac(b"value")


def test_a_short_key_is_none() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        HmacKey(1, b"k" * 31)


def test_neither_key_nor_token_is_shown() -> None:
    [made] = tokens_of([ID_NUMBER], RING)

    assert "kkkk" not in repr(KEY)
    assert "digest" not in repr(made)
    assert repr(made.digest) not in repr(made)


def modules() -> Iterator[ModuleType]:
    for package in (corroboration, identifiers):
        for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            yield importlib.import_module(found.name)


def test_no_record_shows_a_text_or_a_secret_that_is_not_known_to_be_harmless() -> None:
    """A new field that might hold an identifier stands here, or is left out of the repr."""
    harmless = {("Step", "act")}
    shown = {
        (str(getattr(record, "__name__", "")), one.name)
        for module in modules()
        for record in vars(module).values()
        if is_dataclass(record) and getattr(record, "__module__", "") == module.__name__
        for one in fields(record)
        if one.repr and ("str" in str(one.type) or "bytes" in str(one.type))
    }

    assert shown == harmless


def test_no_module_writes_anything_anywhere() -> None:
    for module in modules():
        assert module.__file__ is not None
        tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
        named = {each.id for each in ast.walk(tree) if isinstance(each, ast.Name)}
        brought = {each.name for node in ast.walk(tree) if isinstance(node, ast.Import) for each in node.names}  # fmt: skip
        assert not named & {"print", "open"}
        assert not brought & {"logging", "warnings", "sys", "io"}


def test_every_class_has_its_rule_and_no_weak_identifier_stands_alone() -> None:
    assert set(CLASS_RULES) == set(TokenClass)
    assert set(ABOUT_TITLES) == set(About)
    strong = {kind for rule in CLASS_RULES.values() if rule.is_strong for kind in rule.parts[0]}
    assert strong == {Kind.ID_NUMBER, Kind.CREDIT_CODE, Kind.PHONE, Kind.ACCOUNT}
