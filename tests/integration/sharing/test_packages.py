"""Packages: by keys that two people compared, of what their maker reads, taken in whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection, transaction

from kernel.clock import now
from kernel.errors import DomainError, NotAllowed, NotVisible
from sharing.access.packages import access_sent, sendable
from sharing.domain.letters import LetterKind
from sharing.errors import packages as errors
from sharing.mapping import parcels
from sharing.models.letters import Letter
from sharing.models.packages import (
    BroughtPackage,
    PartnerKey,
    ReceivedPackage,
    ReceivedRecord,
    SentPackage,
    SentRecord,
    SigningKey,
)
from sharing.packages.parts import PARTS
from sharing.packages.signing import fingerprint
from sharing.packages.writing import Cover, packaged
from sharing.selectors.packages import (
    brought_page,
    keys_page,
    letter_answers,
    offered,
    received_page,
    received_part,
    sent_lines,
    sent_page,
    sent_part,
)
from sharing.services import key_rotation, package_keys
from sharing.services.letters import LetterDraft, draft_letter
from sharing.services.making_packages import Made, make_package
from sharing.services.taking_packages import (
    bring_package,
    drop_package,
    forget_brought,
    take_in_package,
    write_answer,
)
from tenancy.actor import Actor
from tenancy.models import AuditEntry
from tenancy.paging import Window
from tests.clues import handed_over
from tests.integration.sharing.county import County
from tests.integration.sharing.test_letters import sent as sent_letter
from tests.packages import WORDS, brought, keyed, made, registered, taken_in, trusted
from tests.people import acting

TABLES = (BroughtPackage, ReceivedPackage, ReceivedRecord)


@dataclass
class Two:
    """Dinghai and the city, each of which has compared the other's key. `letter`: sent by Dinghai."""

    county: County
    lin: Actor
    zhao: Actor
    letter: int

    def by_lin(self, *records: tuple[str, int]) -> Made:
        return made(self.lin, "zhoushan", records or (("letters", self.letter),))


@pytest.fixture
def two(county: County) -> Two:
    lin, zhao = county.actor("lin"), county.actor("zhao")
    here, there = keyed(lin), keyed(zhao)
    trusted(zhao, county.actor("xu"), here, "dinghai")
    trusted(lin, county.actor("he"), there, "zhoushan")
    return Two(county, lin, zhao, sent_letter(county, body="请于期限内回复。").pk)


def rows(actor: Actor) -> list[int]:
    with acting(actor):
        return [model.objects.count() for model in TABLES]


def acts(actor: Actor, about: str) -> list[str]:
    with acting(actor):
        found = AuditEntry.objects.filter(tenant_id=actor.tenant_id, action__contains=about)
        return list(found.order_by("pk").values_list("action", flat=True))


# --- Keys ------------------------------------------------------------------------------------


def test_a_key_is_in_force_when_two_people_typed_its_fingerprint(county: County) -> None:
    lin, he = county.actor("lin"), county.actor("he")
    key = keyed(county.actor("zhao"))
    other = Ed25519PrivateKey.generate().public_key()
    typed: dict[str, Any] = {
        "office_code": "zhoushan",
        "office_name": "市委巡察办",
        "public": key.public,
        "compared": "电话",
    }
    with acting(lin):
        for wrong, refusal in (
            ({"fingerprint": fingerprint(other)}, errors.FingerprintDiffers),
            ({"fingerprint": key.fingerprint, "public": "abc"}, errors.KeyNotAKey),
        ):
            with pytest.raises(refusal):
                package_keys.register_partner_key(actor=lin, **(typed | wrong))
        # However the groups were typed.
        heard = key.fingerprint.replace(" ", "-").upper()
        row = package_keys.register_partner_key(actor=lin, fingerprint=heard, **typed)
        with pytest.raises(errors.PartnerKeyKnown):
            package_keys.register_partner_key(actor=lin, fingerprint=heard, **typed)
        with pytest.raises(NotAllowed):
            package_keys.confirm_partner_key(actor=lin, number=row.pk, fingerprint=key.fingerprint)
    with acting(he):
        with pytest.raises(errors.FingerprintDiffers):
            package_keys.confirm_partner_key(
                actor=he, number=row.pk, fingerprint=fingerprint(other)
            )
        row = package_keys.confirm_partner_key(actor=he, number=row.pk, fingerprint=key.fingerprint)
        with pytest.raises(errors.PartnerKeyByTwo):
            package_keys.confirm_partner_key(actor=he, number=row.pk, fingerprint=key.fingerprint)
        row.refresh_from_db()
    assert (row.state, row.registered_by_name, row.confirmed_by_name) == (
        "in_force", "林知远", "何以宁",
    )  # fmt: skip


