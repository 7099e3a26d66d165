"""The roster workbook (人员名册): one row a person, and one row a fact on five more sheets.

A fact names its person by number and name. A column or a sheet that a file does not have
leaves what is already known as it is; a blank cell clears it.
"""

from __future__ import annotations

from kernel.text import Text
from scheduling.domain.vocabulary import (
    POOLS,
    POSITIONS,
    RELATIONS,
    SKILLS,
    STATUSES,
    SYSTEMS,
    TEAM_ROLES,
)
from scheduling.workbooks import cells
from scheduling.workbooks.columns import Column, Header, ReadRow, SheetLayout
from scheduling.workbooks.reading import BookLayout

NUMBER = Column(
    key="number",
    title=Text(zh="人员编号", en="Number"),
    read=cells.number,
    synonyms=("编号", "人员代码", "工号", "人才库编号", "干部编号"),
    hint="本单位自编的编号，一人一号，长期不变；再次上传时按编号识别同一人。",
    width=14,
    as_text=True,
)


def _fact_number() -> Column:
    return Column(
        key="number",
        title=NUMBER.title,
        read=cells.number,
        synonyms=NUMBER.synonyms,
        hint="与《人员》表中的编号一致。",
        width=14,
        as_text=True,
    )


def _fact_name() -> Column:
    return Column(
        key="name",
        title=Text(zh="姓名", en="Name"),
        read=cells.name,
        synonyms=("人员姓名", "干部姓名"),
        heading_required=True,
        cell_required=True,
        hint="与《人员》表中的姓名一致，用来核对编号。",
        width=10,
    )


def _check_person(row: ReadRow, header: Header) -> None:
    identity = row.values.get("id_number")
    if identity is not None and identity.was_15:
        row.remarks.append(
            header.fault(
                "id_number",
                row.number,
                Text(
                    zh="15 位旧身份证号没有校验位，无法核对，请尽快换成 18 位。",
                    en="A 15-digit ID number has no check character; replace it by the 18-digit one.",
                ),
            )
        )


PEOPLE = SheetLayout(
    key="people",
    title=Text(zh="人员", en="People"),
    synonyms=("人员名册", "人员信息", "名册", "人才库", "巡察干部", "人员表"),
    check=_check_person,
    hint="一人一行。",
    columns=(
        Column(
            key="number",
            title=NUMBER.title,
            read=NUMBER.read,
            synonyms=NUMBER.synonyms,
            heading_required=True,
            cell_required=True,
            hint=NUMBER.hint,
            width=14,
            as_text=True,
        ),
        Column(
            key="name",
            title=Text(zh="姓名", en="Name"),
            read=cells.name,
            synonyms=("人员姓名", "干部姓名"),
            heading_required=True,
            cell_required=True,
            hint="如有生僻字请照写，不要用拼音代替。",
            width=10,
        ),
        Column(
            key="id_number",
            title=Text(zh="身份证号", en="ID number"),
            read=cells.identity,
            synonyms=("身份证号码", "公民身份号码", "证件号码", "身份证"),
            hint="只用来识别重复人员：系统只保存加密摘要和后四位。",
            width=22,
            as_text=True,
        ),
        Column(
            key="home_unit",
            title=Text(zh="工作单位", en="Home unit"),
            read=cells.text,
            synonyms=("单位", "所在单位", "原单位", "现工作单位", "工作单位名称", "派出单位"),
            heading_required=True,
            cell_required=True,
            hint="写单位全称，如“岱山县财政局”。本人不会被派去本单位及其上下级单位。",
            width=26,
        ),
        Column(
            key="system",
            title=Text(zh="所属系统", en="System"),
            read=cells.code(SYSTEMS, blank=""),
            synonyms=("系统", "行业系统", "条线", "业务系统"),
            hint="从下拉表中选择；用于系统回避。",
            choices=SYSTEMS,
            width=14,
        ),
        Column(
            key="post",
            title=Text(zh="职务", en="Post"),
            read=cells.text,
            synonyms=("现任职务", "现职务", "职位", "岗位"),
            width=18,
        ),
        Column(
            key="rank",
            title=Text(zh="职级", en="Rank"),
            read=cells.text,
            synonyms=("级别", "行政级别", "职务层次"),
            width=14,
        ),
        Column(
            key="pools",
            title=Text(zh="入库类别", en="Pools"),
            read=cells.codes(POOLS),
            synonyms=("库别", "人才库类别", "所在库", "类别", "入库"),
            hint="可填多项，用顿号分开，如“组长库、专业人才库”。组长从组长库产生，副组长从组长库或副组长库产生。",
            choices=POOLS,
            width=20,
        ),
        Column(
            key="skills",
            title=Text(zh="专长", en="Specialities"),
            read=cells.codes(SKILLS),
            synonyms=("专业", "专业特长", "业务专长", "特长", "专业类别"),
            hint="可填多项，用顿号分开：纪检、监察、财务、审计、法律、工程、组织、宣传、信息技术。",
            choices=SKILLS,
            width=20,
        ),
        Column(
            key="native_place",
            title=Text(zh="籍贯", en="Native place"),
            read=cells.text,
            synonyms=("籍贯地", "祖籍", "出生地"),
            hint="写到县（区），如“浙江省舟山市嵊泗县”。",
            width=22,
        ),
        Column(
            key="grew_up_place",
            title=Text(zh="成长地", en="Grew-up place"),
            read=cells.text,
            synonyms=("主要成长地", "成长所在地"),
            hint="写到县（区）。与籍贯相同的也请填写。",
            width=22,
        ),
        Column(
            key="rounds_served",
            title=Text(zh="已参加轮次", en="Rounds served"),
            read=cells.whole(0, 200, blank=0),
            synonyms=("参加轮次", "参加巡察轮数", "巡察轮次", "参加巡察次数", "轮次"),
            width=12,
        ),
        Column(
            key="recent_days",
            title=Text(zh="近一年巡察天数", en="Days in the last year"),
            read=cells.whole(0, 366, blank=0),
            synonyms=("近12个月巡察天数", "近一年工作日", "近一年天数", "近12个月天数"),
            hint="近 12 个月内参加巡察的工作日数。",
            width=16,
        ),
        Column(
            key="status",
            title=Text(zh="状态", en="Status"),
            read=cells.code(STATUSES, blank="active"),
            synonyms=("在库状态", "人员状态"),
            hint="空着等于“在库”。",
            choices=STATUSES,
            width=10,
        ),
    ),
)


