"""Identifiers in one form, or a fault in words: each refusal beside what is taken."""

from __future__ import annotations

import pytest
from pypinyin import Style, pinyin

from sharing.domain.identifiers.identifier import KIND_TITLES, Fault, Identifier, Kind
from sharing.domain.identifiers.names import SURNAME_READINGS, sound_of
from sharing.domain.identifiers.reading import READINGS
from sharing.domain.identifiers.variants import VARIANTS


def canonical(name: str, written: str) -> str:
    read = READINGS[name](written)
    assert isinstance(read, Identifier), read
    return read.canonical


def words(name: str, written: str) -> str:
    read = READINGS[name](written)
    assert isinstance(read, Fault)
    return read.words.zh


@pytest.mark.parametrize(
    ("name", "written", "wanted"),
    [
        # GB 11643's own example; typed full-width, in groups, with Cyrillic Х and with ×.
        ("id_number", "11010519491231002X", "11010519491231002X"),
        ("id_number", "１１０１０５１９４９１２３１００２ｘ", "11010519491231002X"),
        ("id_number", " 110105 19491231 002x ", "11010519491231002X"),
        ("id_number", "11010519491231002Х", "11010519491231002X"),
        ("id_number", "11010519491231002×", "11010519491231002X"),
        ("id_number", "110105491231002", "11010519491231002X"),
        # GB 32100's own example.
        ("credit_code", "91350100M000100Y43", "91350100M000100Y43"),
        ("credit_code", "９１３５０１００ m000100y43", "91350100M000100Y43"),
        ("phone", "138 0013 8000", "+8613800138000"),
        ("phone", "+86-138-0013-8000", "+8613800138000"),
        ("phone", "008613800138000", "+8613800138000"),
        ("phone", "8613800138000", "+8613800138000"),
        ("phone", "０１３８００１３８０００", "+8613800138000"),
        ("phone", "(010) 6234 5678", "+861062345678"),
        ("phone", "+86 10 62345678", "+861062345678"),
        ("phone", "＋８６（０）１０－６２３４５６７８", "+861062345678"),
        ("phone", "0316-2345678", "+863162345678"),
        ("phone", "0571/87654321", "+8657187654321"),
        ("bank_card", "4111 1111 1111 1111", "4111111111111111"),
        ("bank_card", "４１１１－１１１１－１１１１－１１１１", "4111111111111111"),
        ("unit_account", "0200 0033 0900 1234 567", "0200003309001234567"),
        ("unit_code", " dx-jy-０１２ ", "DX-JY-012"),
        ("person_name", "王 芳", "王芳"),
        ("person_name", "張偉", "张伟"),
        ("person_name", "阿依古丽・买买提", "阿依古丽买买提"),
        ("person_name", "阿依古丽 · 买买提", "阿依古丽买买提"),
        ("person_name", "阿依古丽•买买提", "阿依古丽买买提"),
        ("person_name", "⽅⼩⽉", "方小月"),  # Kangxi radicals, as some scanners write
        ("person_name", "王\u200b芳\ufe00", "王芳"),
        ("person_name", "武○", "武〇"),
        ("person_name", "ＷＡＮＧ Fāng", "wangfang"),
        ("person_name", "Lǚ Bīng", "lyubing"),
    ],
)
def test_one_thing_has_one_form(name: str, written: str, wanted: str) -> None:
    assert canonical(name, written) == wanted


@pytest.mark.parametrize(
    ("name", "written", "part"),
    [
        ("id_number", "110105194912310021", "校验码不符"),
        ("id_number", "110105194913310025", "出生日期不存在"),
        ("id_number", "110105491331002", "出生日期不存在"),
        ("id_number", "11010519491231002", "应为 18 位"),
        ("id_number", "11010519491231002Y", "应为 18 位"),
        ("id_number", "", "应为 18 位"),
        ("credit_code", "91350100M000100Y44", "校验码不符"),
        ("credit_code", "9135O100M000100Y43", "不用 I、O、S、V、Z"),
        ("credit_code", "91350100M000100Y4", "应为 18 位"),
        ("phone", "12800138000", "不是有效的手机号码"),
        ("phone", "138001380001", "不是有效的手机号码"),
        ("phone", "010-12345678", "不是有效的手机号码"),
        ("phone", "6234 5678", "请加区号"),
        ("phone", "400-820-1234", "服务热线"),
        ("phone", "010-62345678转801", "分机号"),
        ("phone", "13800138000，13900139000", "多个号码"),
        ("phone", "+852 2345 6789", "中国内地"),
        ("bank_card", "4111 1111 1111 1112", "校验位不符"),
        ("bank_card", "411111111111", "13 至 19 位"),
        ("bank_card", "0000000000000000", "13 至 19 位"),
        ("unit_account", "12345678", "9 至 30 位"),
        ("unit_account", "000000000000", "同一个数字"),
        ("unit_code", "东乡教育局", "只用数字、字母"),
        ("unit_code", "-A1", "只用数字、字母"),
        ("unit_code", "A" * 41, "最多 40 位"),
        ("person_name", "  ", "没有填写"),
        ("person_name", "芳", "全称"),
        ("person_name", "王芳（女）", "全称"),
        ("person_name", "王芳1", "全称"),
        ("person_name", "王某某", "不详"),
        ("person_name", "匿名", "不详"),
        ("person_name", "王" * 61, "全称"),
    ],
)
def test_what_is_none_is_refused_in_words(name: str, written: str, part: str) -> None:
    assert part in words(name, written)