def test_a_withdrawn_key_never_comes_back(two: Two) -> None:
    he = two.county.actor("he")
    with acting(he):
        row = PartnerKey.objects.get()
        with pytest.raises(errors.WithdrawalWantsAReason):
            package_keys.withdraw_partner_key(actor=he, number=row.pk, reason=" ")
        package_keys.withdraw_partner_key(actor=he, number=row.pk, reason="对方更换密钥")
        with pytest.raises(errors.PartnerKeyWithdrawn):
            package_keys.withdraw_partner_key(actor=he, number=row.pk, reason="再次")
        with pytest.raises(errors.PartnerKeyWithdrawn):
            package_keys.confirm_partner_key(actor=he, number=row.pk, fingerprint=row.fingerprint)
    with acting(two.lin), pytest.raises(errors.ReceiverUnknown):
        make_package(
            actor=two.lin, receiver="zhoushan", purpose="", records=[("letters", two.letter)],
            passphrase=WORDS, passphrase_again=WORDS,
        )  # fmt: skip


def test_a_replaced_key_signs_nothing_and_what_it_signed_is_still_told(two: Two) -> None:
    before = two.by_lin()
    renewed = keyed(two.lin)

    assert taken_in(two.zhao, before.content).number == before.package.number
    with pytest.raises(errors.SignerUnknown):
        brought(two.zhao, two.by_lin().content)
    trusted(two.zhao, two.county.actor("xu"), renewed, "dinghai")
    assert taken_in(two.zhao, two.by_lin().content).fingerprint == renewed.fingerprint
    with acting(two.lin):
        page = keys_page(two.lin)
    assert page.own is not None
    assert (page.own.pk, len(page.retired)) == (renewed.pk, 1)


def test_the_private_half_is_sealed_and_wrapped_anew_with_the_offices_key(two: Two) -> None:
    with acting(two.lin):
        pair = package_keys.signing_pair(two.lin)
        row = SigningKey.objects.get()
    assert pair.private_bytes_raw() not in bytes(row.sealed) + bytes(row.wrapped)
    waits = brought(two.zhao, two.by_lin().content)

    with two.county.team.django_as("worker"):
        assert key_rotation.rotate_keys(office=two.lin.tenant_id).rows >= 1
        assert key_rotation.rotate_keys(office=two.zhao.tenant_id).rows >= 2
    with acting(two.lin):
        again = SigningKey.objects.get()
        assert bytes(again.wrapped) != bytes(row.wrapped)
        anew = package_keys.signing_pair(two.lin)
    assert anew.private_bytes_raw() == pair.private_bytes_raw()
    with acting(two.zhao):
        assert not brought_page(two.zhao, waits.pk).problems


# --- Making ----------------------------------------------------------------------------------


def test_only_what_its_maker_reads_and_what_may_go_there(two: Two) -> None:
    draft = two.county.by("wu", _drafted)
    number, list_ = handed_over(two.county.team, two.lin)
    for records in (
        [("letters", draft)],  # not yet sent
        [("letters", two.letter + 99_999)],
        [("hand_over_lists", list_.pk)],  # for Dinghai's own discipline body alone
        [("informants", 1)],
        [("letters", two.letter), ("nothing", 1)],
    ):
        with pytest.raises(errors.RecordNotForPackage):
            made(two.lin, "zhoushan", records)
    with pytest.raises(errors.PackageEmpty):
        made(two.lin, "zhoushan", [])
    with acting(two.lin):
        assert SentPackage.objects.count() == SentRecord.objects.count() == 0
        titles = {group.part for group in offered(two.lin, "zhoushan")}
    assert titles == {"letters"}, "no list, no draft"
    assert number