def _check_career(row: ReadRow, header: Header) -> None:
    start, end = row.values.get("from"), row.values.get("to")
    if start and end and end < start:
        text = Text(
            zh=f"止（{end}）早于起（{start}）。", en=f"Ends ({end}) before it starts ({start})."
        )
        row.faults.append(header.fault("to", row.number, text))


CAREER = SheetLayout(
    key="career",
    title=Text(zh="履历", en="Career"),
    synonyms=("工作履历", "简历", "工作经历", "任职经历"),
    check=_check_career,
    hint="一段任职一行。近年在某单位任过职的，一段时间内不派去该单位。",
    columns=(
        _fact_number(),
        _fact_name(),
        Column(
            key="body",
            title=Text(zh="单位", en="Body"),
            read=cells.text,
            synonyms=("任职单位", "工作单位", "单位名称", "所在单位"),
            heading_required=True,
            cell_required=True,
            hint="写当时单位的全称，如“嵊泗县教育局”。",
            width=28,
        ),
        Column(
            key="post",
            title=Text(zh="职务", en="Post"),
            read=cells.text,
            synonyms=("任职", "所任职务", "岗位"),
            width=18,
        ),
        Column(
            key="from",
            title=Text(zh="起", en="From"),
            read=cells.month,
            synonyms=(
                "起始",
                "开始",
                "起始时间",
                "开始时间",
                "起始年月",
                "任职时间",
                "自",
                "起时间",
            ),
            heading_required=True,
            cell_required=True,
            hint="写到月：2019年3月、2019.03、2019-3 都可以。",
            width=14,
            as_text=True,
        ),
        Column(
            key="to",
            title=Text(zh="止", en="To"),
            read=cells.month_or_still,
            synonyms=(
                "截止",
                "结束",
                "终止",
                "截止时间",
                "结束时间",
                "截止年月",
                "离任时间",
                "至",
                "止时间",
            ),
            heading_required=True,
            hint="仍在任的写“至今”。",
            width=14,
            as_text=True,
        ),
    ),
)

RELATIVES = SheetLayout(
    key="relatives",
    title=Text(zh="亲属任职", en="Relatives' posts"),
    synonyms=("亲属", "亲属任职情况", "亲属关系", "家属任职"),
    hint="一位亲属的一个任职一行。不需要亲属的姓名。",
    columns=(
        _fact_number(),
        _fact_name(),
        Column(
            key="relation",
            title=Text(zh="亲属关系", en="Relation"),
            read=cells.code(RELATIONS),
            synonyms=("关系", "与本人关系", "称谓"),
            heading_required=True,
            cell_required=True,
            choices=RELATIONS,
            width=12,
        ),
        Column(
            key="body",
            title=Text(zh="任职单位", en="Body"),
            read=cells.text,
            synonyms=("单位", "工作单位", "亲属单位", "单位名称"),
            heading_required=True,
            cell_required=True,
            width=28,
        ),
        Column(
            key="position",
            title=Text(zh="职务层次", en="Position"),
            read=cells.code(POSITIONS),
            synonyms=("层次", "职务", "任职层次", "亲属职务"),
            heading_required=True,
            cell_required=True,
            choices=POSITIONS,
            hint="主要负责人、班子成员或一般工作人员。",
            width=16,
        ),
    ),
)

