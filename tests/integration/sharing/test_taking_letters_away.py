"""Letters as docx: what stands in them, for whom, and what the record says."""

from __future__ import annotations

import pytest

from kernel.errors import NotVisible
from kernel.text import day_text
from sharing.domain.letters import LETTER_RULES, LetterKind
from sharing.models.letters import Letter
from sharing.services.taking_away import take_letter
from tenancy.models import AuditEntry
from tests.integration.sharing.county import County
from tests.integration.sharing.test_letters import drafted, sent, walked
from tests.people import acting
from tests.read_again import HOSTILE, Again, opened_again

OFFICE = "定海区委巡察办"
COPIES = ["body:discipline_body", "supervisors:U01"]


def taken(county: County, letter: Letter, who: str = "wu") -> Again:
    return opened_again(county.by(who, take_letter, number=letter.pk).content)


@pytest.mark.parametrize("kind", [one for one in LetterKind if one is not LetterKind.URGING])
def test_a_signed_letter_of_every_kind_says_what_its_record_says(
    county: County, kind: LetterKind
) -> None:
    letter = sent(county, kind=kind, body="一、问题\n台账不全。", copies=COPIES)

    said = taken(county, letter)

    assert letter.due_on is not None
    assert letter.signed_on is not None
    body = list(said.paragraphs)
    assert body[body.index(letter.title) :][:4] == [
        letter.title,
        "第1单位：",
        "一、问题",
        "台账不全。",
    ]
    assert [OFFICE, day_text(letter.signed_on).zh] == body[body.index(OFFICE) :][:2]
    assert f"（回复期限：{day_text(letter.due_on).zh}）" in body
    assert letter.reference in said.text
    assert "待编号" not in said.text
    assert "抄送：纪检监察机关，第1单位监督单位。" in said.cells
    assert (said.mark, said.author) == ("", OFFICE)


def test_a_draft_says_that_it_is_one_and_who_took_it_away(county: County) -> None:
    letter = drafted(county)

    for state in ("draft", "under_review"):
        said = taken(county, letter)
        assert "（待编号）" in said.text, state
        assert f"（回复期限：签发之日起{letter.reply_days}个工作日）" in said.paragraphs
        assert said.mark.startswith(f"{OFFICE} {county.actor('wu').name} ")
        if state == "draft":
            letter = walked(county, letter, "handed_in")


def test_its_addressee_takes_the_same_letter_away_once_it_was_sent(county: County) -> None:
    letter = walked(county, drafted(county, copies=COPIES), "handed_in", "signed")
    with acting(county.actor("qiao")), pytest.raises(NotVisible):
        take_letter(actor=county.actor("qiao"), number=letter.pk)

    letter = walked(county, letter, "sent")

    for who in ("qiao", "shen", "luo"):
        assert taken(county, letter, who) == taken(county, letter), who


def test_nobody_else_does_and_they_are_told_what_a_stranger_is(county: County) -> None:
    letter = sent(county)
    for who in ("bai", "luo", "jiang", "zhao", "mei"):
        actor = county.actor(who)
        told = []
        for number in (letter.pk, 987654321):
            with acting(actor), pytest.raises(NotVisible) as refusal:
                take_letter(actor=actor, number=number)
            told.append(str(refusal.value).replace(str(number), ""))
        assert told[0] == told[1], who


def test_whatever_was_typed_stands_in_it_as_it_was_typed(county: County) -> None:
    body = "\n".join((*HOSTILE, HOSTILE[-1] * 100))
    for value in HOSTILE:
        letter = sent(county, title=value, body=body)
        said = taken(county, letter)
        assert letter.title in said.paragraphs
        assert [line for line in body.splitlines() if line not in said.paragraphs] == []


def test_who_takes_it_away_is_on_record(county: County) -> None:
    letter = sent(county)
    document = county.by("qiao", take_letter, number=letter.pk)

    title = LETTER_RULES[LetterKind(letter.kind)].title.zh
    assert document.file_name == f"{title}-{letter.reference}.docx"
    qiao = county.actor("qiao")
    with acting(county.actor("lin")):
        lines = AuditEntry.objects.filter(
            tenant_id=qiao.tenant_id, action="sharing.letter.exported", object_id=letter.pk
        )
        assert [line.user_id for line in lines] == [qiao.user_id]
