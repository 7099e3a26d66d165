"""What a letter about a joint case begins with: what the record of the case knows."""

from __future__ import annotations

from sharing.domain.letters import BLOCKS, LetterKind
from sharing.models.rectification import JointCase
from sharing.selectors.letters import first_text
from sharing.services.joint_cases import open_case
from sharing.services.letters import LetterDraft, draft_letter
from sharing.services.rectifying import Issue, assign_from_feedback
from tests.integration.sharing.county import County
from tests.integration.sharing.test_rectifying import SERVED


def common(county: County, *issues: str) -> JointCase:
    """One problem in each of two units, in one case."""
    items = [
        county.by(
            "wu", assign_from_feedback, unit_code=unit, round_name="第三轮", served_on=SERVED,
            issues=[Issue(issue, "工程")],
        )[0].pk
        for unit, issue in zip(("U01", "U02"), issues, strict=True)
    ]  # fmt: skip
    leader = f"leader:{county.actor('bai').user_id}"
    made: JointCase = county.by(
        "lin", open_case, title="小型工程未按规定比选", leader=leader, departments="", items=items
    )
    return made


def test_it_begins_with_what_the_case_knows_and_goes_to_its_leader(county: County) -> None:
    case = common(county, "9个项目未比选", "先施工后补签合同")

    first = county.sees("wu", first_text, LetterKind.LEAD_HANDLING, case.pk)

    assert first.to == f"leader:{county.actor('bai').user_id}"
    assert first.title == "关于领办第三轮整改事项的函"
    assert "涉及单位：第1单位、第2单位。" in first.body
    assert "1. 9个项目未比选\n2. 先施工后补签合同" in first.body
    assert "请在规定期限内将领办情况告知我办。" in first.body


def test_a_department_is_told_how_many_units_and_not_which(county: County) -> None:
    case = common(county, "甲", "乙")

    for kind in (LetterKind.NOTIFICATION, LetterKind.PROPOSAL):
        first = county.sees("wu", first_text, kind, case.pk)
        assert "小型工程未按规定比选" in first.body
        assert "第1单位" not in first.body
        assert first.to == ""
    assert (
        "（涉及：2个单位）" in county.sees("wu", first_text, LetterKind.NOTIFICATION, case.pk).body
    )


def test_however_long_the_problems_are_the_letter_can_be_kept(county: County) -> None:
    case = common(county, "长" * 5000, "& < > {{ }} 𠮷")

    draft = LetterDraft("unit:U02", "函")
    letter = county.by("wu", draft_letter, kind=LetterKind.NOTIFICATION, draft=draft, case=case.pk)

    assert letter.case_id == case.pk
    assert f"1. {'长' * 299}…\n2. & < > {{{{ }}}} 𠮷" in letter.body


def test_other_letters_begin_with_the_words_of_their_kind(county: County) -> None:
    case = common(county, "甲", "乙")

    for kind, about in ((LetterKind.NOTIFICATION, None), (LetterKind.SECONDMENT, case.pk)):
        assert county.sees("wu", first_text, kind, about).body == BLOCKS[kind]
