"""The codes that rosters and unit lists are written in, each with its word in both languages.

One code per thing; the synonyms are what people write in workbooks. Skills and systems are
open in the engine (any string), but a list that everybody shares keeps them comparable.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kernel.text import Text


@dataclass(frozen=True, slots=True)
class Word:
    """A code's name on the screen, and what else people write for it."""

    text: Text
    synonyms: tuple[str, ...] = ()


def _word(zh: str, en: str, *synonyms: str) -> Word:
    return Word(Text(zh=zh, en=en), synonyms)


Vocabulary = Mapping[str, Word]

SKILLS: Vocabulary = {
    "discipline": _word("纪检", "Discipline", "纪律检查", "纪检监督"),
    "supervision": _word("监察", "Supervision", "监察调查"),
    "finance": _word("财务", "Finance", "财会", "会计", "财政"),
    "audit": _word("审计", "Audit", "审计监督"),
    "law": _word("法律", "Law", "法务", "政法"),
    "engineering": _word("工程", "Engineering", "工程建设", "工程管理", "建设工程"),
    "organisation": _word("组织", "Organisation", "组织人事", "人事", "党务", "干部人事"),
    "publicity": _word("宣传", "Publicity", "宣传思想", "意识形态"),
    "it": _word("信息技术", "IT", "信息", "信息化", "计算机", "大数据"),
}

SYSTEMS: Vocabulary = {
    "discipline": _word("纪检监察", "Discipline inspection", "纪检", "纪委监委"),
    "party": _word("党群", "Party and mass organisations", "党务", "群团"),
    "organisation": _word("组织人事", "Organisation and personnel", "组织", "人社"),
    "government": _word("政府综合", "General government", "综合", "政务"),
    "law": _word("政法", "Law and order", "公检法司", "法律"),
    "finance": _word("财政金融", "Finance", "财政", "财税", "金融"),
    "audit": _word("审计", "Audit"),
    "education": _word("教育", "Education", "教体", "科教"),
    "health": _word("卫生健康", "Health", "卫健", "卫生", "卫计", "医疗卫生"),
    "agriculture": _word(
        "农业农村", "Agriculture and fisheries", "农业", "农林", "海洋渔业", "水利"
    ),
    "construction": _word("建设交通", "Construction and transport", "建设", "住建", "交通", "城建"),
    "natural_resources": _word("资源环境", "Natural resources and environment", "自然资源", "环保"),
    "economy": _word("经济商务", "Economy and trade", "经济", "商务", "工业", "经信"),
    "culture": _word("文化旅游", "Culture and tourism", "文旅", "文化", "宣传文化"),
    "civil_affairs": _word("民政社保", "Civil affairs", "民政", "社保"),
    "soe": _word("国资国企", "State-owned enterprises", "国企", "国资"),
    "township": _word("乡镇街道", "Towns and sub-districts", "乡镇", "街道", "镇街"),
}

UNIT_KINDS: Vocabulary = {
    "department": _word("部门", "Department", "县级部门", "机关", "党政部门", "部委办局"),
    "township": _word(
        "乡镇(街道)", "Town or sub-district", "乡镇", "街道", "镇", "乡", "镇街", "乡镇街道"
    ),
    "public_institution": _word("事业单位", "Public institution", "直属事业单位"),
    "school": _word("学校", "School", "院校"),
    "hospital": _word("医院", "Hospital", "医疗机构", "卫生院"),
    "soe": _word("国有企业", "State-owned enterprise", "国企", "企业"),
    "village": _word("村(社区)", "Village or community", "村", "社区", "行政村", "村社区"),
}