def _drafted(*, actor: Actor) -> int:
    draft = LetterDraft("unit:U01", "未发出的函")
    return draft_letter(actor=actor, kind=LetterKind.NOTIFICATION, draft=draft).pk


def test_nobody_but_the_director_makes_or_brings_one(two: Two) -> None:
    content = two.by_lin().content
    for who in ("wu", "he", "luo", "qiao"):
        _makes_and_brings_nothing(two.county.actor(who), content)


def _makes_and_brings_nothing(actor: Actor, content: bytes) -> None:
    with acting(actor):
        assert not sendable(actor, "zhoushan")
        with pytest.raises(NotAllowed):
            make_package(
                actor=actor, receiver="zhoushan", purpose="", records=[], passphrase=WORDS,
                passphrase_again=WORDS,
            )  # fmt: skip
        with pytest.raises(NotAllowed):
            bring_package(actor=actor, content=content, passphrase=WORDS)


def test_a_passphrase_that_can_be_guessed_seals_nothing(two: Two) -> None:
    for word, refusal in (
        ("short", errors.PassphraseTooShort),
        ("abababababab", errors.PassphraseGuessable),
        ("zhoushan12345", errors.PassphraseGuessable),
    ):
        with acting(two.lin), pytest.raises(refusal):
            make_package(
                actor=two.lin, receiver="zhoushan", purpose="交接",
                records=[("letters", two.letter)], passphrase=word, passphrase_again=word,
            )  # fmt: skip
    with acting(two.lin), pytest.raises(errors.PassphrasesDiffer):
        make_package(
            actor=two.lin, receiver="zhoushan", purpose="交接",
            records=[("letters", two.letter)], passphrase=WORDS, passphrase_again=WORDS + "!",
        )  # fmt: skip


def test_its_making_is_one_line_and_neither_file_nor_passphrase_stays(two: Two) -> None:
    found = two.by_lin()

    with acting(two.lin):
        line = AuditEntry.objects.get(tenant_id=two.lin.tenant_id, action="sharing.package.made")
        shown = sent_part(two.lin, Window(10)).lines[0]
    assert line.data["package"] == found.package.number == shown.number
    assert line.data["receiver"] == "zhoushan"
    assert line.data["parts"] == {"letters": 1}
    assert line.data["sha256"] == shown.sha256
    assert (shown.by_name, shown.rows, shown.size) == ("林知远", 1, len(found.content))
    with two.county.team.django_as("superuser"), connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(
                f"SELECT count(*) FROM {table} AS t WHERE t::text LIKE %s",
                [f"%{WORDS}%"],
            )
            assert cursor.fetchone() == (0,), table


def test_no_part_has_a_word_for_whoever_gave_a_hint() -> None:
    """By construction: a row says the fields of its part and no other."""

    def names(fields: Any) -> set[str]:
        inner = [names(kind.of) for kind in fields.values() if kind.of is not None]
        return set(fields).union(*inner)

    said = set().union(*(names(kind.fields) for kind in PARTS.values()))
    assert not {name for name in said if "informant" in name or "interference" in name}
    assert set(parcels.ROWS) == set(PARTS)
    assert "informant" not in Path(parcels.__file__).read_text("utf-8").lower()


# --- Taking in -------------------------------------------------------------------------------


def test_it_is_taken_in_whole_once_and_seen_by_the_receivers_director_alone(two: Two) -> None:
    found = two.by_lin()
    waits = brought(two.zhao, found.content)
    with acting(two.zhao):
        page = brought_page(two.zhao, waits.pk)
        assert ([line.rows for line in page.parts], page.problems) == ([1], [])
        assert ReceivedRecord.objects.count() == 0
        package = take_in_package(actor=two.zhao, number=waits.pk)
        record = ReceivedRecord.objects.get()
        assert "请于期限内回复。" in record.content["text"]
        assert record.ref == two.letter
        assert BroughtPackage.objects.count() == 0
        with pytest.raises(errors.PackageKnown):
            bring_package(actor=two.zhao, content=found.content, passphrase=WORDS)
        assert received_part(two.zhao, Window(10)).lines == [package]
    assert rows(two.zhao) == [0, 1, 1]
    assert acts(two.zhao, "sharing.package.") == [
        "sharing.package.brought", "sharing.package.taken_in",
    ]  # fmt: skip
    for who in ("jiang", "lin"):
        assert rows(two.county.actor(who)) == [0, 0, 0], "another office"
    for who in ("xu", "qin"):
        actor = two.county.actor(who)
        with acting(actor):
            if who == "xu":
                with pytest.raises(NotAllowed):
                    received_part(actor, Window(10))
            else:
                assert received_part(actor, Window(10)).lines == []


