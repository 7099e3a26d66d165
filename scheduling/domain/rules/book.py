"""Prints the rule book: docs/rule-book.md and docs/规则手册.md.

Run as `python -m scheduling.domain.rules.book` after a change of a rule, a profile or a
worked case; a test fails until the committed files are current.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

from kernel.law import LegalBasis
from kernel.text import Language, Text
from scheduling.domain.problem import ROLES, HostSeats, Policy
from scheduling.domain.profiles import PROFILES, Profile
from scheduling.domain.rules import RULE_BOOK
from scheduling.domain.rules.base import Kind, Rule
from scheduling.domain.rules.cases import CASES
from scheduling.domain.rules.sources import SOURCES

FILES: dict[Language, str] = {"en": "rule-book.md", "zh": "规则手册.md"}

KIND_WORDS: dict[Kind, Text] = {
    "person": Text(zh="人员与单位", en="a person and a unit"),
    "team": Text(zh="巡察组", en="a team"),
    "round": Text(zh="整轮", en="the round"),
}
TITLE = Text(zh="规则手册", en="Rule book")
MADE_BY = Text(
    zh="本文由 `scheduling/domain/rules/book.py` 生成，请勿手工修改。",
    en="Printed by `scheduling/domain/rules/book.py`; do not edit by hand.",
)
INTRODUCTION = Text(
    zh="自动排布必须遵守的每一条规则：规则代码永不改变，在程序、方案说明和校验结果中都用它。"
    "“业务编号”（R01 等）是该规则在业务规则目录中的编号。没有见到 2024 年《条例》全文和任何县级回避规定全文，"
    "所以所有参数都是主办巡察办的设置，不是固定值；没有见到文本依据的规则，写明是“工作惯例”。"
    "回避原因只告知本人所在巡察办和回避工作负责人，其他人只看到规则代码。",
    en="Every rule that a plan must obey. A code never changes; programs, explanations and the"
    " checker all use it. “Field number” (R01 …) is the rule's number in the catalogue of the"
    " trade. Neither the body of the 2024 Regulation nor any county's recusal rule in full was"
    " seen. So every parameter is a setting of the leading office and never a constant, and a"
    " rule for which no text was seen is said to be practice. Why somebody is barred is told to"
    " their own office and the recusal officer; everybody else sees the code.",
)
HEADINGS = {
    "rules": Text(zh="规则", en="Rules"),
    "profiles": Text(zh="组织模式", en="Modes of a round"),
    "sources": Text(zh="来源", en="Sources"),
}
LABELS = {
    "code": Text(zh="代码", en="Code"),
    "title": Text(zh="规则", en="Rule"),
    "binds": Text(zh="约束对象", en="Binds"),
    "numbers": Text(zh="业务编号", en="Trade numbers"),
    "basis": Text(zh="依据", en="Basis"),
    "policy": Text(zh="政策参数（默认值）", en="Policy (default)"),
    "remedy": Text(zh="无法排布时可放宽", en="Where it clashes"),
    "refused": Text(zh="不允许", en="Refused"),
    "allowed": Text(zh="允许", en="Allowed"),
    "when": Text(zh="适用", en="When"),
    "sets": Text(zh="设定的政策参数", en="Sets"),
}
NEVER_RELAXED = Text(zh="不放宽，须另找人员。", en="Never relaxed; find other people.")
PROFILES_INTRODUCTION = Text(
    zh="每种模式是一组政策参数的起点，未列出的参数取默认值，主办巡察办都可以调整。",
    en="A mode is where the policy starts from: parameters not listed keep their defaults, and"
    " the leading office may change them all.",
)


def rule_book(language: Language) -> str:
    """The whole book as Markdown."""
    return "\n".join(_lines(language)) + "\n"


def _lines(language: Language) -> Iterator[str]:
    yield f"# {TITLE[language]}"
    yield from ("", f"<!-- {MADE_BY[language]} -->", "", INTRODUCTION[language])
    yield from ("", f"## {HEADINGS['rules'][language]}", "")
    yield from _overview(language)
    for rule in RULE_BOOK:
        yield from _rule(rule, language)
    yield from ("", f"## {HEADINGS['profiles'][language]}", "", PROFILES_INTRODUCTION[language])
    for profile in PROFILES:
        yield from _profile(profile, language)
    yield from ("", f"## {HEADINGS['sources'][language]}", "")
    yield from (f"- [{mark}] {source[language]}" for mark, source in SOURCES.items())


def _overview(language: Language) -> Iterator[str]:
    columns = [LABELS[key][language] for key in ("code", "title", "binds", "numbers")]
    yield f"| {' | '.join(columns)} |"
    yield "|---|---|---|---|"
    for rule in RULE_BOOK:
        kind, numbers = KIND_WORDS[rule.kind][language], ", ".join(rule.numbers)
        yield f"| [`{rule.code}`](#{rule.code}) | {rule.title[language]} | {kind} | {numbers} |"


def _rule(rule: Rule, language: Language) -> Iterator[str]:
    case = CASES[rule.code]
    remedy = NEVER_RELAXED if rule.remedy is None else rule.remedy
    yield from ("", f'### <a id="{rule.code}"></a>{rule.title[language]} · `{rule.code}`', "")
    yield from (rule.text[language], "")
    yield _item("basis", _bases(rule.basis, language), language)
    if rule.policy:
        defaults = [f"`{key}` = `{_value(key, Policy())}`" for key in rule.policy]
        yield _item("policy", ", ".join(defaults), language)
    if rule.numbers:
        yield _item("numbers", ", ".join(rule.numbers), language)
    yield _item("remedy", remedy[language], language)
    yield _item("refused", case.refused.text[language], language)
    yield _item("allowed", case.allowed.text[language], language)


def _profile(profile: Profile, language: Language) -> Iterator[str]:
    usual = Policy()
    changed = [
        f"`{field.name}` = `{_value(field.name, profile.policy)}`"
        for field in fields(Policy)
        if getattr(profile.policy, field.name) != getattr(usual, field.name)
    ]
    yield from ("", f"### {profile.title[language]} · `{profile.code}`", "")
    yield from (profile.sentence[language], "")
    yield _item("when", profile.when[language], language)
    yield _item("basis", _bases((profile.basis,), language), language)
    yield _item("sets", ", ".join(changed), language)


def _item(label: str, text: str, language: Language) -> str:
    colon = "：" if language == "zh" else ": "
    return f"- **{LABELS[label][language]}**{colon}{text}"


def _bases(bases: tuple[LegalBasis, ...], language: Language) -> str:
    said = []
    for basis in bases:
        article = "" if basis.article is None else f" {basis.article[language]}"
        said.append(f"{basis.title[language]}{article}")
    return ("；" if language == "zh" else "; ").join(said)


def _value(key: str, policy: Policy) -> str:
    """As the exchange format writes it."""
    value = getattr(policy, key)
    if value is None:
        return "null"
    if isinstance(value, HostSeats):
        roles = ", ".join(f'"{role}"' for role in ROLES if role in value.roles)
        return f"{{max: {value.max}, roles: [{roles}]}}"
    if isinstance(value, tuple):
        return f"[{', '.join(str(part) for part in value)}]"
    return f'"{value}"' if isinstance(value, str) else str(value)


def print_into(folder: Path) -> None:
    """Write the book in both languages."""
    for language, name in FILES.items():
        (folder / name).write_text(rule_book(language), encoding="utf-8")


if __name__ == "__main__":
    print_into(Path(__file__).resolve().parents[3] / "docs")
