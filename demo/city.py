"""The offices, and the bodies of each county: places real, bodies generic."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Area:
    """One office's area. `units` counts its bodies without villages."""

    code: str
    name: str
    prefix: str
    units: int
    pool: int
    leaders: int
    deputies: int
    towns: tuple[str, ...] = ()
    villages: tuple[tuple[str, str], ...] = ()  # (village, its town)


@dataclass(frozen=True)
class Body:
    code: str
    name: str
    kind: str
    system: str
    parent: str
    risk: int
    days: int
    mandatory: bool
    priority: int
    skills: dict[str, int] = field(default_factory=dict)
    wanted: dict[str, int] = field(default_factory=dict)
    inspectable: bool = True


CITY = Area("zhoushan", "舟山市", "ZS", units=70, pool=60, leaders=7, deputies=10)

DINGHAI = Area(
    "dinghai", "定海区", "DH", units=80, pool=80, leaders=9, deputies=14,
    towns=(
        "昌国街道", "环南街道", "城东街道", "盐仓街道", "临城街道", "千岛街道", "岑港街道", "马岙街道",
        "双桥街道", "小沙街道", "金塘镇", "白泉镇", "干览镇",
    ),
    villages=tuple(
        (f"{town}{name}村", town)
        for town, name in (
            ("白泉镇", "金林"), ("白泉镇", "新港"), ("干览镇", "新建"), ("干览镇", "龙潭"), ("金塘镇", "大观"),
            ("金塘镇", "柳行"), ("双桥街道", "紫微"), ("小沙街道", "光华"), ("马岙街道", "三星"), ("岑港街道", "烟墩"),
        )
    ),
)  # fmt: skip

PUTUO = Area(
    "putuo", "普陀区", "PT", units=75, pool=75, leaders=8, deputies=13,
    towns=(
        "沈家门街道", "东港街道", "朱家尖街道", "展茅街道", "六横镇", "虾峙镇", "桃花镇", "东极镇", "普陀山镇",
    ),
    villages=tuple(
        (f"{town}{name}村", town)
        for town, name in (
            ("六横镇", "双塘"), ("六横镇", "台门"), ("六横镇", "龙山"), ("虾峙镇", "河泥"), ("虾峙镇", "灵和"),
            ("桃花镇", "塔湾"), ("桃花镇", "茅山"), ("东极镇", "庙子湖"), ("展茅街道", "黄杨"), ("朱家尖街道", "月岙"),
        )
    ),
)  # fmt: skip

DAISHAN = Area(
    "daishan", "岱山县", "DS", units=62, pool=55, leaders=6, deputies=10,
    towns=("高亭镇", "东沙镇", "岱东镇", "岱西镇", "长涂镇", "衢山镇", "秀山乡"),
    villages=tuple(
        (f"{town}{name}村", town)
        for town, name in (
            ("高亭镇", "江南"), ("高亭镇", "板井"), ("东沙镇", "桥头"), ("岱东镇", "涂口"), ("岱西镇", "摇星"),
            ("长涂镇", "倭井"), ("衢山镇", "万良"), ("衢山镇", "皇坟"), ("秀山乡", "秀东"),
        )
    ),
)  # fmt: skip

SHENGSI = Area(
    "shengsi", "嵊泗县", "SS", units=58, pool=45, leaders=5, deputies=8,
    towns=("菜园镇", "嵊山镇", "洋山镇", "五龙乡", "黄龙乡", "枸杞乡", "花鸟乡"),
    villages=tuple(
        (f"{town}{name}村", town)
        for town, name in (
            ("菜园镇", "基湖"), ("菜园镇", "高场湾"), ("菜园镇", "青沙"), ("嵊山镇", "陈钱山"), ("嵊山镇", "泗洲塘"),
            ("洋山镇", "城东"), ("洋山镇", "雄洋"), ("五龙乡", "会城"), ("黄龙乡", "峙岙"), ("枸杞乡", "龙泉"),
            ("花鸟乡", "灯塔"),
        )
    ),
)  # fmt: skip