def changed(content: bytes) -> bytes:
    return content[:-1] + bytes([content[-1] ^ 1])


REFUSED: dict[str, tuple[Callable[[bytes], bytes], str, type[DomainError]]] = {
    "a wrong passphrase": (lambda file: file, WORDS + "?", errors.PassphraseWrong),
    "a changed byte": (changed, WORDS, errors.PassphraseWrong),
    "no package": (lambda file: b"PK" + file, WORDS, errors.PackageUnreadable),
    "too large": (lambda file: file.ljust(31 * 1024 * 1024), WORDS, errors.PackageTooLarge),
}


def test_what_is_not_right_is_told_in_its_own_words_and_leaves_nothing(two: Two) -> None:
    content = two.by_lin().content
    for change, words, refusal in REFUSED.values():
        with acting(two.zhao), pytest.raises(refusal):
            bring_package(actor=two.zhao, content=change(content), passphrase=words)
    assert rows(two.zhao) == [0, 0, 0]
    assert acts(two.zhao, "sharing.package.") == []


def test_the_wrong_receiver_an_unknown_a_waiting_and_a_withdrawn_key(two: Two) -> None:
    content = two.by_lin().content
    jiang = two.county.actor("jiang")
    with pytest.raises(errors.SignerUnknown):
        brought(jiang, content)
    with acting(two.lin):
        key = SigningKey.objects.get(retired_at__isnull=True)
    row = registered(jiang, key, "dinghai")
    with pytest.raises(errors.PackageForAnother):
        brought(jiang, content)
    assert (rows(jiang), row.state) == ([0, 0, 0], "waits")
    with acting(two.zhao):
        known = PartnerKey.objects.get()
        package_keys.withdraw_partner_key(actor=two.zhao, number=known.pk, reason="遗失")
    with pytest.raises(errors.PackageKeyWithdrawn):
        brought(two.zhao, content)
    renewed = keyed(two.lin)
    registered(two.zhao, renewed, "dinghai")
    with pytest.raises(errors.PackageKeyWaits):
        brought(two.zhao, two.by_lin().content)
    assert rows(two.zhao) == [0, 0, 0]


def test_a_key_that_is_withdrawn_before_the_word_is_given_takes_nothing_in(two: Two) -> None:
    waits = brought(two.zhao, two.by_lin().content)
    with acting(two.zhao):
        known = PartnerKey.objects.get()
        package_keys.withdraw_partner_key(actor=two.zhao, number=known.pk, reason="遗失")
        with pytest.raises(errors.BroughtMeanwhile):
            take_in_package(actor=two.zhao, number=waits.pk)
        drop_package(actor=two.zhao, number=waits.pk)
        with pytest.raises(NotVisible):
            drop_package(actor=two.zhao, number=waits.pk)
    assert rows(two.zhao) == [0, 0, 0]


def test_rows_that_cannot_be_kept_are_told_one_by_one(two: Two) -> None:
    """Well signed, by a version that says other things."""
    with acting(two.lin):
        pair = package_keys.signing_pair(two.lin)
        row = parcels.letter_row(_letter(two))
    parts = {
        "letters": [row, row, row | {"informant": "某某"}, {**row, "ref": "1"}],
        "secrets": [{"a": 1}],
        "answers": [_answer(part="letters", package="0" * 32), _answer(part="feedback")],
    }
    cover = Cover("a" * 32, "dinghai", "zhoushan", now(), "试")
    waits = brought(two.zhao, packaged(cover, parts, key=pair, passphrase=WORDS))
    with acting(two.zhao):
        page = brought_page(two.zhao, waits.pk)
        assert [(one.part, one.row) for _title, one in page.problems] == [
            ("answers", 1), ("answers", 2), ("letters", 2), ("letters", 3), ("letters", 4),
            ("secrets", 0),
        ]  # fmt: skip
        with pytest.raises(errors.PackageFaulty):
            take_in_package(actor=two.zhao, number=waits.pk)
    assert rows(two.zhao) == [1, 0, 0]


