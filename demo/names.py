"""Fictional names out of common surnames and given names, no two alike in sound."""

from __future__ import annotations

import random

from scheduling.workbooks.lookalike import shape_key, sound_key

_SURNAMES = "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧冯曾程蔡彭潘袁于董余苏叶吕魏蒋田杜丁沈姜范江傅钟卢汪戴崔任陆廖姚方金邱夏谭韦贾邹石熊孟秦阎薛侯雷白龙段郝孔邵史毛常万顾赖武康贺严尹钱施牛洪龚"  # fmt: skip
_COMPOUND = ("欧阳", "上官", "诸葛", "司徒")
_FIRST = "建国志海文晓丽永明春秋国荣美静雅思雨佳欣俊宏伟晨立学正光世家庆兴云子一安宁成振锦如若书敏惠玉兰淑华秀瑞泽浩博远向东"
_SECOND = "华明军平辉波涛燕芳娟霞英杰强勇超峰磊洋斌鹏飞龙凤玲琴梅莉红岚宁婷颖洁琳珊瑶怡萍青松柏林森海江河川山岳峻毅恒达通顺康乐德仁义礼信"


class NameMaker:
    def __init__(self, dice: random.Random) -> None:
        self._dice = dice
        self._heard: set[str] = set()

    def next(self) -> str:
        """A name that nobody of this pool could be mistaken for."""
        while True:
            name = self._any()
            keys = {sound_key(name), shape_key(name)}
            if not keys & self._heard:
                self._heard |= keys
                return name

    def _any(self) -> str:
        surname = (
            self._dice.choice(_COMPOUND)
            if self._dice.random() < 0.02
            else self._dice.choice(_SURNAMES)
        )
        first = self._dice.choice(_FIRST) if self._dice.random() < 0.85 else ""
        return surname + first + self._dice.choice(_SECOND)