COUNTIES = (DINGHAI, PUTUO, DAISHAN, SHENGSI)
AREAS = (*COUNTIES, CITY)

# The sixteen units of the demo round, four a county; two of a town's needs are alike on purpose.
SHOW_UNITS: dict[str, tuple[str, ...]] = {
    "dinghai": ("教育局", "卫生健康局", "白泉镇", "城市建设投资有限公司"),
    "putuo": ("卫生健康局", "沈家门街道", "交通运输局", "文化和广电旅游体育局"),
    "daishan": ("教育局", "高亭镇", "海洋与渔业局", "水务集团有限公司"),
    "shengsi": ("教育局", "菜园镇", "住房和城乡建设局", "人民医院"),
}

_DEPARTMENTS: tuple[tuple[str, str], ...] = (
    ("委办公室", "party"), ("委组织部", "organisation"), ("委宣传部", "culture"), ("委统战部", "party"),
    ("委政法委员会", "law"), ("委编办", "organisation"), ("人大常委会办公室", "party"),
    ("人民政府办公室", "government"), ("政协办公室", "party"), ("总工会", "party"), ("团委", "party"),
    ("妇女联合会", "party"), ("发展和改革局", "economy"), ("经济和信息化局", "economy"), ("教育局", "education"),
    ("科学技术局", "economy"), ("公安局", "law"), ("民政局", "civil_affairs"), ("司法局", "law"),
    ("财政局", "finance"), ("人力资源和社会保障局", "organisation"), ("自然资源和规划局", "natural_resources"),
    ("住房和城乡建设局", "construction"), ("交通运输局", "construction"), ("水利局", "agriculture"),
    ("农业农村局", "agriculture"), ("海洋与渔业局", "agriculture"), ("商务局", "economy"),
    ("文化和广电旅游体育局", "culture"), ("卫生健康局", "health"), ("退役军人事务局", "civil_affairs"),
    ("应急管理局", "government"), ("审计局", "audit"), ("市场监督管理局", "economy"), ("统计局", "government"),
    ("医疗保障局", "civil_affairs"), ("综合行政执法局", "law"), ("信访局", "government"),
    ("机关事务中心", "government"), ("港航和口岸管理局", "construction"),
)  # fmt: skip

# (name, kind, system, the department above it)
_BELOW: tuple[tuple[str, str, str, str], ...] = (
    ("人民医院", "hospital", "health", "卫生健康局"),
    ("城市建设投资有限公司", "soe", "construction", "住房和城乡建设局"),
    ("水务集团有限公司", "soe", "agriculture", "水利局"),
    ("实验小学", "school", "education", "教育局"),
    ("实验中学", "school", "education", "教育局"),
    ("职业技术学校", "school", "education", "教育局"),
    ("中医院", "hospital", "health", "卫生健康局"),
    ("妇幼保健院", "hospital", "health", "卫生健康局"),
    ("疾病预防控制中心", "public_institution", "health", "卫生健康局"),
    ("国有资产经营有限公司", "soe", "finance", "财政局"),
    ("交通投资集团有限公司", "soe", "construction", "交通运输局"),
    ("融媒体中心", "public_institution", "culture", "委宣传部"),
    ("文化馆", "public_institution", "culture", "文化和广电旅游体育局"),
    ("旅游发展集团有限公司", "soe", "culture", "文化和广电旅游体育局"),
    ("社会保险事业中心", "public_institution", "organisation", "人力资源和社会保障局"),
    ("住房保障中心", "public_institution", "construction", "住房和城乡建设局"),
    ("农业技术推广中心", "public_institution", "agriculture", "农业农村局"),
    ("渔港管理中心", "public_institution", "agriculture", "海洋与渔业局"),
    ("不动产登记中心", "public_institution", "natural_resources", "自然资源和规划局"),
    ("教师进修学校", "school", "education", "教育局"),
    ("图书馆", "public_institution", "culture", "文化和广电旅游体育局"),
    ("社会福利中心", "public_institution", "civil_affairs", "民政局"),
    ("行政服务中心", "public_institution", "government", "人民政府办公室"),
    ("大数据中心", "public_institution", "government", "经济和信息化局"),
    ("供销合作社联合社", "public_institution", "agriculture", "农业农村局"),
    ("残疾人联合会", "department", "civil_affairs", "民政局"),
    ("粮食收储有限公司", "soe", "economy", "发展和改革局"),
    ("博物馆", "public_institution", "culture", "文化和广电旅游体育局"),
    ("就业管理中心", "public_institution", "organisation", "人力资源和社会保障局"),
    ("港口开发有限公司", "soe", "construction", "港航和口岸管理局"),
)  # fmt: skip