def test_answers_are_held_against_what_was_sent_in_one_question(
    two: Two, django_assert_max_num_queries: Any
) -> None:
    """As often as the page is looked at, however many they are."""
    sent = two.by_lin().package.number
    with acting(two.zhao):
        pair = package_keys.signing_pair(two.zhao)
    right = [_answer(ref=n, package=sent, record=two.letter) for n in range(1, 41)]
    wrong = [_answer(ref=99, package=sent, record=two.letter + 1)]
    cover = Cover("b" * 32, "zhoushan", "dinghai", now(), "试")
    content = packaged(cover, {"answers": right + wrong}, key=pair, passphrase=WORDS)
    waits = brought(two.lin, content)
    with acting(two.lin), django_assert_max_num_queries(20):
        page = brought_page(two.lin, waits.pk)

    assert [(one.part, one.row) for _title, one in page.problems] == [("answers", 41)]


def _letter(two: Two) -> Letter:
    return Letter.objects.get(pk=two.letter)


def _answer(**said: Any) -> dict[str, Any]:
    whole = {"ref": 1, "package": "0" * 32, "part": "letters", "record": 1, "kind": "reply"}
    return whole | {"text": "已办", "by": "某人", "at": "2026-09-01"} | said


def test_what_nobody_took_in_goes_in_time(two: Two) -> None:
    brought(two.zhao, two.by_lin().content)
    with two.county.team.django_as("worker"):
        forget_brought()
    assert rows(two.zhao) == [1, 0, 0]
    with two.county.team.django_as("superuser"), connection.cursor() as cursor:
        cursor.execute("UPDATE sharing_broughtpackage SET at = at - interval '400 days'")
    with two.county.team.django_as("worker"):
        forget_brought()
    assert rows(two.zhao) == [0, 0, 0]


# --- There and back --------------------------------------------------------------------------


def test_an_answer_comes_back_beside_the_letter_that_it_answers(two: Two) -> None:
    taken_in(two.zhao, two.by_lin().content)
    with acting(two.zhao):
        record = ReceivedRecord.objects.get()
        with pytest.raises(errors.NotAnswerable):
            write_answer(actor=two.zhao, number=record.pk, kind="progress", text="x")
        with pytest.raises(errors.AnswerEmpty):
            write_answer(actor=two.zhao, number=record.pk, kind="reply", text=" ")
        answer = write_answer(actor=two.zhao, number=record.pk, kind="reply", text="已整改。")
        (group,) = offered(two.zhao, "dinghai")
        assert group.part == "answers"
    back = made(two.zhao, "dinghai", [("answers", answer.pk)], "答复")
    taken_in(two.lin, back.content)

    assert _told(two.lin)[1] == [{"answers": 1}], "it is in the list, though it left no record"
    wu = two.county.actor("wu")
    with acting(wu):
        ((reply, title),) = letter_answers(wu, two.letter)
        assert (reply.content["text"], title.en) == ("已整改。", "reply")
        assert _letter(two).state == "sent", "the letter waits for its addressee as before"


def test_an_answer_of_an_office_that_did_not_get_the_letter_is_told(two: Two) -> None:
    jiang, he = two.county.actor("jiang"), two.county.actor("he")
    package = two.by_lin().package
    key = keyed(jiang)
    trusted(two.lin, he, key, "daishan")
    with acting(jiang):
        pair = package_keys.signing_pair(jiang)
    row = _answer(package=package.number, record=two.letter)
    cover = Cover("b" * 32, "daishan", "dinghai", now(), "冒名答复")
    waits = brought(two.lin, packaged(cover, {"answers": [row]}, key=pair, passphrase=WORDS))
    with acting(two.lin):
        assert len(brought_page(two.lin, waits.pk).problems) == 1


