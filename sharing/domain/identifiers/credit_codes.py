"""Unified social credit codes (统一社会信用代码, GB 32100-2015): 17 characters and a check character.

The alphabet leaves out I, O, S, V and Z, which are mistaken for digits. What was written with one of them
is refused and not guessed at: the check character would pass one guess in thirty.
"""

from __future__ import annotations

from sharing.domain.identifiers.identifier import Fault, Identifier, Kind, bare

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH = 18
_WEIGHTS = tuple(pow(3, place, 31) for place in range(LENGTH - 1))


def check_character(first17: str) -> str:
    """GB 32100, 5.3: 31 less the weighted sum modulo 31."""
    total = sum(ALPHABET.index(one) * weight for one, weight in zip(first17, _WEIGHTS, strict=True))
    return ALPHABET[-total % 31]


def credit_code(written: str) -> Identifier | Fault:
    text = bare(written)
    if len(text) != LENGTH:
        return _fault(
            "统一社会信用代码应为 18 位。", "A unified social credit code has 18 characters."
        )
    if not set(text) <= set(ALPHABET):
        return _fault(
            "统一社会信用代码只用数字和大写字母，不用 I、O、S、V、Z，请核对是否把数字写成了字母。",
            "A credit code has digits and letters, none of I, O, S, V, Z: is a digit written as a letter?",
        )
    if check_character(text[:-1]) != text[-1]:
        return _fault(
            "末位校验码不符，多半有一位写错，请对照证照核对。",
            "The check character at the end does not fit: one character is probably wrong.",
        )
    return Identifier(Kind.CREDIT_CODE, text)


def _fault(zh: str, en: str) -> Fault:
    return Fault.saying(Kind.CREDIT_CODE, zh, en)
