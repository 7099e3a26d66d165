"""What of plans on their way stands on somebody's desk: to confirm, to decide, to mend, to know."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext, ngettext

from portal.todos import Todo
from scheduling.selectors.dispatch import RequestLine
from scheduling.selectors.waiting import DecisionFact, DispatchFact, waiting_for
from tenancy.actor import Actor
from tenancy.domain.roles import Permission


def publication_todos(actor: Actor) -> Iterator[Todo]:
    facts = waiting_for(actor)
    for line in facts.requests:
        yield _request(line, may_answer=actor.may(Permission.CONFIRM_PEOPLE))
    for round_ in facts.unhandled:
        yield Todo(
            gettext("Nobody handles %(round)s") % {"round": round_.name},
            gettext("Whoever handled it holds no seat any more. Name somebody, or it rests."),
            "portal:round-handlers",
            (round_.pk,),
            step=gettext("Name a handler"),
        )
    for one in facts.returned:
        yield Todo(
            gettext("Returned: %(round)s") % {"round": one.round_name},
            gettext("%(by)s returned plan %(n)d with words. Change it and propose it again.")
            % {"by": one.by, "n": one.version},
            "portal:plan-detail",
            (one.plan_number,),
            step=gettext("To the plan"),
        )
    for decision in facts.decisions:
        yield _decision(decision, actor)
    for dispatch in facts.dispatches:
        yield _dispatch(dispatch)


def _request(line: RequestLine, *, may_answer: bool) -> Todo:
    if line.answer is not None:
        text = gettext("Answered. The newest answer counts until the plan is published.")
    elif may_answer:
        text = gettext("The city wants to send these people of yours. Confirm or object.")
    else:
        text = gettext("The city wants to send people of yours. The director confirms them.")
    return Todo(
        gettext("Confirm whom you send: %(round)s") % {"round": line.round_name},
        text,
        "portal:request-detail",
        (line.number,),
        count=line.people,
        counted=gettext("people to be sent"),
        done=line.answer is not None,
        step=gettext("To the list"),
    )


def _decision(one: DecisionFact, actor: Actor) -> Todo:
    is_confirmed = one.confirmed == one.offices
    is_theirs = _is_theirs(one, actor, is_confirmed=is_confirmed)
    return Todo(
        gettext("Plan %(n)d: %(round)s") % {"n": one.version, "round": one.round_name},
        _decision_words(one, is_confirmed=is_confirmed),
        "portal:plan-detail",
        (one.plan_number,),
        under_way=not is_theirs,
        step=gettext("To the plan"),
    )


def _is_theirs(one: DecisionFact, actor: Actor, *, is_confirmed: bool) -> bool:
    """Whose turn it is: an objection is for the scheduler, a decision for the director."""
    if one.objecting:
        return actor.may(Permission.PROPOSE_PLAN) or actor.may(Permission.APPROVE_PLAN)
    if one.state == "approved":
        return actor.may(Permission.PUBLISH_PLAN)
    return is_confirmed and actor.may(Permission.APPROVE_PLAN) and not one.is_own_proposal


def _decision_words(one: DecisionFact, *, is_confirmed: bool) -> str:
    if one.objecting:
        return ngettext(
            "One office objects to whom it is to send.",
            "%(n)d offices object to whom they are to send.",
            one.objecting,
        ) % {"n": one.objecting}
    if one.state == "approved":
        return gettext("Approved. It can be published.")
    if is_confirmed:
        return gettext("Every office has confirmed its people. It can be approved.")
    return gettext("%(done)d of %(all)d offices have confirmed whom they send.") % {
        "done": one.confirmed,
        "all": one.offices,
    }


def _dispatch(one: DispatchFact) -> Todo:
    if one.is_withdrawn:
        text = gettext("The plan was withdrawn: nobody goes out and nobody comes on it.")
    elif not one.coming:
        text = gettext("No team comes to your units.")
    else:
        text = ngettext(
            "One team comes to your county.", "%(n)d teams come to your county.", one.coming
        ) % {"n": one.coming}
    return Todo(
        gettext("Going out and coming in: %(round)s") % {"round": one.round_name},
        text,
        "portal:extract-detail",
        (one.number,),
        count=one.going,
        counted=gettext("people go out"),
        done=True,
        step=gettext("Look it up"),
    )