RELATIONS: Vocabulary = {
    "spouse": _word("配偶", "Spouse", "丈夫", "妻子", "爱人", "夫", "妻"),
    "parent": _word("父母", "Parent", "父亲", "母亲", "父", "母"),
    "child": _word("子女", "Child", "儿子", "女儿", "儿", "女", "子"),
    "sibling": _word(
        "兄弟姐妹",
        "Sibling",
        "兄弟",
        "姐妹",
        "哥哥",
        "弟弟",
        "姐姐",
        "妹妹",
        "兄",
        "弟",
        "姐",
        "妹",
    ),
    "in_law": _word(
        "近姻亲",
        "In-law",
        "姻亲",
        "岳父",
        "岳母",
        "公公",
        "婆婆",
        "女婿",
        "儿媳",
        "姐夫",
        "妹夫",
        "嫂子",
        "弟媳",
    ),
    "other": _word(
        "其他",
        "Other",
        "其他亲属",
        "堂兄弟",
        "表兄弟",
        "叔叔",
        "舅舅",
        "姑姑",
        "姨",
        "侄子",
        "外甥",
    ),
}

POSITIONS: Vocabulary = {
    "head": _word("主要负责人", "Head", "一把手", "正职", "单位正职", "负责人"),
    "leadership": _word("班子成员", "Leadership", "领导班子成员", "领导班子", "副职", "领导"),
    "staff": _word("一般工作人员", "Staff", "工作人员", "职工", "一般干部", "员工", "干部"),
}

POOLS: Vocabulary = {
    "leader": _word("组长库", "Leader pool", "组长", "巡察组长库"),
    "deputy": _word("副组长库", "Deputy pool", "副组长", "巡察副组长库"),
    "cadre": _word("干部库", "Cadre pool", "巡察干部库", "干部", "组员", "巡察人才库"),
    "expert": _word("专业人才库", "Expert pool", "专业库", "巡察专业人才库", "专家库", "专业人才"),
}

TEAM_ROLES: Vocabulary = {
    "leader": _word("组长", "Leader"),
    "deputy": _word("副组长", "Deputy"),
    "member": _word("组员", "Member", "成员", "联络员", "干部"),
}

STATUSES: Vocabulary = {
    "active": _word("在库", "In the pool", "正常", "在岗", "有效"),
    "paused": _word("暂停", "Paused", "暂停使用", "借调"),
    "left": _word("出库", "Left the pool", "退出", "退休", "调出"),
}

# What a declaration is about, by the recusal rule that it calls on: the code crosses to the city,
# what stands behind it does not. The rules' numbers: docs/architecture/guards.md.
HOME_TIES: Vocabulary = {
    "own_unit": _word("本单位", "Own workplace"),
    "former_post": _word("曾任职", "Former post"),
    "relative": _word("亲属关系", "Relative"),
    "interest": _word("利害关系", "Interest"),
    "superior": _word("上下级关系", "Superior or subordinate"),
    "colleague": _word("同班子共事", "Long in one leadership body"),
    "school": _word("同学、师生关系", "School tie"),
    "native_place": _word("籍贯、成长地", "Native place"),
    "system": _word("同一系统", "Own system"),
    "revisit": _word("曾巡察过", "Inspected it before"),
    "prior_handling": _word("曾经办案件、审计或信访", "Handled a case before"),
    "other": _word("其他情形", "Other"),
}
LEADING_TIES: Vocabulary = {
    "objection": _word("被巡察单位异议成立", "Objection upheld"),
    "conduct": _word("违反工作纪律情形", "Conduct"),
    "prior_handling": HOME_TIES["prior_handling"],
    "interest": HOME_TIES["interest"],
    "other": HOME_TIES["other"],
}
# Leave and a clearance that is not given: one word for both, so that neither can be told.
CANNOT_COME = "unavailable"
TIES: Vocabulary = {
    **HOME_TIES,
    **LEADING_TIES,
    CANNOT_COME: _word("不能参加", "Cannot come"),
}


def said(vocabulary: Vocabulary, code: str) -> Text:
    """The word for a code; a code that no list knows is said as it is."""
    word = vocabulary.get(code)
    return word.text if word is not None else Text(zh=code, en=code)
