"""The modes of a cross-county round, as named settings of the policy.

A profile is where a round starts from: the office may change every parameter afterwards.
What each mode is, and where it was seen, stands in `basis`; why a parameter has its value is
said beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kernel.law import LegalBasis, practice
from kernel.text import Text
from scheduling.domain.problem import HostSeats, Policy, TeamSlot

# All modes: three years at a unit bar it however long ago they ended, as in the recusal rule
# that the practice follows (docs/rule-book.md, former_post).
USUAL_TOTAL_YEARS = 3

# Two host seats, never the leader's: Nanjian and Weishan seat three outsiders and two locals
# under an outside leader; Fujian's half-units keep the deputy and the liaison local.
LOCAL_DEPUTY_AND_LIAISON = HostSeats(max=2, roles=frozenset({"deputy", "member"}))


@dataclass(frozen=True)
class Profile:
    """One mode. `fewest_counties` and `pairs_only` say for which rounds it makes sense."""

    code: str
    title: Text
    sentence: Text
    when: Text
    basis: LegalBasis
    policy: Policy
    fewest_counties: int
    pairs_only: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a profile does not fit a round, and which one does. `use` may be None."""

    profile: str
    text: Text
    remedy: Text
    use: str | None


RING = Profile(
    code="ring",
    title=Text(zh="循环（推磨）式", en="Ring"),
    sentence=Text(
        zh="每个县成建制派组到另一个县，首尾相接，任何两县不互查。",
        en="Each county sends whole teams to exactly one other county, and no two inspect each"
        " other.",
    ),
    when=Text(
        zh="三个以上的县，人员都够组建完整的组。",
        en="Three counties or more, each with people for whole teams.",
    ),
    basis=practice(
        "漳州芗城→长泰→华安→芗城（2017年）；北京平谷→顺义→通州 [S10~, S12]",
        "Zhangzhou's ring of 2017; the Beijing chain Pinggu, Shunyi, Tongzhou [S10~, S12]",
    ),
    policy=Policy(
        home_offices=(1, 1),  # 成建制: one county's people in a team
        office_targets=1,  # with the next: a permutation of the counties
        office_sources=1,
        reciprocity="members",  # no cycle of two; needs three counties
        # "Do not repeat the last arc" is a wish in the field; as a rule it would leave three
        # counties a single ring. The office may ask for it by repeat_rounds = 1.
        repeat_rounds=0,
        former_post_total_years=USUAL_TOTAL_YEARS,
    ),
    fewest_counties=3,
)

SWAP = Profile(
    code="swap",
    title=Text(zh="互派（对口）式", en="Swap"),
    sentence=Text(
        zh="两个县互派巡察组，组长由外县担任，本地可留副组长、联络员席位。",
        en="Two counties send teams to each other. An outsider leads; the deputy and the liaison"
        " may be local.",
    ),
    when=Text(
        zh="只有两个县，或约定两两结对（去向用 pins 固定）。",
        en="Two counties only, or counties that pair up (pin who goes where).",
    ),
    basis=practice(
        "南涧与巍山互派四个组：三名外县、两名本地，外县组长 [S14~]",
        "Nanjian and Weishan: four teams each way, three outsiders and two locals, outside leader [S14~]",
    ),
    policy=Policy(
        home_offices=(1, 1),  # the outsiders of a team come from the one partner county
        host_seats=LOCAL_DEPUTY_AND_LIAISON,
        office_targets=1,
        office_sources=1,
        reciprocity="off",  # mutual by design
        former_post_total_years=USUAL_TOTAL_YEARS,
    ),
    fewest_counties=2,
    pairs_only=True,
)

HALF_UNIT = Profile(
    code="half_unit",
    title=Text(zh="半建制式", en="Half-unit"),
    sentence=Text(
        zh="组长和多数组员来自外县，副组长、联络员可由被巡察县人员担任。",
        en="The leader and most members come from other counties; the deputy and the liaison may"
        " be of the county inspected.",
    ),
    when=Text(
        zh="外来人员不熟悉当地情况，或有的县人员不够组建完整的组。",
        en="Outsiders lack local knowledge, or a county has too few people for whole teams.",
    ),
    basis=practice(
        "福建半建制交叉：副组长、联络员由当地人员担任 [S10~]",
        "Fujian's half-units: deputy and liaison of the host county [S10~]",
    ),
    policy=Policy(
        home_offices=(1, 99),  # "from other counties": one or several
        host_seats=LOCAL_DEPUTY_AND_LIAISON,
        reciprocity="members",  # host seats do not count for it
        former_post_total_years=USUAL_TOTAL_YEARS,
    ),
    fewest_counties=3,
)

