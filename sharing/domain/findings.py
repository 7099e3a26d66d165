"""What a finding is sorted by: two levels of classes, the six disciplines, how grave it is.

The first level is the field's (四个落实; for villages and communities the three focuses) and the same
everywhere; the second is each office's own, for which `USUAL_CLASSES` is a beginning.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from kernel.text import Text


class Level(StrEnum):
    """The first level of a class."""

    POLICY = "policy"
    DISCIPLINE = "discipline"
    ORGANISATION = "organisation"
    FOLLOW_UP = "follow_up"
    ROOTS_POLICY = "roots_policy"
    ROOTS_CONDUCT = "roots_conduct"
    ROOTS_PARTY = "roots_party"


LEVEL_TITLES: Mapping[Level, Text] = {
    Level.POLICY: Text(
        zh="落实党的理论和路线方针政策以及党中央重大决策部署",
        en="carrying out the Party's lines, policies and decisions",
    ),
    Level.DISCIPLINE: Text(zh="落实全面从严治党战略部署", en="strict self-governance of the Party"),
    Level.ORGANISATION: Text(
        zh="落实新时代党的组织路线", en="the organisational line: leaders, cadres, branches"
    ),
    Level.FOLLOW_UP: Text(
        zh="落实巡视巡察、审计等监督发现问题整改",
        en="rectification of what inspection and audit found before",
    ),
    Level.ROOTS_POLICY: Text(
        zh="村（社区）：落实党的路线方针政策", en="villages: carrying out policies"
    ),
    Level.ROOTS_CONDUCT: Text(
        zh="村（社区）：群众身边不正之风和腐败问题", en="villages: misconduct near the people"
    ),
    Level.ROOTS_PARTY: Text(
        zh="村（社区）：党组织领导班子和党员队伍建设", en="villages: the branch and its members"
    ),
}

USUAL_CLASSES: Mapping[Level, tuple[str, ...]] = {
    Level.POLICY: ("理论学习", "意识形态", "重大决策部署落实", "主责主业履行"),
    Level.DISCIPLINE: ("主体责任", "监督责任", "财务与资金管理", "工程与采购", "作风建设"),
    Level.ORGANISATION: ("班子建设", "选人用人", "民主集中制", "基层党组织建设"),
    Level.FOLLOW_UP: ("巡察整改", "审计整改", "主题教育检视问题整改"),
    Level.ROOTS_POLICY: ("惠民政策落实", "乡村振兴项目"),
    Level.ROOTS_CONDUCT: ("集体资产资源资金", "优亲厚友", "村级工程"),
    Level.ROOTS_PARTY: ("党组织生活", "村务公开", "党员教育管理"),
}


class Discipline(StrEnum):
    """The six disciplines (中国共产党纪律处分条例, part 2), a tag across the classes."""

    POLITICAL = "political"
    ORGANISATIONAL = "organisational"
    INTEGRITY = "integrity"
    MASSES = "masses"
    WORK = "work"
    LIFE = "life"


DISCIPLINE_TITLES: Mapping[Discipline, Text] = {
    Discipline.POLITICAL: Text(zh="政治纪律", en="political"),
    Discipline.ORGANISATIONAL: Text(zh="组织纪律", en="organisational"),
    Discipline.INTEGRITY: Text(zh="廉洁纪律", en="integrity"),
    Discipline.MASSES: Text(zh="群众纪律", en="towards the people"),
    Discipline.WORK: Text(zh="工作纪律", en="work"),
    Discipline.LIFE: Text(zh="生活纪律", en="conduct of life"),
}


class Severity(StrEnum):
    GENERAL = "general"
    MARKED = "marked"
    SERIOUS = "serious"


SEVERITY_TITLES: Mapping[Severity, Text] = {
    Severity.GENERAL: Text(zh="一般", en="general"),
    Severity.MARKED: Text(zh="较突出", en="marked"),
    Severity.SERIOUS: Text(zh="严重", en="serious"),
}


class EvidenceKind(StrEnum):
    DOCUMENT = "document"
    ACCOUNTS = "accounts"
    MINUTES = "minutes"
    INTERVIEW = "interview"
    SITE = "site"
    DATA = "data"


EVIDENCE_TITLES: Mapping[EvidenceKind, Text] = {
    EvidenceKind.DOCUMENT: Text(zh="文件", en="document"),
    EvidenceKind.ACCOUNTS: Text(zh="账册凭证", en="accounts and vouchers"),
    EvidenceKind.MINUTES: Text(zh="会议记录", en="minutes"),
    EvidenceKind.INTERVIEW: Text(zh="谈话记录", en="record of an interview"),
    EvidenceKind.SITE: Text(zh="现场核查记录", en="record of a visit"),
    EvidenceKind.DATA: Text(zh="数据比对", en="comparison of data"),
}


def paper_mark(year: int, round_number: int, team_code: str, sequence: int) -> str:
    """〔year〕round-team-sequence."""
    return f"〔{year}〕{round_number}-{team_code}-{sequence:03d}"
