"""What becomes of what the demo's team brings home: a complete story, told through the services.

Every act is done by whoever it is whose, as they would do it, so that what stands in the demo could have
come to be no other way.
"""

from __future__ import annotations

from collections.abc import Sequence

from sharing.access.rooms import rooms_of_mine
from sharing.management.demo_cast import Office
from sharing.management.demo_clues import hand_clues_over, report_the_week, tell_who_asked
from sharing.management.demo_feedback import feed_back
from sharing.management.demo_letters import write_letter_of_the_city, write_letters
from sharing.management.demo_rectification import rectify_in_city, rectify_in_county
from sharing.management.demo_shares import share_views
from sharing.models.rooms import Room
from tenancy.actor import Actor
from tenancy.context import in_office
from tenancy.domain.roles import Role

IN_COUNTY = (
    Role.LEADING_GROUP,
    Role.DISCIPLINE_BODY,
    Role.STATIONED_DISCIPLINE,
    Role.UNIT_LIAISON,
    Role.COUNTY_LEADER,
)
IN_CITY = (Role.DISCIPLINE_BODY, Role.UNIT_LIAISON)
DEPARTMENT = "财政局"


def tell_story(
    host: Office,
    city: Office,
    beside: Sequence[Office],
    *,
    in_host: tuple[Actor, Actor],
    in_city: tuple[Actor, Actor],
) -> list[str]:
    """`beside`: two other counties. `in_host`, `in_city`: the team's member and leader there. A line for
    each part; none, where the card of the demo is an older one and somebody is missing."""
    if not host.has(*IN_COUNTY) or not city.has(*IN_CITY):
        return []
    member, leader = in_host
    with in_office(leader.tenant_id, leader.user_id):
        room = rooms_of_mine(leader, Room.Purpose.PAPERS)[:1].get()
        codes = list(room.units.order_by("starts_on", "code").values_list("code", flat=True))
    first, last = codes[0], codes[-1]
    liaison = host.one(Role.UNIT_LIAISON)
    for code in dict.fromkeys((first, last)):
        host.named(code, liaison, host.one(Role.STATIONED_DISCIPLINE))
    department = host.desk(name__endswith=DEPARTMENT).unit_code
    host.named(department, host.seats[Role.UNIT_LIAISON][-1])
    name = host.desk(unit_code=last).name
    of_city = city.desk(inspectable=True).unit_code
    city.named(of_city, city.one(Role.UNIT_LIAISON), city.one(Role.DISCIPLINE_BODY))

    findings = feed_back(host, room, last, finder=member, leader=leader) if last != first else 0
    items = rectify_in_county(host, last, first) + rectify_in_city(city, of_city)
    letters = write_letters(host, department, last) + write_letter_of_the_city(city, of_city)
    clues = hand_clues_over(city, host, unit=name, member=in_city[0], leader=in_city[1])
    tell_who_asked(in_city[0])
    report_the_week(member=member, leader=leader)
    shares = share_views(host, *beside[:2])
    return [
        f"      {findings} findings fed back, {items} older items of rectification, "
        f"{letters} letters, {clues} clues, a week's report, {shares} shares"
    ]
