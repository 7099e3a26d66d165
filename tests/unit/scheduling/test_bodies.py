"""What a name on a roster means."""

from __future__ import annotations

import pytest

from scheduling.domain.bodies import Bodies, Meant, OfficeName, UnitName, area_of, resolve

BODIES = Bodies.of(
    [
        OfficeName("city", "中共舟山市委巡察工作领导小组办公室"),
        OfficeName("ss", "嵊泗县委巡察办", "city"),
        OfficeName("dh", "定海区", "city"),
        OfficeName("pt", "普陀区", "city"),
    ],
    [
        UnitName("ss-edu", "嵊泗县教育局", "ss"),
        UnitName("dh-edu", "舟山市定海区教育局", "dh"),
        UnitName("ss-town", "嵊泗县菜园镇", "ss"),
        UnitName("ss-pub", "嵊泗县委宣传部", "ss"),
        UnitName("ss-dis", "中共嵊泗县纪律检查委员会", "ss"),
        UnitName("ss-health", "嵊泗县卫生健康局", "ss"),
        UnitName("ss-school", "嵊泗县中学", "ss"),
        UnitName("pt-hill", "普陀区普陀山镇", "pt"),
        UnitName("dh-twin-1", "定海区双桥站", "dh"),
        UnitName("dh-twin-2", "舟山市定海区双桥站", "dh"),
    ],
)


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("嵊泗县教育局", "ss-edu"),
        ("浙江省舟山市嵊泗县教育局", "ss-edu"),
        ("嵊泗 县 教育局（借调）", "ss-edu"),
        ("嵊泗县教育局基础教育科", "ss-edu"),
        ("定海区教育局", "dh-edu"),
        ("嵊泗县菜园镇人民政府", "ss-town"),
        ("菜园镇党委", "ss-town"),
        ("中共嵊泗县委宣传部", "ss-pub"),
        ("嵊泗县纪委", "ss-dis"),
        ("嵊泗县卫计局", "ss-health"),
        ("嵊泗中学", "ss-school"),
        ("普陀山镇", "pt-hill"),
    ],
)
def test_a_unit_is_found_under_the_ways_people_write_it(written: str, unit: str) -> None:
    assert resolve(written, BODIES) == Meant("unit", unit)


@pytest.mark.parametrize(
    ("written", "office"),
    [
        ("嵊泗县", "ss"),
        ("浙江舟山定海", "dh"),
        ("中共嵊泗县委员会", "ss"),
        ("嵊泗县人民政府", "ss"),
        ("定海区委巡察办公室", "dh"),
        ("舟山市委巡察办", "city"),
    ],
)
def test_an_area_and_its_leading_bodies_mean_the_office(written: str, office: str) -> None:
    assert resolve(written, BODIES) == Meant("office", office)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "教育局",
        "杭州市教育局",
        "上海市普陀区教育局",
        "嵊泗县气象局",
        "定海区双桥站",
        "舟山路小学",
    ],
)
def test_a_name_that_fits_none_or_two_means_nobody(written: str) -> None:
    assert resolve(written, BODIES) is None


def test_a_bare_name_means_ones_own_county() -> None:
    assert resolve("教育局", BODIES, home="ss") == Meant("unit", "ss-edu")
    assert resolve("教育局", BODIES, home="dh") == Meant("unit", "dh-edu")


def test_a_place_lies_in_an_area() -> None:
    assert area_of("浙江省舟山市嵊泗县菜园镇基湖村", BODIES) == "ss"
    assert area_of("浙江省宁波市", BODIES) is None