_NEEDS: dict[str, tuple[dict[str, int], dict[str, int]]] = {
    "education": ({"finance": 1, "engineering": 1}, {"audit": 1}),
    "health": ({"finance": 1, "audit": 1}, {"law": 1}),
    "construction": ({"engineering": 1, "audit": 1}, {"finance": 1}),
    "culture": ({"finance": 1}, {"publicity": 1}),
    "agriculture": ({"finance": 1}, {"law": 1}),
    "finance": ({"finance": 1, "audit": 1}, {"it": 1}),
    "law": ({"law": 1}, {"discipline": 1}),
    "organisation": ({"organisation": 1}, {"discipline": 1}),
}
_TOWN_NEEDS: tuple[dict[str, int], dict[str, int]] = (
    {"discipline": 1, "finance": 1},
    {"engineering": 1},
)
_SOE_NEEDS: tuple[dict[str, int], dict[str, int]] = ({"audit": 1, "finance": 1}, {"law": 1})
_RISKY = {"construction": 5, "health": 5, "education": 4, "finance": 5, "agriculture": 4, "soe": 5}


def full_name(area: Area, suffix: str) -> str:
    """嵊泗县教育局, but 嵊泗县委组织部 and 团嵊泗县委 as people say them."""
    if suffix == "团委":
        return f"共青团{area.name}委员会"
    return f"{area.name}{suffix}"


def bodies_of(area: Area) -> list[Body]:
    """The units of one area in the order of the workbook: departments, below, towns, villages."""
    below = area.units - len(_DEPARTMENTS) - len(area.towns)
    rows: list[tuple[str, str, str, str]] = [
        (name, "department", system, "") for name, system in _DEPARTMENTS
    ]
    rows += list(_BELOW[:below])
    rows += [(town, "township", "township", "") for town in area.towns]
    rows += [(village, "village", "township", town) for village, town in area.villages]
    code_of = {
        name: f"{area.prefix}{number:03d}" for number, (name, *_) in enumerate(rows, start=1)
    }
    return [_body(area, number, row, code_of) for number, row in enumerate(rows)]


def _body(area: Area, index: int, row: tuple[str, str, str, str], code_of: dict[str, str]) -> Body:
    name, kind, system, parent = row
    is_shown = name in SHOW_UNITS.get(area.code, ())
    skills, wanted = _needs(kind, system)
    return Body(
        code=code_of[name],
        name=full_name(area, name),
        kind=kind,
        system=system,
        parent=code_of.get(parent, ""),
        risk=_RISKY.get("soe" if kind == "soe" else system, 3 if kind != "village" else 2),
        days={"village": 5, "township": 18}.get(kind, 15 + index % 5),
        mandatory=is_shown,
        priority=90 if is_shown else 20 + 7 * index % 60,
        skills=skills,
        wanted=wanted,
        inspectable=name not in ("人大常委会办公室", "政协办公室"),
    )


def _needs(kind: str, system: str) -> tuple[dict[str, int], dict[str, int]]:
    if kind == "village":
        return {"finance": 1}, {}
    if kind == "township":
        return _TOWN_NEEDS
    if kind == "soe":
        return _SOE_NEEDS
    if kind == "hospital":
        return {"finance": 1, "audit": 1}, {"discipline": 1}
    return _NEEDS.get(system, ({"discipline": 1}, {"finance": 1}))