RECOMBINED = Profile(
    code="recombined",
    title=Text(zh="打散重组式", en="Recombined"),
    sentence=Text(
        zh="各县人员统一打散编组，每组同县最多两人，被巡察县人员不进组。",
        en="All counties' people are pooled; a team has at most two of a county and nobody of"
        " the county inspected.",
    ),
    when=Text(
        zh="人情干扰重、专业人员分布不均，需要在全市范围内统筹。",
        en="Personal ties are strong, or specialists are unevenly spread over the counties.",
    ),
    basis=practice(
        "咸宁 22 个单位打散重组、提级巡察 [S13~]", "Xianning: 22 units by pooled teams [S13~]"
    ),
    policy=Policy(
        home_offices=(2, 99),
        per_office_max=2,
        # Members of every county meet everywhere once they are pooled; what can be kept is
        # that no two counties lead in each other.
        reciprocity="leaders",
        former_post_total_years=USUAL_TOTAL_YEARS,
    ),
    fewest_counties=3,
)

MIXED = Profile(
    code="mixed",
    title=Text(zh="市县混合编组", en="Mixed"),
    sentence=Text(
        zh="市级和两个以上的县（区）人员混合编组。",
        en="The people of two counties or more, and of the city, share a team.",
    ),
    when=Text(
        zh="市级人员带队、各县（区）人员参加的轮次。",
        en="Rounds that the city's people lead and the counties' join.",
    ),
    basis=practice(
        "厦门市区混合编组：三个组、四个单位 [S16~]", "Xiamen: three mixed teams, four units [S16~]"
    ),
    policy=Policy(
        home_offices=(2, 99),  # the city's people count for no county
        reciprocity="leaders",  # as in recombined: members meet everywhere
        former_post_total_years=USUAL_TOTAL_YEARS,
    ),
    fewest_counties=3,
)

LIFTED = Profile(
    code="lifted",
    title=Text(zh="提级巡察", en="Lifted"),
    sentence=Text(
        zh="市委直接巡察县管单位，市级人员可单独成组，也可吸收各县人员。",
        en="The city inspects units that a county manages, with its own people or with some of"
        " the counties'.",
    ),
    when=Text(
        zh="县级力量难以查深查透的重点单位。",
        en="Units of weight that county teams cannot get to the bottom of.",
    ),
    basis=practice(
        "2024 年条例“必要时可以提级巡视”（转引）；武威、滨州等地提级巡察 [S3~, S17, S18]",
        "'lifted where necessary' (2024 Regulation, as quoted); Wuwei, Binzhou [S3~, S17, S18]",
    ),
    policy=Policy(
        home_offices=(0, 99),  # a team may be all of the city
        reciprocity="leaders",  # the city inspects; only who leads could trade favours
        former_post_total_years=USUAL_TOTAL_YEARS,
    ),
    fewest_counties=1,
)

PROFILES: tuple[Profile, ...] = (RING, SWAP, HALF_UNIT, RECOMBINED, MIXED, LIFTED)
PROFILE_BY_CODE: dict[str, Profile] = {profile.code: profile for profile in PROFILES}


def refusals(
    profile: Profile, *, counties: int, teams: Sequence[TeamSlot] = ()
) -> tuple[Refusal, ...]:
    """Why a round of so many counties, and with these team slots, cannot use the profile.

    Empty: it can. Only what is certain before anybody is listed is refused here; the rest is
    the search's to find out.
    """
    found = []
    if counties < profile.fewest_counties:
        found.append(_too_few(profile, counties))
    elif profile.pairs_only and counties % 2:
        found.append(_odd_one_out(profile, counties))
    found += [
        _locals_in_the_majority(profile, slot)
        for slot in teams
        if profile.policy.host_seats.max * 2 >= slot.size[0] > 0
        and profile.policy.host_seats.max > 0
    ]
    return tuple(found)


def _too_few(profile: Profile, counties: int) -> Refusal:
    use = SWAP if counties == 2 else LIFTED
    return Refusal(
        profile.code,
        Text(
            zh="“{title}”至少需要 {fewest} 个县，本轮有 {counties} 个。",
            en="“{title}” needs at least {fewest} counties; this round has {counties}.",
        ).format(title=profile.title, fewest=profile.fewest_counties, counties=counties),
        Text(zh="请改用“{title}”。", en="Use “{title}” instead.").format(title=use.title),
        use.code,
    )


def _odd_one_out(profile: Profile, counties: int) -> Refusal:
    return Refusal(
        profile.code,
        Text(
            zh="“{title}”须两两结对，本轮有 {counties} 个县，会余下一个。",
            en="“{title}” pairs the counties; with {counties} one is left over.",
        ).format(title=profile.title, counties=counties),
        Text(zh="请改用“{title}”。", en="Use “{title}” instead.").format(title=RING.title),
        RING.code,
    )


def _locals_in_the_majority(profile: Profile, slot: TeamSlot) -> Refusal:
    most = profile.policy.host_seats.max
    return Refusal(
        profile.code,
        Text(
            zh="{team} 组最少 {fewest} 人，{most} 个本地席位可能不占少数。",
            en="Team {team} may have only {fewest} people; {most} host seats could be half of"
            " them or more.",
        ).format(team=slot.id, fewest=slot.size[0], most=most),
        Text(
            zh="请把该组人数下限提高到 {needed} 人，或减少本地席位。",
            en="Raise the least size of the team to {needed}, or grant fewer host seats.",
        ).format(needed=2 * most + 1),
        None,
    )