INTERESTS = SheetLayout(
    key="interests",
    title=Text(zh="利害关系", en="Interests"),
    synonyms=("利害关系申报", "经济利益", "利益关系"),
    hint="本人或近亲属与单位有经济往来、债权债务、诉讼等利害关系的，一个单位一行，不必写事由。",
    columns=(
        _fact_number(),
        _fact_name(),
        Column(
            key="body",
            title=Text(zh="单位", en="Body"),
            read=cells.text,
            synonyms=("涉及单位", "相关单位", "单位名称", "利害关系单位"),
            heading_required=True,
            cell_required=True,
            width=28,
        ),
    ),
)


def _check_absence(row: ReadRow, header: Header) -> None:
    start, end = row.values.get("from"), row.values.get("to")
    if start and end and end < start:
        text = Text(
            zh=f"止（{end}）早于起（{start}）。", en=f"Ends ({end}) before it starts ({start})."
        )
        row.faults.append(header.fault("to", row.number, text))


ABSENCES = SheetLayout(
    key="absences",
    title=Text(zh="请假与外出", en="Absences"),
    synonyms=("请假", "请假外出", "外出", "不能参加时间", "请休假"),
    check=_check_absence,
    hint="首尾两天都算在内。",
    columns=(
        _fact_number(),
        _fact_name(),
        Column(
            key="from",
            title=Text(zh="起日", en="First day"),
            read=cells.day,
            synonyms=("起", "开始日期", "起始日期", "开始", "自", "开始时间"),
            heading_required=True,
            cell_required=True,
            width=14,
            as_text=True,
        ),
        Column(
            key="to",
            title=Text(zh="止日", en="Last day"),
            read=cells.day,
            synonyms=("止", "结束日期", "截止日期", "结束", "至", "结束时间"),
            heading_required=True,
            cell_required=True,
            width=14,
            as_text=True,
        ),
        Column(
            key="reason",
            title=Text(zh="事由", en="Reason"),
            read=cells.text,
            synonyms=("原因", "请假事由", "类别"),
            hint="只写类别，如“培训”“休假”。不要写病情等隐私。",
            width=16,
        ),
    ),
)


def _check_served(row: ReadRow, header: Header) -> None:
    if not row.values.get("body") and not row.values.get("county"):
        text = Text(
            zh="“被巡察单位”和“所在县(区)”至少填一项。",
            en="Give the unit inspected or its county.",
        )
        row.faults.append(header.fault("body", row.number, text))
    if row.values.get("role") == "leader" and not row.values.get("county"):
        text = Text(
            zh="担任组长的，请填“所在县(区)”。", en="For a leader, give the county as well."
        )
        row.faults.append(header.fault("county", row.number, text))


SERVED = SheetLayout(
    key="served",
    title=Text(zh="历次巡察", en="Rounds served"),
    synonyms=("巡察经历", "历次巡察情况", "参加巡察情况"),
    check=_check_served,
    hint="每轮每个单位一行，用于“不重复巡察同一单位”。",
    columns=(
        _fact_number(),
        _fact_name(),
        Column(
            key="ago",
            title=Text(zh="距今轮次", en="Rounds ago"),
            read=cells.whole(1, 200),
            synonyms=("几轮之前", "距今几轮", "轮次"),
            heading_required=True,
            cell_required=True,
            hint="上一轮写 1，再前一轮写 2，依此类推。",
            width=12,
        ),
        Column(
            key="body",
            title=Text(zh="被巡察单位", en="Unit inspected"),
            read=cells.text,
            synonyms=("单位", "巡察单位", "单位名称"),
            heading_required=True,
            width=28,
        ),
        Column(
            key="county",
            title=Text(zh="所在县(区)", en="County"),
            read=cells.text,
            synonyms=("县区", "所在县区", "所在地", "县(市、区)"),
            width=14,
        ),
        Column(
            key="role",
            title=Text(zh="担任角色", en="Role"),
            read=cells.code(TEAM_ROLES, blank="member"),
            synonyms=("角色", "组内职务", "担任职务"),
            choices=TEAM_ROLES,
            width=12,
        ),
    ),
)

ROSTER = BookLayout(
    key="roster",
    title=Text(zh="人员名册", en="Roster"),
    main=PEOPLE,
    facts=(CAREER, RELATIVES, INTERESTS, ABSENCES, SERVED),
)
