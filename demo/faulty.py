"""A roster as counties really send it: a title above the header, other headings, and faults."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from demo.people import Person
from scheduling.domain.vocabulary import SKILLS

_HEADINGS = (
    "序号",
    "姓 名",
    "编号",
    "公民身份号码",
    "所在单位",
    "职务(职级)",
    "专业特长",
    "库别",
    "籍贯（省市县）",
    "参加轮次",
)


def faulty_roster(people: Sequence[Person]) -> Workbook:
    """Thirty rows of the Shengsi roster, nine of them with one fault each, two to be looked at."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "人员名册"
    sheet.merge_cells("A1:J1")
    sheet["A1"] = "嵊泗县巡察人才库人员名册"
    sheet["A1"].font = Font(bold=True, size=16)
    sheet["A1"].alignment = Alignment(horizontal="center")
    sheet["A2"], sheet["H2"] = "填报单位：嵊泗县委巡察办", "填报时间：2026年8月"
    sheet.append(_HEADINGS)
    for index, person in enumerate(people[:30], start=1):
        sheet.append(_row(index, person))
    _spoil(sheet)
    _append_career(book, people[:6])
    return book


def _row(index: int, person: Person) -> list[Any]:
    skills = "，".join(SKILLS[skill].text.zh for skill in person.skills)
    return [
        index,
        person.name,
        person.number,
        person.id_number,
        person.home_unit,
        person.post,
        skills,
        "／".join(person.pools),
        person.native,
        person.rounds,
    ]


def _spoil(sheet: Any) -> None:
    first = 4  # the first row of people
    number = sheet.cell(row=first, column=4).value
    wrong = str((int(number[9]) + 1) % 10)
    sheet.cell(row=first, column=4).value = number[:9] + wrong + number[10:]
    sheet.cell(row=first + 1, column=5).value = None
    sheet.cell(row=first + 2, column=7).value = "财务、占星"
    sheet.cell(row=first + 3, column=10).value = "好几轮"
    sheet.cell(row=first + 4, column=4).value = "00000019800101"
    sheet.cell(row=first + 6, column=3).value = sheet.cell(row=first + 5, column=3).value
    sheet.cell(row=first + 7, column=8).value = "后备库"
    # Full-width digits and spaces are no fault; a changed post is a change.
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    sheet.cell(row=first + 8, column=10).value = str(
        sheet.cell(row=first + 8, column=10).value
    ).translate(wide)
    sheet.cell(row=first + 9, column=6).value = "调研员"
    # Somebody new whose name sounds like a colleague's, and one number with another name.
    twin = [sheet.cell(row=first + 10, column=column).value for column in range(1, 11)]
    twin[1], twin[2], twin[3] = _same_sound(str(twin[1])), "SS901", None
    sheet.append(twin)
    sheet.cell(row=first + 12, column=2).value = "某某某"
    sheet.cell(row=first + 12, column=4).value = None


def _same_sound(name: str) -> str:
    """Another way to write the last character, with the same sound."""
    others = {
        "华": "骅", "明": "铭", "军": "君", "平": "萍", "辉": "晖", "波": "玻", "燕": "雁", "芳": "方",
        "英": "瑛", "杰": "洁", "强": "墙", "勇": "永", "峰": "锋", "洋": "阳", "斌": "彬", "鹏": "朋",
        "飞": "菲", "龙": "隆", "玲": "铃", "琴": "勤", "梅": "眉", "莉": "丽", "红": "宏", "岚": "兰",
        "宁": "凝", "婷": "庭", "颖": "影", "洁": "杰", "琳": "林", "珊": "山", "瑶": "遥", "怡": "宜",
        "萍": "平", "青": "清", "林": "琳", "森": "僧", "海": "海", "江": "姜", "河": "和", "川": "船",
        "山": "珊", "岳": "月", "毅": "义", "恒": "衡", "达": "答", "通": "同", "顺": "瞬", "康": "慷",
        "乐": "勒", "德": "得", "仁": "人", "义": "毅", "礼": "理", "信": "芯", "涛": "滔", "娟": "涓",
        "霞": "侠", "超": "抄", "磊": "垒", "凤": "奉", "松": "嵩", "柏": "百", "峻": "俊",
    }  # fmt: skip
    return name[:-1] + others.get(name[-1], name[-1])


def _append_career(book: Workbook, people: Sequence[Person]) -> None:
    sheet = book.create_sheet("工作经历")
    sheet.append(["人员编号", "姓名", "任职单位", "职务", "开始时间", "结束时间"])
    for index, person in enumerate(people):
        sheet.append([person.number, person.name, person.home_unit, person.post, "2018.5", "至今"])
        if index == 5:
            sheet.append([person.number, person.name, "嵊泗县财政局", "科员", "2016年9月", "前年"])
    sheet.append(["SS999", "查无此人", "嵊泗县财政局", "科员", "2016年9月", "2017-8"])
