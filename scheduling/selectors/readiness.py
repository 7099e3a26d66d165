"""What a round still lacks before the engine can be asked."""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from kernel.text import Text
from scheduling.mapping.calendars import calendar_of
from scheduling.mapping.pins import gone, pinnable
from scheduling.mapping.problems import rows_of
from scheduling.models.pins import RoundPin
from scheduling.models.releases import Release, ReleasedPerson, ReportedUnit
from scheduling.models.rounds import InspectionRound, RoundUnit, TeamSlot


def gaps_of(round_: InspectionRound) -> Text | None:
    """The gaps, joined into one phrase; None when the engine can be asked."""
    gaps = [gap for gap, is_there in _gaps(round_) if is_there]
    if not gaps:
        return None
    return Text(zh="，".join(gap.zh for gap in gaps), en=", ".join(gap.en for gap in gaps))


def _gaps(round_: InspectionRound) -> list[tuple[Text, bool]]:
    own = {"tenant_id": round_.tenant_id, "round": round_}
    standing = Release.objects.filter(**own).standing()
    people = ReleasedPerson.objects.filter(**own, release__in=standing)
    left_out = RoundUnit.objects.filter(
        **own, chosen=False, county_id=OuterRef("sender_id"), code=OuterRef("code")
    )
    units = ReportedUnit.objects.filter(**own, release__in=standing, inspectable=True).exclude(
        Exists(left_out)
    )
    return [
        (
            Text(zh="起止日期内没有工作日", en="its window has no working day"),
            not calendar_of(round_).working_days,
        ),
        (
            Text(zh="还没有设置巡察组", en="it has no teams yet"),
            not TeamSlot.objects.filter(**own).exists(),
        ),
        (Text(zh="还没有单位放行人员", en="nobody was released to it yet"), not people.exists()),
        (Text(zh="还没有选定被巡察单位", en="no unit is chosen yet"), not units.exists()),
        *_dangling(round_),
    ]


def _dangling(round_: InspectionRound) -> list[tuple[Text, bool]]:
    """A decision about somebody or something that is no longer in the round is one to take again."""
    pins = list(RoundPin.objects.filter(tenant_id=round_.tenant_id, round=round_))
    if not pins:
        return []
    known = pinnable(rows_of(round_, with_facts=False))
    missing = gone([pin.content for pin in pins], known)
    names = "、".join(sorted(missing))
    return [
        (
            Text(
                zh=f"有固定安排涉及已不在本轮次的对象（{names}），请先取消",
                en=f"a pin names what is no longer in the round ({names}); remove it first",
            ),
            bool(missing),
        )
    ]
