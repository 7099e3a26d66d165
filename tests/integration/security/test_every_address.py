"""Every address and every operation × every seat × both verbs, against the table of roles.

What is expected is made from the table (tenancy/domain/matrix/matrix.csv) and the rules of the
addresses and operations. `addresses.csv` is what people reviewed of it, in words: the two must say the
same, so that neither a slip in the table nor one in the rules passes.

| word | the answer |
|---|---|
| `open` | the page, or the act was looked at: done, or refused for how things stand or what was typed |
| `refused` | 403: known here, and not for this role |
| `hidden` | 404: the same as what is not there, to the byte but for the number |
| `-` | 405: there is no such verb |
| `page` | 302 to the page of the same number: this address only acts |
| `nobody` | 302 to the sign-in page; for programs 401 |
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections, transaction
from django.test import Client, override_settings
from pytest_django import DjangoDbBlocker

from httpapi.declarations import Everybody
from httpapi.rules import rules_of_operations
from kernel.clock import frozen
from launcher.psql import Login
from portal.rules import NO_VERB, PAGE, PERSON, RULES, alternatives
from tenancy.actor import Actor
from tenancy.models.sessions import SignInSession
from tests.api.test_who_may import CALLS, either
from tests.databases import TestServer
from tests.days import working_day_ahead
from tests.integration.portal.desks import CHANGING, typed
from tests.integration.portal.test_the_door import _addresses
from tests.integration.security import share_calls
from tests.integration.security.ground import (
    BEFORE,
    SUBJECTS,
    TEAM_OF_DINGHAI,
    Ground,
    browser_of,
    built,
    django_as,
    holds,
    sent,
    word,
)

TABLE = Path(__file__).with_name("addresses.csv")
NOT_THERE = 987654321

# What the scheduler's page would send if one pressed its button at once.
AS_SHOWN = {"round-calendar", "round-teams", "round-policy", "round-units", "round-distances"}
# Whoever holds no account or no office comes in here; what each says is in test_the_door.py.
OUTER = {"sign-in", "sign-in-code", "sign-out", "language", "office", "invitation", "policy-report"}
OUTER |= {"password", "password-reset"}

_ASKING = ("scheduler", "city_director")
_DIRECTING = ("county_director", "other_director")
_CLERKS = ("county_clerk", "other_clerk")
_DECIDED = ("approve", "refuse", "take-back")
_SECURITY = "platform_security_administrator"

# Where how things stand decides otherwise than the table, and why.
OTHERWISE = {
    # The ground's file cannot be read, so there are no faulty rows to hand out.
    ("import-faulty-rows", "get", "*"): "hidden",
    # The page is theirs for saying that somebody cannot come; the tie itself is not theirs to say.
    ("ties", "post", "county_discipline"): "refused",
    ("download_faulty_rows", "get", "*"): "hidden",
    # The ground's sign-in is nobody's. Of the security administrator's page all are theirs to end:
    # what is over is over, whichever it was.
    ("sign-in-end", "post", "platform_security_administrator"): "open",
    ("sign-in-end", "post", "*"): "hidden",
    # Nobody stands in for anybody here, and nobody asked in an emergency: test_deputies_by_sql.py and
    # test_emergencies.py have the rows.
    **dict.fromkeys(
        [
            *(("deputy-revoke", "post", who) for who in (*_ASKING, *_DIRECTING, *_CLERKS)),
            *(("emergency-open", "post", who) for who in _ASKING),
            *(("emergency-decide", "post", who) for who in (*_DIRECTING, _SECURITY)),
            *(
                (name, verb, who)
                for name, verb in (("emergency-detail", "get"), ("emergency-end", "post"))
                for who in (*_ASKING, *_DIRECTING, _SECURITY)
            ),
        ],
        "hidden",
    ),
    # No seat is proposed here: test_administration_pages.py has the rows.
    ("seat-change-decide", "post", _SECURITY): "hidden",
    # It leads on, to the room that they came for.
    **{("my-room", "get", who): "page" for who in TEAM_OF_DINGHAI},
    # Nobody of the ground is held at the door.
    ("lock-lift", "post", "platform_security_administrator"): "hidden",
    # Of nobody's number there is no authenticator to reset.
    ("second-factor-reset", "post", "platform_security_administrator"): "hidden",
    # The member is named to no post; the leader and the deputy leader reach what posts keep.
    **dict.fromkeys(
        [
            (name, verb, "county_team_member")
            for name, verb in (
                ("room-interviews", "get"),
                ("room-interviews", "post"),
                ("room-interview-strata", "post"),
                ("room-interview-settle", "post"),
                ("list_interviews", "get"),
                ("plan_interview", "post"),
                ("read_interview_plan", "get"),
                ("set_interview_strata", "put"),
            )
        ],
        "hidden",
    ),
    # There is no interview yet.
    **dict.fromkeys((("settle_interview", "post", who) for who in TEAM_OF_DINGHAI), "hidden"),
    # Petitions are kept in the direct room; the ground's is the one of papers.
    **dict.fromkeys(
        [
            (name, verb, who)
            for name, verb in (
                ("room-petitions", "get"),
                ("room-petitions", "post"),
                ("room-petition-handle", "post"),
                ("list_petitions", "get"),
                ("register_petition", "post"),
                ("handle_petition", "post"),
            )
            for who in TEAM_OF_DINGHAI
        ],
        "hidden",
    ),
    # The clue of the ground names nobody yet.
    **dict.fromkeys(
        [
            (name, "post", who)
            for name in ("ask_about_party", "withdraw_clue_party")
            for who in ("county_director", "county_discipline")
        ],
        "hidden",
    ),
    # Who gave a hint enters whoever registered the clue, and nobody else of the team.
    **dict.fromkeys(
        [
            ("clue-informant", verb, who)
            for verb in ("get", "post")
            for who in ("city_team_leader", "city_deputy_leader")
        ],
        "hidden",
    ),
    # The room that is named is Dinghai's: of leaders elsewhere it is none.
    ("report-new", "post", "city_team_leader"): "hidden",
    ("report-new", "post", "other_team_leader"): "hidden",
    **share_calls.OTHERWISE,
    # The digest of the ground was given to the city's office and to Dinghai.
    ("digest-of", "get", "other_director"): "hidden",
    ("digest-of", "get", "other_clerk"): "hidden",
    # Of a share the owner prepares and narrows, and is told whom it reached: of another office's share
    # these pages are not there.
    **dict.fromkeys(
        [
            (name, verb, who)
            for name, verbs in (
                ("share-prepare", ("get", "post")),
                ("share-narrow", ("get", "post")),
                ("share-reach", ("get",)),
                ("share-certificate", ("get",)),
            )
            for verb in verbs
            for who in ("city_director", "other_director", "other_clerk")
        ],
        "hidden",
    ),
    **dict.fromkeys(
        [
            ("share-approve", verb, who)
            for verb in ("get", "post")
            for who in ("other_director", "other_clerk")
        ],
        "hidden",
    ),
    # The ground's share holds no clue: the city looks on, and decides nothing. Its owner asked nobody.
    **dict.fromkeys(
        [
            *((f"share-{act}", "post", "city_director") for act in _DECIDED),
            *((f"share-{act}", "post", "city_director") for act in ("withdraw", "destroyed")),
            *(
                (f"share-{act}", "post", who)
                for act in ("withdraw", "destroyed")
                for who in ("county_director", "county_clerk", "county_discipline")
            ),
        ],
        "refused",
    ),
    # They declare for rounds alone: the list of calls and people to declare for is theirs, empty.
    ("list_declarable_calls", "get", "scheduler"): "open",
    ("list_declarable_people", "get", "scheduler"): "open",
}

# A role without the permission, and a hand that is not the one of an act on this row.
REFUSED = {"kernel.act.not_allowed", "sharing.step.of_another_hand"}
ONE_OF_EACH_KIND = ("scheduler", "county_director", "platform_system_administrator")

AREAS_OF_THE_API = {
    "people": "roster",
    "release-calls": "releases",
    "declarations": "ties",
    "confirmation-requests": "requests",
    "sealed-exports": "sealed",
}


# What is sent along, where nobody would be asked who they are before it is whole.
_AHEAD = working_day_ahead().isoformat()
_TIE = {"target": "county", "kind": "relative", "office": 9003}
_TERM = {"starts_on": "2026-09-06", "until_on": "2026-09-05"}
_TERMS: dict[str, Any] = {"profile": "reg_2017", "soon_days": 5, "steps": [1]}
BODIES: dict[str, dict[str, Any]] = {
    "release_people": {"people": []},
    "name_handler": {"person": 9301},
    "remove_handler": {"person": 9301},
    "name_unit_contact": {"person": 9301, "capacity": "speak"},
    "remove_unit_contact": {"person": 9301, "capacity": "speak"},
    "move_category": {"towards": "up"},
    "revise_letter": {"to": "unit:U1", "title": "x"},
    "act_on_letter": {"act": "x"},
    "reply_to_letter": {"text": "x"},
    "act_on_item": {"act": "plan_returned"},
    "hand_in_plan": {
        "goal": "x",
        "measures": "x",
        "lead": "x",
        "department": "x",
        "due_on": _AHEAD,
        "head": "x",
        "head_signed_on": "2026-09-02",
    },
    "tell_progress": {"text": "x"},
    "claim_item": {"evidence": "x", "result": "x"},
    "move_deadline": {"due_on": _AHEAD, "reason": "x"},
    "enter_outcome": {"kind": "rule_made", "title": "x", "on": "2026-01-01"},
    "close_joint_case": {"conclusion": "x"},
    "record_talk": {
        "person": "x",
        "matter": "x",
        "held_on": "2026-09-02",
        "held_by": "x",
        "commitment": "x",
    },
    "act_on_look_back": {"act": "x"},
    "send_look_back_team": {"room": 1},
    "tell_look_back": {"results": []},
    "declare_tie": {"person": "001", "tie": _TIE},
    "declare_unavailable": {"person": "001"},
    "declare_for_round": {"office": 9002, "person": "001", "tie": _TIE},
    "object_to_people": {"objections": {"001": "x"}},
    "ask_who_else": {"team": "T01"},
    "amend_clue": {
        "subject_name": "x",
        "subject_unit": "x",
        "management_level": "lower",
        "source_kind": "files",
        "gist": "x",
    },
    "judge_clue": {"judgement": "screened", "met_on": "2026-09-01"},
    "send_clue_back": {"reason": "x"},
    "return_clue": {"reason": "x"},
    "choose_disposal": {"disposal": "shelved"},
    "tell_clue_result": {"outcomes": [{"nth": 1, "code": "talk"}]},
    "urge_clue": {"letter": "x"},
    "ask_clue_again": {"reason": "x"},
    "ask_about_party": {"party": 1},
    "withdraw_clue_party": {"party": 1},
    "answer_hit": {"act": "proposed"},
    "deal_with_interference": {"outcome": "noted"},
    "propose_authorisation": {"host": 9002, "team": "x"} | _TERM,
    "grant_authorisation": {"document_number": "x", "authorised_by": "x"} | _TERM,
    "refuse_authorisation": {"words": "x"},
    "admit_member": {"origin": 9002, "person": "x"},
    "end_member": {"origin": 9002, "person": "x", "words": "x"},
    "revoke_authorisation": {"words": "x"},
    "link_account": {"username": "x"},
    "pause_deadline": {"reason": "x"},
    "set_deadline_terms": _TERMS | {"seen": 0, "reason": "x"},
    "preview_deadline_terms": _TERMS,
    "set_office_day": {"on": _AHEAD, "is_worked": False, "reason": "x"},
    "unset_office_day": {"on": _AHEAD},
    "draft_weekly_report": {
        "week": "2026-09-07",
        "talks": 0,
        "files": 0,
        "letters": 0,
        "visits": 0,
    },
    "sign_weekly_report": {"week": "2026-09-07"},
    "ask_for_documents": {
        "unit": "dh-edu",
        "what": "x",
        "why": "x",
        "days": 3,
        "handed_to": "x",
    },
    "set_interview_strata": {"unit": "dh-edu", "strata": "x 1"},
    "plan_interview": {
        "unit": "dh-edu",
        "stratum": "x",
        "post": "x",
        "on": "2026-09-07",
        "interviewers": [],
    },
    "settle_interview": {"nth": 1, "state": "planned"},
    "register_petition": {
        "received_on": "2026-09-01",
        "way": "letter",
        "unit_name": "x",
        "subject": "other",
        "gist": "x",
    },
    "handle_petition": {"nth": 1, "handling": "kept"},
    "name_to_post": {"post": "accounts", "origin": 9005, "person": "team_member"},
    "end_post": {"post": "accounts", "origin": 9005, "person": "team_member"},
    "set_post": {"post": "accounts", "for_outsiders": False},
    "add_reply_file": {"file": "sent as a form"},
    "add_claim_file": {"file": "sent as a form"},
    "add_evidence_file": {"file": "sent as a form", "line": 1},
    "take_off_evidence_file": {"attachment": 1},
    "assign_findings": {"findings": [1]},
    "act_on_paper": {"act": "signed"},
    "write_paper": {"title": "x", "based_on": 1},
    "comment_finding": {"comment": "x"},
    "act_on_report": {"act": "submitted"},
    "write_report": {"part": "feedback", "based_on": 0},
    "answer_received_record": {"kind": "reply", "text": "x"},
    **share_calls.BODIES,
}


@dataclass
class Seen:
    """What everybody was told: a word for each, and what was hidden but told apart."""

    words: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    told_apart: list[tuple[str, str, str]] = field(default_factory=list)


@pytest.fixture(scope="module")
def ground(
    database_server: TestServer,
    database_name: str,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Ground]:
    media = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=media), frozen(BEFORE):
        try:
            yield built(partial(login, database_server, database_name))
        finally:
            connections.close_all()
            database_server.clone(database_name)


def login(server: TestServer, database: str, role: str) -> Login:
    return server.superuser.to(database) if role == "superuser" else server.login(role, database)


@pytest.fixture(scope="module")
def browsers(
    ground: Ground, database_server: TestServer, database_name: str
) -> Mapping[str, Client]:
    """Signed in to the end. What a question did is undone, and with it that somebody was seen: on a
    slow machine the sessions would run out half-way."""
    made = {column: browser_of(actor) for column, actor in ground.people.items()}
    with django_as(partial(login, database_server, database_name), "superuser"):
        SignInSession.objects.update(seen_at=datetime.now(UTC) + timedelta(days=1))
    return made


@pytest.fixture(scope="module")
def seen(ground: Ground, browsers: Mapping[str, Client]) -> Seen:
    """Every address of the portal, asked once by everybody."""
    found = Seen()
    absent: dict[tuple[str, str, str], bytes] = {}
    for name, pattern in _addresses():
        if name in OUTER:
            continue
        path, area = path_of(pattern, ground.numbers), pattern.split("/")[1]
        shown = typed(browsers["scheduler"], path) if name in AS_SHOWN else None
        for verb, cell in (("get", RULES[name].get), ("post", RULES[name].post)):
            line = found.words.setdefault((name, verb), {})
            for who, client in askers(browsers, cell):
                # Made anew for each: a file that was read once is empty.
                form = sent(name, ground) if shown is None else shown
                line[who], body = asked(client, verb, path, form)
                if line[who] != "hidden" or is_otherwise(name, verb, who):
                    continue
                # One page for all numbers of an area that are not there: it is asked for once.
                key = (who, verb, area)
                if name == "shared-view-standing":  # a part of its own, the same for each of them
                    key = (name, verb, who)
                if key not in absent:
                    elsewhere = pattern.replace("/7/", f"/{NOT_THERE}/")
                    absent[key] = asked(client, verb, elsewhere, sent(name, ground))[1]
                if body != absent[key]:
                    found.told_apart.append((name, verb, who))
    return found


def askers(browsers: Mapping[str, Client], cell: str) -> Iterator[tuple[str, Client]]:
    """Everybody and a stranger; where there is no verb, or it only leads on, one of each kind of
    office: that is answered before anybody is asked who they are, so that a verb which is there
    after all shows with any of them."""
    for who, client in browsers.items():
        if cell not in (NO_VERB, PAGE) or who in ONE_OF_EACH_KIND:
            yield who, client
    yield "stranger", Client()


def path_of(pattern: str, numbers: Mapping[str, int]) -> str:
    area = pattern.split("/")[1]
    path = pattern.replace("/7/", f"/{numbers.get(area, 7)}/")
    return path.replace("/template/7/", "/template/roster/")


def asked(client: Client, verb: str, path: str, form: dict[str, Any]) -> tuple[str, bytes]:
    """The word, and the page but for what differs between any two. Nothing that it does is kept."""
    with transaction.atomic():
        answer = client.get(path) if verb == "get" else client.post(path, form)
        transaction.set_rollback(True)
    location = answer.headers.get("Location", "")
    is_led_on = verb == "get" and answer.status_code == 302 and not location.startswith("/sign-in/")
    said = "page" if is_led_on else word_of(answer.status_code, location or path)
    if said != "hidden":
        return said, b""
    text = re.sub(CHANGING, "", answer.content.decode()).replace(path, "")
    return said, text.encode()


def word_of(status: int, location: str) -> str:
    if status == 302 and location.startswith("/sign-in/"):
        return "nobody"
    words = {403: "refused", 404: "hidden", 405: "-"}
    if status in words:
        return words[status]
    assert status in (200, 201, 204, 302, 400, 409, 422), (status, location)
    return "open"


def table() -> dict[tuple[str, str], dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {
            (row.pop("address"), row.pop("verb")): row
            for row in csv.DictReader(file, skipinitialspace=True)
        }


def expected(ground: Ground, name: str, pattern: str, verb: str, who: str) -> str:
    """What table and rules say."""
    if who == "stranger":
        return "nobody"
    cell = RULES[name].get if verb == "get" else RULES[name].post
    if cell in (NO_VERB, PAGE):
        return "page" if cell == PAGE else "-"
    if is_otherwise(name, verb, who):
        return is_otherwise(name, verb, who)
    if cell == PERSON:
        return "open"
    rules, area = alternatives(cell), pattern.split("/")[1]
    if re.match(r"/[^/]+/7/", pattern) and area in SUBJECTS:
        return word(ground, rules, area, who)
    return "open" if any(holds(rule, ground.people[who]) for rule in rules) else "refused"


def is_otherwise(name: str, verb: str, who: str) -> str:
    """The answer that how things stand gives in place of the table's; empty: the table's."""
    return OTHERWISE.get((name, verb, who)) or OTHERWISE.get((name, verb, "*"), "")


def test_every_address_answers_every_seat_as_the_table_of_roles_says(
    ground: Ground, seen: Seen
) -> None:
    patterns = dict(_addresses())
    differing = [
        f"{address} {verb.upper()} for {who} answers {said}, the table says {wanted}"
        for (address, verb), line in seen.words.items()
        for who, said in line.items()
        if said != (wanted := expected(ground, address, patterns[address], verb, who))
    ]

    assert not differing, "\n".join(differing)


def test_the_table_of_roles_says_what_was_reviewed_in_words(ground: Ground) -> None:
    patterns = {name: at for name, at in _addresses() if name not in OUTER}
    reviewed = table()
    both = {(name, verb) for name in patterns for verb in ("get", "post")}
    lacking = sorted(
        f"{address},{verb}: no {column}"
        for (address, verb), line in reviewed.items()
        for column, cell in line.items()
        if not cell
    )

    assert sorted(both - set(reviewed)) == [], (
        "addresses.csv lacks these lines: review the address."
    )
    assert sorted(set(reviewed) - both) == [], "addresses.csv names what is no address."
    assert lacking == []
    differing = [
        f"{address},{verb}: {who} was reviewed as {cell}, the table says {wanted}"
        for (address, verb), line in reviewed.items()
        for who, cell in line.items()
        if cell != (wanted := expected(ground, address, patterns[address], verb, who))
    ]
    assert not differing, "\n".join(differing)


def test_what_is_not_yours_is_what_is_not_there_to_the_byte(seen: Seen) -> None:
    assert any("hidden" in line.values() for line in seen.words.values())
    assert seen.told_apart == []


# --- Programs ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def called(ground: Ground, browsers: Mapping[str, Client]) -> Seen:
    """Every operation, called once by everybody in their session."""
    found = Seen()
    for operation, (method, address, _) in CALLS.items():
        line = found.words.setdefault((operation, method), {})
        path, elsewhere = call_path(address, ground.numbers), call_path(address, {})
        absent: bytes | None = None
        for who, client in {**browsers, "stranger": Client()}.items():
            line[who], body = told(client, method, path, BODIES.get(operation, {}))
            if line[who] != "hidden" or is_otherwise(operation, method, who):
                continue
            # It names nobody, so it is the same for all.
            if absent is None:
                absent = told(client, method, elsewhere, BODIES.get(operation, {}))[1]
            if body != absent:
                found.told_apart.append((operation, method, who))
    return found


def call_path(address: str, numbers: Mapping[str, int]) -> str:
    return address.replace("/0", f"/{numbers.get(area_of(address), NOT_THERE)}", 1)


def area_of(address: str) -> str:
    first = address.split("/")[3]
    return AREAS_OF_THE_API.get(first, first)


def told(client: Client, method: str, path: str, given: dict[str, Any]) -> tuple[str, bytes]:
    headers = {"Accept-Language": "en"}
    with transaction.atomic():
        if method == "get":
            answer = client.get(path, given, headers=headers)
        elif "file" in given:
            headers["Idempotency-Key"] = str(uuid4())
            file = SimpleUploadedFile("a.txt", b"x")
            answer = client.post(path, given | {"file": file}, headers=headers)
        else:
            headers["Idempotency-Key"] = str(uuid4())
            answer = client.generic(
                method.upper(), path, json.dumps(given), "application/json", headers=headers
            )
        transaction.set_rollback(True)
    words = {401: "nobody", 403: "refused", 404: "hidden"}
    said = words.get(answer.status_code, "open")
    if said == "open":
        assert answer.status_code in (200, 201, 202, 400, 409, 415, 422), (path, answer.status_code)
        return said, b""
    body = json.loads(answer.content)
    if said == "refused":
        assert body["code"] in REFUSED, (path, body)
    number = path.split("/")[4] if len(path.split("/")) > 4 else ""
    return said, answer.content.replace(number.encode(), b"") if number else answer.content


def wanted_of(ground: Ground, operation: str, who: str) -> str:
    method, address, needed = CALLS[operation]
    if needed is Everybody.STRANGERS or who == "stranger":
        return "open" if needed is Everybody.STRANGERS else "nobody"
    actor: Actor = ground.people[who]
    if either(needed) and not either(needed) & actor.permissions:
        return "refused"
    if is_otherwise(operation, method, who):
        return is_otherwise(operation, method, who)
    rules, area = rules_of_operations()[operation], area_of(address)
    if "/0" in address and area in SUBJECTS:
        return word(ground, rules, area, who)
    return "open" if any(holds(rule, actor) for rule in rules) else "refused"


def test_every_operation_answers_every_seat_as_the_table_of_roles_says(
    ground: Ground, called: Seen
) -> None:
    differing = [
        f"{operation} for {who} answers {said}, the table says {wanted}"
        for (operation, _), line in called.words.items()
        for who, said in line.items()
        if said != (wanted := wanted_of(ground, operation, who))
    ]

    assert not differing, "\n".join(differing)


def test_to_programs_too_not_yours_is_not_there_to_the_byte(called: Seen) -> None:
    assert any("hidden" in line.values() for line in called.words.values())
    assert called.told_apart == []
