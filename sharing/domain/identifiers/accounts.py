"""Bank accounts: cards (ISO/IEC 7812, with its check digit) and accounts of units, which have none.

Numbers of unit accounts (对公账户) are each bank's own and carry no check digit that banks share. To ask the card's
of them would refuse nine in ten, so whoever writes says which of the two it is. Both come to one kind:
the same number is the same account, whichever way it was entered.
"""

from __future__ import annotations

import re

from sharing.domain.identifiers.identifier import Fault, Identifier, Kind, bare

_CARD = re.compile(r"[1-9][0-9]{12,18}")
_UNIT_ACCOUNT = re.compile(r"[0-9]{9,30}")


def passes_luhn(digits: str) -> bool:
    """ISO/IEC 7812-1, annex B: every second digit from the right doubled, its digits summed."""
    places = (int(one) * (1 + at % 2) for at, one in enumerate(reversed(digits)))
    return sum(place // 10 + place % 10 for place in places) % 10 == 0


def bank_card(written: str) -> Identifier | Fault:
    text = bare(written)
    if not _CARD.fullmatch(text):
        return _fault(
            "银行卡号应为 13 至 19 位数字。", "The number of a bank card has 13 to 19 digits."
        )
    if not passes_luhn(text):
        return _fault(
            "银行卡号校验位不符，多半有一位写错，请核对。如为单位账户，请按单位账户填写。",
            "The check digit of the card does not fit: one digit is probably wrong. A unit's account is entered as such.",
        )
    return _account(text)


def unit_account(written: str) -> Identifier | Fault:
    text = bare(written)
    if not _UNIT_ACCOUNT.fullmatch(text):
        return _fault("单位账号应为 9 至 30 位数字。", "The account of a unit has 9 to 30 digits.")
    return _account(text)


def _account(digits: str) -> Identifier | Fault:
    if len(set(digits)) == 1:
        return _fault("账号不能全部是同一个数字。", "No account has the same digit throughout.")
    return Identifier(Kind.ACCOUNT, digits)


def _fault(zh: str, en: str) -> Fault:
    return Fault.saying(Kind.ACCOUNT, zh, en)
