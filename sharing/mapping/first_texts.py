"""First texts of letters from what the records know, for a clerk to go on from."""

from __future__ import annotations

from collections.abc import Sequence

from sharing.documents import drafts
from sharing.documents.drafts import Draft
from sharing.domain.letters import LetterKind
from sharing.models.rectification import JointCase, RectificationItem

# A letter's text holds 20,000 signs; whoever needs more writes an annex.
MOST_PROBLEMS, LONGEST_PROBLEM, MOST_UNITS = 30, 300, 30
REQUESTS = (
    "认真研究，分析成因，制定整改措施",
    "举一反三，在本行业本领域开展自查",
    "建立健全长效机制，防止同类问题再次发生",
)
EXPECTATIONS = (
    "召集涉及单位研究，明确牵头单位、责任和完成时限",
    "协调解决整改中的困难，督促按期完成并销号",
)


def items_in(case: JointCase) -> list[RectificationItem]:
    """The items of a joint case, of unit after unit."""
    items = RectificationItem.objects.filter(tenant_id=case.tenant_id, case=case)
    return list(items.select_related("desk").order_by("desk__unit_code", "position", "pk"))


def text_of_case(
    kind: LetterKind, case: JointCase, items: Sequence[RectificationItem]
) -> Draft | None:
    """A letter about a common problem; None: of that kind there is none. When the reply is due is known
    at the signature, so no day stands in it. A department is told how many units are concerned; the
    leader in charge, who reads the case, which."""
    if not items:
        return None
    rounds = list(dict.fromkeys(item.round_name for item in items))
    rounds_said = rounds[0] if len(rounds) == 1 else f"{rounds[0]}等{len(rounds)}轮巡察"
    units = list(dict.fromkeys(item.desk.name for item in items))
    problems = [_short(item.issue) for item in items[:MOST_PROBLEMS]]
    if kind is LetterKind.NOTIFICATION:
        return drafts.notification(
            round_name=rounds_said, issue=case.title, units=[f"{len(units)}个单位"],
            problems=problems, requests=REQUESTS,
        )  # fmt: skip
    if kind is LetterKind.LEAD_HANDLING:
        return drafts.lead_handling(
            round_name=rounds_said,
            units=units[:MOST_UNITS],
            issues=problems,
            expectations=EXPECTATIONS,
        )
    if kind is LetterKind.PROPOSAL:
        return drafts.proposal(subject=case.title, problems=problems, advice=())
    return None


def _short(issue: str) -> str:
    return issue if len(issue) <= LONGEST_PROBLEM else f"{issue[: LONGEST_PROBLEM - 1]}…"