def test_lists_of_clues_go_to_a_machine_of_the_office_that_signed_them(two: Two) -> None:
    """Where its discipline body reads them, and whoever bears a subject's name does not."""
    he, luo = two.county.actor("he"), two.county.actor("luo")
    _number, list_ = handed_over(two.county.team, two.lin)
    with acting(two.lin):
        own = SigningKey.objects.get()
    trusted(two.lin, he, own, "dinghai")
    found = made(two.lin, "dinghai", [("hand_over_lists", list_.pk)])
    taken_in(two.lin, found.content)
    with acting(luo):
        (package,) = received_part(luo, Window(10)).lines
        assert package.number == found.package.number
        assert "骆怀川" in ReceivedRecord.objects.get().content["document"]
    for who in ("wu", "he", "qiao"):
        actor = two.county.actor(who)
        with acting(actor):
            assert ReceivedRecord.objects.count() == 0, "the database says so by itself"
    with two.county.team.django_as("superuser"), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE tenancy_user SET display_name = '骆怀川' WHERE id = %s", [luo.user_id]
        )
    with acting(luo):
        assert ReceivedRecord.objects.count() == 0


def test_a_package_does_not_tell_of_lists_to_who_may_not_see_them(two: Two) -> None:
    """A director who bears a subject's name. The twin: the same director before, and every letter."""
    lin, he = two.lin, two.county.actor("he")
    _number, list_ = handed_over(two.county.team, lin)
    with acting(lin):
        own = SigningKey.objects.get()
    trusted(lin, he, own, "dinghai")
    lists = [("hand_over_lists", list_.pk)]
    packages = [
        made(lin, "dinghai", chosen)
        for chosen in (lists, [*lists, ("letters", two.letter)], [("letters", two.letter)])
    ]
    for one in packages:
        taken_in(lin, one.content)
    all_three = {"hand_over_lists": 1}, {"hand_over_lists": 1, "letters": 1}, {"letters": 1}
    assert _told(lin) == (list(all_three), list(all_three))
    with two.county.team.django_as("superuser"), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE tenancy_user SET display_name = '骆怀川' WHERE id = %s", [lin.user_id]
        )
    namesake = replace(lin, name="骆怀川")
    assert _told(namesake) == ([{"letters": 1}] * 2, [{"letters": 1}] * 2)
    for_lists = packages[0].package.pk
    with acting(namesake):
        for number in (for_lists, 987_654_321):
            with pytest.raises(NotVisible) as refused:
                access_sent(namesake, number)
            assert refused.value.data["what"] == "sent_package"
        received = ReceivedPackage.objects.get(number=packages[0].package.number)
        with pytest.raises(NotVisible):
            received_page(namesake, received.pk)


def _told(actor: Actor) -> tuple[list[dict[str, int]], list[dict[str, int]]]:
    """Of each package sent and received, the oldest first: its parts with their rows."""
    with acting(actor):
        sent = sent_part(actor, Window(10)).lines[::-1]
        received = received_part(actor, Window(10)).lines[::-1]
        pages = (
            [sent_page(actor, one.pk) for one in sent],
            [received_page(actor, one.pk) for one in received],
        )
        told = tuple(
            [{line.name: line.rows for line in page.parts} for page in found] for found in pages
        )
        assert [rows for _, rows in sent_lines(actor, sent)] == [
            sum(parts.values()) for parts in told[0]
        ]
    return told[0], told[1]


# --- By SQL ----------------------------------------------------------------------------------


