"""Anybody tries anything, in any order: what stands afterwards was led to by acts of whose they are."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from kernel.errors import DomainError
from sharing.domain.letters import LETTER
from sharing.domain.rectification import RECTIFICATION
from sharing.models.letters import Letter, LetterStep
from sharing.models.rectification import RectificationItem, RectificationStep
from sharing.selectors.letters import OFFERED
from sharing.services.letters import act_on_letter, reply_to_letter, urge_letter
from sharing.services.rectifying import act_on_item, claim_done, hand_in_plan
from tests.integration.sharing.county import County
from tests.integration.sharing.test_letters import sent
from tests.integration.sharing.test_rectifying import assigned, plan
from tests.people import acting

PEOPLE = ("lin", "wu", "qiao", "shen", "he", "luo")
TRIES = 120
Try = tuple[Callable[..., Any], dict[str, Any]]


def tried(county: County, drawn: Random, tries: list[Try]) -> None:
    for _ in range(TRIES):
        service, given = drawn.choice(tries)
        actor = county.actor(drawn.choice(PEOPLE))
        try:
            with acting(actor):
                service(actor=actor, **given)
        except DomainError:
            continue


@pytest.mark.parametrize("seed", [1, 2])
def test_an_item_ends_by_claim_and_check_of_two_people(county: County, seed: int) -> None:
    [item] = assigned(county)
    number = {"number": item.pk}
    plain: list[Try] = [
        (act_on_item, number | {"act": one.name, "reason": "x"})
        for one in RECTIFICATION.acts
        if one.name != "reopened"
    ]
    others: list[Try] = [
        (hand_in_plan, number | {"plan": plan()}),
        (claim_done, number | {"evidence": "x", "result": "x"}),
    ]
    tried(county, Random(seed), [*plain, *others * 4])

    with acting(county.actor("lin")):
        item = RectificationItem.objects.get(pk=item.pk)
        steps = list(RectificationStep.objects.filter(record=item).order_by("number"))
    acts = [step.act for step in steps]
    assert item.state == RECTIFICATION.replayed(acts)
    assert item.steps == len(acts)
    assert item.claims == acts.count("claimed")
    assert item.sent_back == acts.count("checked_not_done") + acts.count("sent_back")
    claimed_by = {step.by_id for step in steps if step.act == "claimed"}
    checked_by = {step.by_id for step in steps if step.act == "checked_done"}
    closed_by = {step.by_id for step in steps if step.act == "closed_out"}
    assert not claimed_by & checked_by
    assert not closed_by & (claimed_by | checked_by)
    if closed_by:
        assert acts.index("claimed") < acts.index("checked_done") < acts.index("closed_out")
    assert acts, "nothing was done at all"


def test_urged_is_as_many_urging_letters_as_went_out(county: County) -> None:
    letter = sent(county)
    drawn = Random(3)
    for _ in range(8):
        with acting(county.actor("lin")):
            numbers = list(Letter.objects.values_list("pk", flat=True))
        tries: list[Try] = [(urge_letter, {"number": letter.pk})]
        for number in numbers:
            tries += [
                (act_on_letter, {"number": number, "act": act, "reason": "x"})
                for act in sorted(OFFERED - {"received"})
            ]
            tries.append((reply_to_letter, {"number": number, "text": "x"}))
        for _again in range(12):
            service, given = drawn.choice(tries)
            actor = county.actor(drawn.choice(("lin", "wu")))
            try:
                with acting(actor):
                    service(actor=actor, **given)
            except DomainError:
                continue

    with acting(county.actor("lin")):
        for one in Letter.objects.all():
            went_out = [
                urging
                for urging in one.urgings.all()
                if urging.state not in ("draft", "under_review", "numbered", "discarded")
            ]
            acts = list(LetterStep.objects.filter(record=one).values_list("act", flat=True))
            assert one.urged == len(went_out) == acts.count("urged")
            named = LetterStep.objects.filter(record=one).order_by("number")
            assert one.state == LETTER.replayed(named.values_list("act", flat=True))
        signed = [(one.kind, one.number) for one in Letter.objects.filter(number__gt=0)]
    for kind in {kind for kind, _number in signed}:
        counted = sorted(number or 0 for of, number in signed if of == kind)
        assert counted == list(range(1, len(counted) + 1))