def test_a_unit_s_account_needs_no_check_digit_and_a_card_does() -> None:
    number = "4402000309001234561"

    assert canonical("unit_account", number) == number
    assert "单位账户" in words("bank_card", number)


def test_marks_in_a_unit_code_tell_units_apart() -> None:
    assert canonical("unit_code", "A-1-2") != canonical("unit_code", "A-12")


@pytest.mark.parametrize(
    ("characters", "typed"),
    [
        ("单小月", "Shan Xiaoyue"),
        ("仇英", "qiu ying"),
        ("万俟明", "Moqi Ming"),
        ("吕布", "Lyu Bu"),
        ("吕布", "lv bu"),
        ("吕布", "Lǚ Bù"),
        ("張偉", "ZHANG WEI"),
        ("区小兰", "Ou Xiaolan"),
    ],
)
def test_a_name_in_pinyin_sounds_like_the_name_in_characters(characters: str, typed: str) -> None:
    sounds = set()
    for written in (characters, typed):
        read = READINGS["person_name"](written)
        assert isinstance(read, Identifier)
        sounds.add(sound_of(read))

    assert len(sounds) == 1
    assert sounds.pop().kind is Kind.NAME_SOUND


def test_a_surname_s_reading_is_one_that_pinyin_knows_or_a_double_surname() -> None:
    for surname, reading in SURNAME_READINGS.items():
        known = {
            one for each in pinyin(surname, style=Style.NORMAL, heteronym=True) for one in each
        }
        assert len(surname) == 2 or reading in known, surname


def is_in(charset: str, character: str) -> bool:
    try:
        character.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


@pytest.mark.parametrize(("variant", "standard"), VARIANTS.items())
def test_a_variant_is_traditional_and_sounds_like_its_standard_form(
    variant: str, standard: str
) -> None:
    def sounds(character: str) -> set[str]:
        return set(pinyin(character, style=Style.NORMAL, heteronym=True)[0])

    assert is_in("big5", variant)
    assert not is_in("gb2312", variant)
    assert is_in("gb2312", standard)
    assert standard not in VARIANTS
    assert sounds(variant) & sounds(standard)


@pytest.mark.parametrize(
    ("one", "other"),
    [("肖兰", "萧兰"), ("闫兰", "阎兰"), ("付兰", "傅兰"), ("邱兰", "丘兰"), ("王喆", "王哲"), ("王堃", "王坤"), ("王昇", "王升")],
)  # fmt: skip
def test_names_that_a_register_tells_apart_stay_two(one: str, other: str) -> None:
    assert canonical("person_name", one) != canonical("person_name", other)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("id_number", "11010519491231002X"),
        ("phone", "13800138000"),
        ("credit_code", "91350100M000100Y43"),
        ("bank_card", "4111111111111111"),
        ("person_name", "王芳"),
        ("unit_code", "DX-JY-012"),
    ],
)
def test_what_holds_an_identifier_does_not_show_it(name: str, written: str) -> None:
    read = READINGS[name](written)
    assert isinstance(read, Identifier)
    assert read.canonical

    for shown in (repr(read), str(read), f"{read}", f"{[read]}", f"{read!r}"):
        assert read.canonical not in shown
        assert read.canonical.removeprefix("+86") not in shown
    assert repr(read) == f"Identifier(kind={read.kind!r})"


def test_every_kind_has_its_title() -> None:
    assert set(KIND_TITLES) == set(Kind)