def test_what_the_database_refuses_whoever_asks_it(two: Two) -> None:
    waits = brought(two.zhao, two.by_lin().content)
    package = taken_in(two.zhao, two.by_lin().content)
    lin, zhao, xu, wu = (two.county.actor(who) for who in ("lin", "zhao", "xu", "wu"))
    with acting(zhao):
        record = ReceivedRecord.objects.get()
    public = "ab" * 32
    new_key = (
        "INSERT INTO sharing_partnerkey (tenant_id, office_code, office_name, fingerprint, public,"
        " compared, registered_by_name, confirmed_by_name, withdrawn_by_name, withdrawn_because,"
        " confirmed_at) VALUES (%s, 'x', 'x', %s, %s, 'x', '', '', '', '', now())"
    )
    mark = package_keys.fingerprint_of(public)
    received = (
        "INSERT INTO sharing_receivedpackage (tenant_id, number, fingerprint, purpose, parts,"
        " sha256, by_name, sender_code, sender_name, made_at) SELECT tenant_id, number, fingerprint,"
        " purpose, %s::jsonb, sha256, '', sender_code, sender_name, made_at"
        " FROM sharing_broughtpackage"
    )
    more = (
        "INSERT INTO sharing_receivedrecord (tenant_id, package_id, part, position, ref, title,"
        " content) VALUES (%s, %s, 'letters', 99, 1, '', '{}')"
    )
    answered = (
        "INSERT INTO sharing_packageanswer (tenant_id, record_id, kind, text, by_name)"
        " VALUES (%s, %s, %s, 'x', '')"
    )
    sent_row = (
        "INSERT INTO sharing_sentrecord (tenant_id, package_id, part, ref)"
        " SELECT tenant_id, id, 'letters', 7 FROM sharing_sentpackage"
    )
    refused: list[tuple[Actor, str, list[Any], str]] = [
        (wu, new_key, [wu.tenant_id, mark, public], "partner_key_kept_by_the_director"),
        (lin, new_key, [lin.tenant_id, mark[::-1], public], "partner_key_fingerprint_is_its_own"),
        (zhao, "UPDATE sharing_partnerkey SET withdrawn_at = now()", [],
         "partner_key_withdrawn_with_a_reason"),
        (zhao, "UPDATE sharing_partnerkey SET confirmed_at = now()", [],
         "partner_key_in_force_by_two"),
        (wu, "UPDATE sharing_signingkey SET retired_at = now()", [],
         "signing_key_kept_by_the_director"),
        (xu, received, ["[]"], "package_taken_in_by_the_director"),
        (zhao, received, ["[]"], "package_taken_in_as_it_was_brought"),
        (zhao, more, [zhao.tenant_id, package.pk], "received_record_with_its_package"),
        (zhao, answered, [zhao.tenant_id, record.pk, "result"], "package_answer_by_the_director"),
        (xu, answered, [xu.tenant_id, record.pk, "reply"], "package_answer_by_the_director"),
        (lin, sent_row, [], "sent_record_with_its_package"),
    ]  # fmt: skip
    for actor, sql, values, named in refused:
        assert _said(actor, sql, values) == named, sql
    for table in ("sentpackage", "receivedpackage", "receivedrecord", "packageanswer"):
        for sql in (
            f"UPDATE sharing_{table} SET tenant_id = tenant_id",
            f"DELETE FROM sharing_{table}",
        ):
            assert _said(zhao, sql, []) == "permission denied", sql
    # And the twins: what is allowed goes through.
    assert _said(lin, new_key, [lin.tenant_id, mark, public]) == ""
    assert _said(zhao, answered, [zhao.tenant_id, record.pk, "reply"]) == ""
    with acting(lin):
        row = PartnerKey.objects.filter(fingerprint=mark)
        assert not row.exists(), "each try was rolled back"
    assert waits


def test_a_first_confirmation_is_a_second_persons(county: County) -> None:
    lin, he = county.actor("lin"), county.actor("he")
    row = registered(lin, keyed(county.actor("zhao")), "zhoushan")
    sql = "UPDATE sharing_partnerkey SET confirmed_at = now() WHERE id = %s"
    assert _said(lin, sql, [row.pk]) == "partner_key_in_force_by_two"
    assert _said(he, sql, [row.pk]) == ""


def _said(actor: Actor, sql: str, values: list[Any]) -> str:
    """The constraint that refuses; empty where none does. Nothing of it stays."""
    with acting(actor):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(sql, values)
                transaction.set_rollback(True)
        except Exception as error:  # the constraint's name is what is looked at
            cause = error.__cause__
            name = getattr(getattr(cause, "diag", None), "constraint_name", None)
            return name or (
                "permission denied" if "permission denied" in str(error) else str(error)
            )
    return ""


def test_the_two_ways_of_saying_a_fingerprint_are_one(county: County) -> None:
    key = keyed(county.actor("lin"))
    with county.team.django_as("superuser"), connection.cursor() as cursor:
        cursor.execute("SELECT sec.fingerprint_of(%s)", [key.public])
        assert cursor.fetchone() == (key.fingerprint,)
