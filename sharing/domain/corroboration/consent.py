"""What one side does about a hit: two of its people consent, or not. It is the side's own and nobody else's.

A side's answer is a `LifeCycle` like any other. The *pair* is none: a record with a state that both sides see would
have to leave the state in which one has consented, and leaving it, or not, would tell the other. So nothing holds the
state of a pair; each side has its answer, and whether two are led together is worked out of both (`views`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from kernel.text import Text
from sharing.domain.corroboration.classes import About
from sharing.domain.corroboration.matching import Holder
from sharing.domain.life_cycle import Hand, LifeCycle, act

# Who reads an office's clues (docs/architecture/clues.md).
ANSWERERS = (Hand.OFFICE_DIRECTOR, Hand.DISCIPLINE_BODY)

ANSWER = LifeCycle(
    name="corroboration_answer",
    title=Text(zh="印证答复", en="answer to a hit"),
    states={
        "told": Text(zh="待答复", en="to be answered"),
        "proposed": Text(zh="一人已同意，待复核", en="agreed by one, to be confirmed"),
        "consented": Text(zh="已同意", en="consented"),
        "refused": Text(zh="不同意", en="refused"),
    },
    acts=(
        act("proposed", "提出同意", "propose consent", by=ANSWERERS, since="told", to="proposed"),
        act("confirmed", "复核同意", "confirm consent", by=ANSWERERS, since="proposed", to="consented"),
        act(
            "taken_back", "收回同意", "take consent back",
            by=ANSWERERS, since=("proposed", "consented"), to="told", needs_reason=True,
        ),
        act(
            "refused", "不同意", "refuse",
            by=ANSWERERS, since=("told", "proposed", "consented"), to="refused", needs_reason=True,
        ),
    ),
    finals=frozenset({"refused"}),
    permissions={Hand.OFFICE_DIRECTOR: "handle_clue", Hand.DISCIPLINE_BODY: "dispose_clue"},
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """`by`: the number of the person."""

    act: str
    by: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Notice:
    """One owner is told of a hit, and answers. `steps`: what its people did, in their order.

    `told_at` and `answer_until` are fixed moments. `withdrawn_at`: the clue was deleted; whoever the
    other is sees no more of that than of silence.
    """

    holder: Holder
    about: About
    told_at: datetime
    answer_until: datetime
    steps: tuple[Step, ...] = ()
    withdrawn_at: datetime | None = None

    @property
    def state(self) -> str:
        return ANSWER.replayed(one.act for one in self.steps)

    @property
    def ends_at(self) -> datetime:
        return min(self.answer_until, self.withdrawn_at or self.answer_until)

    def consents(self) -> Iterator[tuple[datetime, datetime]]:
        """From when to when the whole consent of two stood, within the term."""
        since: datetime | None = None
        for step in self.steps:
            if step.act == "confirmed":
                since = step.at
            elif since is not None:
                yield since, step.at
                since = None
        if since is not None:
            yield since, _after_all(self.ends_at)


def _after_all(moment: datetime) -> datetime:
    """The end of a consent that nobody took back: the last moment itself still counts."""
    return moment + datetime.resolution


class Hindrance(StrEnum):
    NOT_TOLD = "not_told"
    OVER = "over"
    OUT_OF_TURN = "out_of_turn"
    CONCERNED = "concerned"
    FIRST_IS_CONCERNED = "first_is_concerned"
    SAME_PERSON = "same_person"


HINDRANCES = {
    Hindrance.NOT_TOLD: Text(
        zh="没有找到您要的内容。", en="There is nothing here that you can see."
    ),
    Hindrance.OVER: Text(zh="答复期已过，不再受理。", en="The term to answer is over."),
    Hindrance.OUT_OF_TURN: Text(
        zh="现在不能进行这一步。", en="This does not follow on what was done."
    ),
    Hindrance.CONCERNED: Text(
        zh="您是该线索的当事人或已申报关联，请由他人办理。",
        en="The clue is about you, or you declared a tie: somebody else has to act.",
    ),
    Hindrance.FIRST_IS_CONCERNED: Text(
        zh="提出同意的人已申报关联，请收回后由他人重新提出。",
        en="Whoever proposed it has a tie since: take it back and let somebody else propose.",
    ),
    Hindrance.SAME_PERSON: Text(
        zh="同意须由两人先后作出，请另一人复核。",
        en="Consent takes two people: let another one confirm it.",
    ),
}

SECOND = Text(
    zh="同意须由两人先后作出。复核人为巡察办主任或纪检监察机关人员，不能是提出同意的人，也不能是与线索对象有关系的人。",
    en="Consent takes two people, one after the other. The second is the office's director or somebody of the"
    " discipline body: not whoever proposed it, nor anybody with a tie to the subject.",
)
NOT_TAKEN_IN = Text(
    zh="本线索尚未接收和移交，纪检监察机关看不到本线索和本通知，无法复核。请先接收、移交本线索，再由纪检监察机关人员复核。",
    en="The clue is not taken in and handed over yet: the discipline body sees neither it nor this notice, and"
    " cannot confirm. Take it in and hand it over first.",
)
NOT_HANDED_OVER = Text(
    zh="本线索尚未移交，纪检监察机关看不到本线索和本通知，无法复核。请先移交本线索，再由纪检监察机关人员复核。",
    en="The clue is not handed over yet: the discipline body sees neither it nor this notice, and cannot"
    " confirm. Hand it over first.",
)


def before_the_second(*, is_taken_in: bool, is_handed_over: bool) -> Text | None:
    """What to do with the clue so that somebody else sees it; None: it was done."""
    if is_handed_over:
        return None
    return NOT_HANDED_OVER if is_taken_in else NOT_TAKEN_IN


class NotToBeDone(Exception):
    """`hindrance`: why the step is refused."""

    def __init__(self, hindrance: Hindrance) -> None:
        super().__init__(hindrance)
        self.hindrance = hindrance


def hindrance(notice: Notice, step: Step, concerned: Collection[int] = ()) -> Hindrance | None:
    """Why the step cannot be done, by what this side alone did. `concerned`: whom the clue is about, and who
    declared a tie to it. They may refuse nothing either: it is another's to answer."""
    if step.at < notice.told_at:
        return Hindrance.NOT_TOLD
    if step.at >= notice.ends_at:
        return Hindrance.OVER
    if notice.state not in ANSWER.by_name[step.act].since or (
        notice.steps and step.at < notice.steps[-1].at
    ):
        return Hindrance.OUT_OF_TURN
    if step.by in concerned:
        return Hindrance.CONCERNED
    if step.act == "confirmed":
        proposed_by = notice.steps[-1].by
        if proposed_by == step.by:
            return Hindrance.SAME_PERSON
        if proposed_by in concerned:
            return Hindrance.FIRST_IS_CONCERNED
    return None


def answered(notice: Notice, step: Step, concerned: Collection[int] = ()) -> Notice:
    """The notice with the step. `NotToBeDone`."""
    found = hindrance(notice, step, concerned)
    if found is not None:
        raise NotToBeDone(found)
    return replace(notice, steps=(*notice.steps, step))
