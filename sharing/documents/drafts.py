"""A first text for a letter of each kind, from what the records know. A clerk goes on from there.

The words stand here, in the release; what is put between them is text. A day that nobody knows before
the signature is left to the letter's note.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kernel.text import day_text
from sharing.documents.plain import one_line
from sharing.documents.writing import chinese, numbered
from sharing.domain.letters import LetterKind


@dataclass(frozen=True, slots=True)
class Draft:
    kind: LetterKind
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    post: str


def notification(
    *, round_name: str, issue: str, units: Sequence[str], problems: Sequence[str],
    requests: Sequence[str], reply_on: date | None = None,
) -> Draft:  # fmt: skip
    """函告: a common issue, told to the department in charge. `units` as they may be named."""
    return Draft(
        LetterKind.NOTIFICATION,
        f"关于反馈{one_line(round_name)}发现共性问题的函",
        _text(
            f"{one_line(round_name)}发现部分单位存在以下共性问题，现函告你单位。",
            "一、共性问题",
            f"{one_line(issue)}（涉及：{_listed(units)}）。",
            numbered(map(one_line, problems)),
            "二、办理要求",
            numbered(map(one_line, requests)),
            f"请按上述要求限期整改，{before(reply_on)}将办理情况书面函复我办。",
            "特此函告。",
        ),
    )


def lead_handling(
    *, round_name: str, units: Sequence[str], issues: Sequence[str],
    expectations: Sequence[str], report_on: date | None = None,
) -> Draft:  # fmt: skip
    """领办函: what a county leader is asked to take in charge."""
    return Draft(
        LetterKind.LEAD_HANDLING,
        f"关于领办{one_line(round_name)}整改事项的函",
        _text(
            f"按照县分管领导领办制的安排，现将{one_line(round_name)}中由您领办的整改事项函告如下。",
            "一、领办事项",
            f"涉及单位：{_listed(units)}。",
            numbered(map(one_line, issues)),
            "二、工作要求",
            numbered(map(one_line, expectations)),
            f"请{before(report_on)}将领办情况告知我办。",
        ),
    )


def proposal(
    *,
    subject: str,
    problems: Sequence[str],
    advice: Sequence[str],
    reply_on: date | None = None,
) -> Draft:
    """巡察建议书: what an industry or several units have in common, and what is advised."""
    return Draft(
        LetterKind.PROPOSAL,
        f"关于{one_line(subject)}的巡察建议书",
        _text(
            f"巡察中发现{one_line(subject)}方面存在一些共性问题。经巡察工作领导小组批准，"
            "现提出如下建议。",
            "一、发现的问题",
            numbered(map(one_line, problems)),
            "二、有关建议",
            numbered(map(one_line, advice)),
            f"请认真研究，{before(reply_on)}将采纳和办理情况书面反馈我办。",
        ),
    )


def rectification_notice(
    *, unit: str, round_name: str, items: int, plan_on: date, report_on: date,
    supervisors: Sequence[str],
) -> Draft:  # fmt: skip
    """整改通知: served together with the feedback."""
    return Draft(
        LetterKind.RECTIFICATION_NOTICE,
        f"关于做好{one_line(unit)}巡察反馈问题整改工作的通知",
        _text(
            f"{one_line(round_name)}反馈意见已送达你单位，共{items}项问题。"
            "现就做好整改工作通知如下。",
            "一、制定整改方案",
            "对照反馈意见逐项列出问题清单、任务清单和责任清单，"
            f"经主要负责人签字后，于{_on(plan_on)}前报送我办。",
            "二、落实整改责任",
            "党组织主要负责人为整改第一责任人，班子成员按分工认领任务，逐项明确措施、部门和时限。",
            "三、报告整改情况",
            f"于{_on(report_on)}前报送整改情况报告，附佐证材料；未按期完成的，说明原因和下步安排。",
            "四、接受整改监督",
            f"整改工作由{_listed(supervisors)}监督检查，对照销号。",
        ),
    )


def secondment(
    *, round_name: str, people: Sequence[Person], begins_on: date, ends_on: date,
    full_release: bool, duties: str,
) -> Draft:  # fmt: skip
    """抽调函: to the home unit. `ends_on` is the last day."""
    named = "、".join(f"{one_line(p.name)}（{one_line(p.post)}）" for p in people)
    release = "抽调期间脱产参加巡察工作，不再承担原单位工作。" if full_release else ""
    return Draft(
        LetterKind.SECONDMENT,
        f"关于抽调人员参加{one_line(round_name)}的函",
        _text(
            f"因工作需要，拟抽调你单位{named}参加{one_line(round_name)}。",
            f"一、抽调时间：{_on(begins_on)}至{_on(ends_on)}。",
            f"二、承担工作：{one_line(duties)}。",
            f"三、有关要求：{release}请你单位做好工作交接，按时安排上述人员报到。",
            "请予支持。",
        ),
    )


def urging(
    *, number: str, title: str, sent_on: date, due_on: date, days_over: int, times: int,
    now_due_on: date,
) -> Draft:  # fmt: skip
    """催办函: the letter that is overdue, by how many working days, which time it is urged."""
    return Draft(
        LetterKind.URGING,
        f"关于催办“{one_line(title)}”的函",
        _text(
            f"我办于{_on(sent_on)}发出《{one_line(title)}》（{one_line(number)}），"
            f"要求于{_on(due_on)}前回复。截至目前已超过期限{days_over}个工作日，尚未收到回复。",
            f"现第{chinese(times)}次催办，请抓紧办理，于{_on(now_due_on)}前书面回复；"
            "确有困难的，请说明原因。",
        ),
    )


def _text(*paragraphs: str) -> str:
    return "\n".join(paragraph for paragraph in paragraphs if paragraph)


def _listed(names: Sequence[str]) -> str:
    return "、".join(map(one_line, names))


def before(value: date | None) -> str:
    """于2026年11月23日前, as a letter says by when."""
    return f"于{_on(value)}前" if value else "在规定期限内"


def _on(value: date) -> str:
    return day_text(value).zh
