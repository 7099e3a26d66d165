"""Packages and their keys: of the directors; a list of clues that came in one, of the discipline
body too; what was answered to a letter or an item, of whoever reads it."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from kernel.errors import NotVisible
from sharing.access.authorisations import rooms_of_office
from sharing.access.letters import letters_of_office
from sharing.access.office_clues import lists_visible_to
from sharing.access.rectification import items_of_office
from sharing.access.reports import reports_visible_to
from sharing.domain.letters import WITH_THE_ADDRESSEE
from sharing.domain.reports import READ_BY_THE_UNIT
from sharing.models.letters import Letter
from sharing.models.packages import (
    BroughtPackage,
    PackageAnswer,
    PartnerKey,
    ReceivedPackage,
    ReceivedRecord,
    SentPackage,
    SentRecord,
    SigningKey,
)
from sharing.models.rectification import RectificationItem
from sharing.models.rooms import Room
from sharing.models.weekly import WeeklyReport
from sharing.packages.parts import ANSWERS, FEEDBACK, HAND_OVER, ITEMS, LETTERS, WEEKLY
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.models import Office

KEYS = (Permission.KEEP_PACKAGE_KEYS, Permission.CONFIRM_PACKAGE_KEYS)


def must_see_keys(actor: Actor) -> None:
    if not any(actor.may(one) for one in KEYS):
        actor.must(Permission.KEEP_PACKAGE_KEYS)


def signing_keys(actor: Actor) -> QuerySet[SigningKey]:
    """The office's own, with what is sealed left in the database."""
    if not any(actor.may(one) for one in KEYS):
        return SigningKey.objects.none()
    return SigningKey.objects.filter(tenant_id=actor.tenant_id).defer("sealed", "wrapped")


def partner_keys(actor: Actor) -> QuerySet[PartnerKey]:
    if not any(actor.may(one) for one in KEYS):
        return PartnerKey.objects.none()
    return PartnerKey.objects.filter(tenant_id=actor.tenant_id)


def access_partner_key(actor: Actor, number: int, *, lock: bool = False) -> PartnerKey:
    rows = partner_keys(actor).select_for_update() if lock else partner_keys(actor)
    found = rows.filter(pk=number).first()
    if found is None:
        raise NotVisible(what="partner_key", number=number)
    return found


def partners(actor: Actor) -> Mapping[str, str]:
    """Offices with a key in force, by code; of several names the one that was registered last."""
    if not actor.may(Permission.MAKE_PACKAGES):
        return {}
    rows = PartnerKey.objects.filter(
        tenant_id=actor.tenant_id, confirmed_at__isnull=False, withdrawn_at__isnull=True
    )
    return dict(rows.order_by("pk").values_list("office_code", "office_name"))


def sent_packages(actor: Actor) -> QuerySet[SentPackage]:
    """Without those that hold nothing but lists of clues of which the actor sees not each."""
    rows = SentPackage.objects.readable_by(actor, Permission.VIEW_PACKAGES)
    in_it = SentRecord.objects.filter(tenant_id=actor.tenant_id, package_id=OuterRef("pk"))
    unseen = _unseen_lists(actor).filter(package_id=OuterRef("pk"))
    return rows.filter(Exists(in_it.exclude(part=HAND_OVER)) | ~Exists(unseen))


def access_sent(actor: Actor, number: int) -> SentPackage:
    found = sent_packages(actor).filter(pk=number).first()
    if found is None:
        raise NotVisible(what="sent_package", number=number)
    return found


def with_unseen_lists(actor: Actor, packages: Collection[int]) -> frozenset[int]:
    """Packages sent in which there is a list of clues that the actor does not see: not told of its
    lists, nor how many records it holds with them."""
    unseen = _unseen_lists(actor).filter(package_id__in=packages)
    return frozenset(unseen.values_list("package_id", flat=True))


def _unseen_lists(actor: Actor) -> QuerySet[SentRecord]:
    sent = SentRecord.objects.filter(tenant_id=actor.tenant_id, part=HAND_OVER)
    return sent.exclude(ref__in=lists_visible_to(actor).values("pk"))


def brought_packages(actor: Actor) -> QuerySet[BroughtPackage]:
    return BroughtPackage.objects.readable_by(actor, Permission.TAKE_IN_PACKAGES)


