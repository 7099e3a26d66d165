"""A letter's way, who sees it when, and what the database holds to whoever asks it."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from kernel.clock import frozen
from kernel.errors import DomainError, NotVisible
from sharing.access.letters import access_letter, letters_to
from sharing.domain.letters import LETTER_RULES, LetterKind, canonical_text
from sharing.errors.letters import (
    LetterCannotBeUrged,
    LetterCopiedToItsAddressee,
    LetterNotADraft,
    LetterSignedByAnother,
    LetterWithoutAddressee,
)
from sharing.errors.walking import StepLacks, StepOutOfTurn, StepWantsAReason
from sharing.models.letters import Letter, LetterStep
from sharing.selectors.letters import Sieve, inbox_part, letter_page, letters_part
from sharing.services.letters import (
    LetterDraft,
    act_on_letter,
    draft_letter,
    reply_to_letter,
    revise_letter,
    urge_letter,
)
from tenancy.paging import Window
from tests.integration.sharing.county import County
from tests.people import acting

TO_UNIT = "unit:U01"
SIGNERS = {
    kind: "he" if rule.signer == "leading_group" else "lin" for kind, rule in LETTER_RULES.items()
}


def drafted(
    county: County, kind: LetterKind = LetterKind.NOTIFICATION, to: str = TO_UNIT, **given: Any
) -> Letter:
    draft = LetterDraft(to, given.pop("title", "关于共性问题的函"), **given)
    made: Letter = county.by("wu", draft_letter, kind=kind, draft=draft)
    return made


def walked(county: County, letter: Letter, *acts: str) -> Letter:
    """Each act by whoever does it in Dinghai."""
    hands = {"signed": SIGNERS[LetterKind(letter.kind)], "received": "qiao", "closed": "lin"}
    for one in acts:
        letter = county.by(hands.get(one, "wu"), act_on_letter, number=letter.pk, act=one)
    return letter


def sent(county: County, **given: Any) -> Letter:
    return walked(county, drafted(county, **given), "handed_in", "signed", "sent")


def test_a_letter_goes_all_the_way(county: County) -> None:
    letter = walked(county, sent(county), "received")
    county.by("qiao", reply_to_letter, number=letter.pk, text="已整改。")
    county.by("lin", act_on_letter, number=letter.pk, act="reply_returned", reason="请补充佐证")
    county.by("qiao", reply_to_letter, number=letter.pk, text="已整改，佐证附后。")
    letter = county.by("lin", act_on_letter, number=letter.pk, act="closed")

    assert (letter.state, letter.reference) == ("closed", f"巡函〔{letter.year}〕1号")
    page = county.sees("wu", letter_page, letter.pk)
    assert [reply.text for reply in page.replies] == ["已整改。", "已整改，佐证附后。"]
    assert [step.act for step in page.steps] == [
        "handed_in", "signed", "sent", "received", "replied", "reply_returned", "replied", "closed",
    ]  # fmt: skip
    assert page.steps[3].by_name == "乔远山"


def test_what_was_signed_is_frozen_with_its_digest(county: County) -> None:
    letter = walked(
        county, drafted(county, copies=["body:discipline_body"], body="正文\n第二行"),
        "handed_in", "signed",
    )  # fmt: skip

    assert letter.due_on is not None
    assert letter.signed_on is not None
    assert letter.frozen == canonical_text(
        reference=letter.reference, title=letter.title, addressee="第1单位",
        copies=("纪检监察机关",), due_on=letter.due_on, signed_by="林知远",
        signed_on=letter.signed_on, body="正文\n第二行",
    )  # fmt: skip
    assert letter.digest == hashlib.sha256(letter.frozen.encode()).hexdigest()


def test_each_kind_counts_by_itself_and_without_a_gap(county: County) -> None:
    first = [walked(county, drafted(county), "handed_in", "signed").number for _ in range(2)]
    leader = f"leader:{county.actor('bai').user_id}"
    other = walked(county, drafted(county, LetterKind.LEAD_HANDLING, leader), "handed_in", "signed")
    letter = walked(county, drafted(county), "handed_in")
    lin = county.actor("lin")
    with acting(lin), transaction.atomic():
        assert act_on_letter(actor=lin, number=letter.pk, act="signed").number == 3
        transaction.set_rollback(True)
    again = walked(county, letter, "signed")

    assert first == [1, 2]
    assert other.reference == f"巡领〔{other.year}〕1号"
    assert again.number == 3


def test_an_addressee_sees_it_after_it_was_sent_and_no_other_one(county: County) -> None:
    letter = drafted(county, copies=["supervisors:U01"])
    other = sent(county, to="unit:U02")
    for _ in range(3):
        for who in ("qiao", "shen", "bai", "luo"):
            with acting(county.actor(who)), pytest.raises(NotVisible):
                access_letter(county.actor(who), letter.pk)
        letter = walked(
            county,
            letter,
            {"draft": "handed_in", "under_review": "signed"}.get(letter.state, "sent"),
        )

    assert county.sees("qiao", access_letter, letter.pk) == letter
    assert county.sees("shen", access_letter, letter.pk) == letter
    for who, there in (("qiao", [letter.pk]), ("shen", [letter.pk]), ("bai", []), ("luo", [])):
        lines = county.sees(who, inbox_part, Window(9)).lines
        assert [line.letter.pk for line in lines] == there
    page = county.sees("qiao", letter_page, letter.pk)
    assert (page.steps, page.may_edit, page.may_urge) == ([], False, False)
    assert [one.name for one in page.acts] == ["received"]
    assert county.sees("shen", letter_page, letter.pk).acts == []
    with acting(county.actor("qiao")), pytest.raises(NotVisible):
        access_letter(county.actor("qiao"), other.pk)
    jiang = county.actor("jiang")
    with acting(jiang), pytest.raises(NotVisible):
        access_letter(jiang, letter.pk)


def test_a_leader_and_a_body_answer_theirs(county: County) -> None:
    leader = sent(county, kind=LetterKind.LEAD_HANDLING, to=f"leader:{county.actor('bai').user_id}")
    body = sent(county, to="body:discipline_body")

    for who, letter in (("bai", leader), ("luo", body)):
        county.by(who, act_on_letter, number=letter.pk, act="received")
        done = county.by(who, reply_to_letter, number=letter.pk, text="已办。")
        assert done.state == "replied"
        assert received(county, who) == [letter.pk]


def test_a_kind_is_signed_by_whose_it_is(county: County) -> None:
    proposal = walked(county, drafted(county, LetterKind.PROPOSAL), "handed_in")
    notice = walked(county, drafted(county), "handed_in")

    for who, letter in (("lin", proposal), ("he", notice)):
        with acting(county.actor(who)), pytest.raises(LetterSignedByAnother):
            act_on_letter(actor=county.actor(who), number=letter.pk, act="signed")
    assert walked(county, proposal, "signed").reference.startswith("巡建")
    assert walked(county, notice, "signed").reference.startswith("巡函")


def test_urging_is_a_letter_and_counts(county: County) -> None:
    letter = sent(county)
    for n in (1, 2):
        urging = county.by("wu", urge_letter, number=letter.pk)
        assert letter.due_on is not None
        assert f"应于{letter.due_on.year}年{letter.due_on.month}月" in urging.body
        assert _now(county, letter).urged == n - 1, "it counts when it goes out"
        urging = walked(county, urging, "handed_in", "signed", "sent")
        assert _now(county, letter).urged == n
        assert urging.reference.startswith("巡催")
    assert set(received(county, "qiao")) >= {letter.pk, urging.pk}

    third = walked(county, county.by("wu", urge_letter, number=letter.pk), "handed_in", "signed")
    fourth = county.by("wu", urge_letter, number=letter.pk)
    anew = LetterDraft("", "关于尽快回复的函", body="请回复。")
    county.by("wu", revise_letter, number=fourth.pk, draft=anew)
    walked(county, letter, "received")
    county.by("qiao", reply_to_letter, number=letter.pk, text="已整改。")
    with acting(county.actor("wu")), pytest.raises(LetterCannotBeUrged):
        revise_letter(actor=county.actor("wu"), number=fourth.pk, draft=anew)
    with acting(county.actor("wu")), pytest.raises(LetterCannotBeUrged):
        act_on_letter(actor=county.actor("wu"), number=third.pk, act="sent")
    with acting(county.actor("wu")), pytest.raises(LetterCannotBeUrged):
        urge_letter(actor=county.actor("wu"), number=letter.pk)
    assert _now(county, letter).urged == 2
    _discarded(county, third)


def test_what_was_signed_and_not_sent_is_discarded_and_its_number_stays_used(
    county: County,
) -> None:
    letter = walked(county, drafted(county), "handed_in", "signed")
    for who in ("qiao", "he"):
        with acting(county.actor(who)), pytest.raises(DomainError):
            act_on_letter(actor=county.actor(who), number=letter.pk, act="discarded", reason="x")
    _discarded(county, letter)

    assert _now(county, letter).reference == f"巡函〔{letter.year}〕1号"
    assert walked(county, drafted(county), "handed_in", "signed").number == 2
    gone = sent(county)
    with acting(county.actor("wu")), pytest.raises(StepOutOfTurn):
        act_on_letter(actor=county.actor("wu"), number=gone.pk, act="discarded", reason="x")


def _discarded(county: County, letter: Letter) -> None:
    """Offered to the office on its page, and done with a reason alone."""
    wu = county.actor("wu")
    assert [one.name for one in county.sees("wu", letter_page, letter.pk).acts] == [
        "discarded", "sent",
    ]  # fmt: skip
    with acting(wu), pytest.raises(StepWantsAReason):
        act_on_letter(actor=wu, number=letter.pk, act="discarded")
    with acting(wu):
        act_on_letter(actor=wu, number=letter.pk, act="discarded", reason="已收到回复")
    assert _now(county, letter).state == "discarded"
    assert county.sees("wu", letter_page, letter.pk).acts == []


def received(county: County, who: str) -> list[int]:
    actor = county.actor(who)
    with acting(actor):
        return [letter.pk for letter in letters_to(actor)]


def _now(county: County, letter: Letter) -> Letter:
    now: Letter = county.sees("wu", access_letter, letter.pk)
    return now


@pytest.mark.parametrize(
    ("who", "act", "refusal"),
    [
        ("wu", "sent", StepOutOfTurn),
        ("wu", "closed", DomainError),
        ("qiao", "handed_in", DomainError),
        ("he", "handed_in", DomainError),
    ],
)
def test_an_act_out_of_turn_or_of_another_is_refused(
    county: County, who: str, act: str, refusal: type[DomainError]
) -> None:
    letter = drafted(county)
    with acting(county.actor(who)), pytest.raises(refusal):
        act_on_letter(actor=county.actor(who), number=letter.pk, act=act)


def test_what_is_lacking_is_named(county: County) -> None:
    letter = sent(county)
    wu, lin, qiao = (county.actor(who) for who in ("wu", "lin", "qiao"))
    with acting(wu), pytest.raises(LetterNotADraft):
        revise_letter(actor=wu, number=letter.pk, draft=LetterDraft(TO_UNIT, "x"))
    with acting(wu), pytest.raises(LetterWithoutAddressee):
        draft_letter(actor=wu, kind=LetterKind.NOTIFICATION, draft=LetterDraft("unit:U99", "x"))
    with acting(wu), pytest.raises(LetterCopiedToItsAddressee):
        drafted(county, copies=[TO_UNIT])
    review = walked(county, drafted(county), "handed_in")
    with acting(lin), pytest.raises(StepWantsAReason):
        act_on_letter(actor=lin, number=review.pk, act="returned_to_draft")
    walked(county, letter, "received")
    with acting(qiao), pytest.raises(StepLacks):
        reply_to_letter(actor=qiao, number=letter.pk, text=" ")


def test_a_draft_is_written_anew_until_it_is_handed_in(county: County) -> None:
    letter = drafted(county)
    draft = LetterDraft("body:audit_office", "新标题", "新正文", 7, ["body:discipline_body"])
    letter = county.by("lin", revise_letter, number=letter.pk, draft=draft)

    assert (letter.addressee, letter.title, letter.reply_days) == ("审计机关", "新标题", 7)
    page = county.sees("lin", letter_page, letter.pk)
    assert [one.addressee for one in page.copies] == ["纪检监察机关"]


def test_the_office_finds_its_letters(county: County) -> None:
    first, second = sent(county, title="甲事项"), drafted(county, title="乙事项")
    found = [
        [line.letter for line in county.sees("lin", letters_part, Window(9), sieve).lines]
        for sieve in (
            Sieve(), Sieve(state="draft"), Sieve(search="甲"), Sieve(overdue=True),
            Sieve(kind="proposal_letter"),
        )
    ]  # fmt: skip

    assert found == [[second, first], [second], [first], [], []]
    assert first.due_on is not None
    with frozen(datetime.combine(first.due_on + timedelta(days=30), time(4), UTC)):
        [line] = county.sees("lin", letters_part, Window(9), Sieve(overdue=True)).lines
    assert 10 < line.late < 30


# --- Asked of the database itself ------------------------------------------------------------------


def attempt(county: County, who: str, sql: str, *values: Any) -> int:
    """Rows touched by the statement as that person's process runs it; nothing of it is kept."""
    with acting(county.actor(who)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        touched = int(cursor.rowcount)
        transaction.set_rollback(True)
    return touched


STEP = (
    "INSERT INTO sharing_letterstep (tenant_id, record_id, act, hand, after, reason, facts, number,"
    " before, by_name, on_behalf_of) VALUES (9002, %s, %s, %s, %s, '', '{}', 0, '', '', '')"
)


@pytest.mark.parametrize(
    "column",
    ["state = 'closed'", "number = 9", "frozen = 'x'", "digest = 'x'", "urged = 3", "steps = 0"],
)
def test_nobody_writes_what_the_database_writes(county: County, column: str) -> None:
    letter = sent(county)
    with pytest.raises(DatabaseError, match="permission denied"):
        attempt(county, "lin", f"UPDATE sharing_letter SET {column} WHERE id = %s", letter.pk)


def test_a_signed_letter_stands_still(county: County) -> None:
    draft, signed = drafted(county), walked(county, drafted(county), "handed_in", "signed")
    change = "UPDATE sharing_letter SET body = 'x' WHERE id = %s"

    assert attempt(county, "wu", change, draft.pk) == 1
    with pytest.raises(IntegrityError, match="as a draft"):
        attempt(county, "wu", change, signed.pk)
    with pytest.raises(IntegrityError, match="as a draft"):
        attempt(county, "qiao", change, draft.pk)
    copy = (
        "INSERT INTO sharing_lettercopy (tenant_id, letter_id, goes_to, role, addressee)"
        " VALUES (9002, %s, 'body', 'audit_office', 'x')"
    )
    assert attempt(county, "wu", copy, draft.pk) == 1
    with pytest.raises(IntegrityError, match="in the draft"):
        attempt(county, "wu", copy, signed.pk)


@pytest.mark.parametrize(
    ("who", "act", "hand", "after"),
    [
        ("he", "signed", "leading_group", "numbered"),  # a notification is the director's
        ("wu", "signed", "office_director", "numbered"),
        ("qiao", "signed", "office_director", "numbered"),
    ],
)
def test_the_database_refuses_a_signature_of_another(
    county: County, who: str, act: str, hand: str, after: str
) -> None:
    letter = walked(county, drafted(county), "handed_in")
    lin = county.actor("lin")
    with acting(lin):
        Letter.objects.filter(pk=letter.pk).update(due_on="2099-01-04")

    with pytest.raises(IntegrityError, match="another hand"):
        attempt(county, who, STEP, letter.pk, act, hand, after)
    assert attempt(county, "lin", STEP, letter.pk, act, "office_director", after) == 1


def test_the_database_refuses_a_receipt_and_a_reply_of_another(county: County) -> None:
    letter = sent(county)
    receipt = (STEP, letter.pk, "received", "addressee", "received")
    for who in ("bai", "luo", "shen", "lin"):
        with pytest.raises(IntegrityError, match="another hand"):
            attempt(county, who, *receipt)
    assert attempt(county, "qiao", *receipt) == 1

    walked(county, letter, "received")
    reply = (
        "INSERT INTO sharing_letterreply (tenant_id, letter_id, text, by_name, at)"
        " VALUES (9002, %s, 'x', '', now())"
    )
    with pytest.raises(IntegrityError, match="addressee answers"):
        attempt(county, "luo", reply, letter.pk)
    assert attempt(county, "qiao", reply, letter.pk) == 1
    with pytest.raises(IntegrityError, match="another hand"):
        attempt(county, "qiao", STEP, letter.pk, "replied", "addressee", "replied")


def test_an_urging_without_its_letter_is_refused(county: County) -> None:
    letter = sent(county)
    with pytest.raises(IntegrityError, match="another hand"):
        attempt(county, "wu", STEP, letter.pk, "urged", "office_clerk", "sent")
    walked(county, county.by("wu", urge_letter, number=letter.pk), "handed_in", "signed", "sent")
    with pytest.raises(IntegrityError, match="another hand"):
        attempt(county, "wu", STEP, letter.pk, "urged", "office_clerk", "sent")
    lin = county.actor("lin")
    with acting(lin):
        assert LetterStep.objects.filter(record=letter, act="urged").count() == 1