def access_brought(actor: Actor, number: int) -> BroughtPackage:
    found = brought_packages(actor).filter(pk=number).first()
    if found is None:
        raise NotVisible(what="brought_package", number=number)
    return found


def received_packages(actor: Actor) -> QuerySet[ReceivedPackage]:
    """Those alone in which there is something that the actor may see: a package with nothing but a list
    of clues is not there for whoever may not see the list."""
    rows = ReceivedPackage.objects.filter(tenant_id=actor.tenant_id)
    shown = Exists(received_records(actor).filter(package_id=OuterRef("pk")))
    if not actor.may(Permission.VIEW_PACKAGES):
        return rows.filter(shown)
    # Answers stand beside what they answer and leave no record: the package itself says that it
    # brought some. That no record is seen says nothing, since the database hides lists of clues.
    return rows.filter(shown | Q(parts__contains=[{"name": ANSWERS}]))


def access_received(actor: Actor, number: int) -> ReceivedPackage:
    found = received_packages(actor).filter(pk=number).first()
    if found is None:
        raise NotVisible(what="received_package", number=number)
    return found


def received_records(actor: Actor) -> QuerySet[ReceivedRecord]:
    """Without a list on which somebody of the actor's name stands."""
    rows = ReceivedRecord.objects.filter(tenant_id=actor.tenant_id)
    clues = rows.exclude(
        part=HAND_OVER,
        content__document__contains=f'"name":{json.dumps(actor.name, ensure_ascii=False)}',
    )
    if actor.may(Permission.VIEW_PACKAGES):
        may_see_clues = actor.may(Permission.HANDLE_CLUE)
        return clues if may_see_clues else clues.exclude(part=HAND_OVER)
    if actor.may(Permission.DISPOSE_CLUE):
        return clues.filter(part=HAND_OVER)
    return ReceivedRecord.objects.none()


def access_received_record(actor: Actor, number: int) -> ReceivedRecord:
    found = received_records(actor).select_related("package").filter(pk=number).first()
    if found is None:
        raise NotVisible(what="received_record", number=number)
    return found


def answers_to_letter(actor: Actor, letter: Letter) -> QuerySet[ReceivedRecord]:
    """What came back in packages, for whoever reads the office's letters."""
    return _answers(actor, Permission.VIEW_LETTERS).filter(letter_id=letter.pk)


def answers_to_item(actor: Actor, item: RectificationItem) -> QuerySet[ReceivedRecord]:
    return _answers(actor, Permission.VIEW_RECTIFICATION).filter(item_id=item.pk)


def sendable(actor: Actor, receiver: str) -> Mapping[str, QuerySet[Model]]:
    """By part, what the actor reads and may put into a package for that office.

    Lists of clues are for the discipline body of the office that signed them: they go to a machine
    of that office, and to no other. Answers go to whoever sent what they answer.
    """
    if not actor.may(Permission.MAKE_PACKAGES):
        return {}
    rooms = rooms_of_office(actor).filter(purpose=Room.Purpose.PAPERS).values("pk")
    weekly = WeeklyReport.objects.readable_by(actor, Permission.VIEW_WEEKLY_REPORTS)
    lists = lists_visible_to(actor).filter(signed_at__isnull=False)
    answers = PackageAnswer.objects.filter(tenant_id=actor.tenant_id)
    return {
        FEEDBACK: reports_visible_to(actor).filter(state__in=READ_BY_THE_UNIT),
        LETTERS: letters_of_office(actor).filter(state__in=WITH_THE_ADDRESSEE),
        ITEMS: items_of_office(actor),
        WEEKLY: weekly.filter(room_id__in=rooms, signed_at__isnull=False),
        HAND_OVER: lists if receiver == office_code(actor) else lists.none(),
        ANSWERS: answers.filter(record__package__sender_code=receiver),
    }


def office_code(actor: Actor) -> str:
    return Office.objects.values_list("code", flat=True).get(pk=actor.tenant_id)


def _answers(actor: Actor, permission: Permission) -> QuerySet[ReceivedRecord]:
    rows = ReceivedRecord.objects.readable_by(actor, permission).filter(part=ANSWERS)
    return rows.select_related("package").order_by("pk")
