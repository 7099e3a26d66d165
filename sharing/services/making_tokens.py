"""What the matcher does at any time: it opens what was sealed to it, makes the tokens and lets go of the rest.

Whoever holds the web seals what they like. So nothing that comes out of a box is believed: neither that it is a
party, nor that it is as much as the quota was told.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Collection

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from sharing.domain.corroboration.asking import Alert, Suspicion
from sharing.domain.corroboration.matching import Holder
from sharing.domain.corroboration.parties import MoreThanDeclared, party_of
from sharing.domain.corroboration.tokens import Token, tokens_of
from sharing.mapping.boxes import bound_to
from sharing.mapping.matcher_keyring import MatcherKeys
from sharing.mapping.matcher_rows import raise_alert, rows, run
from sharing.vault.boxes import opened_with
from sharing.vault.key_service import SealIsBroken

log = logging.getLogger(__name__)

_BATCH = 200


def take_in(keys: MatcherKeys) -> int:
    """Make the tokens of what was sealed, and let go of it. How many parties there were."""
    done = 0
    while many := _take_in_some(keys):
        done += many
    return done


@transaction.atomic
def _take_in_some(keys: MatcherKeys) -> int:
    found = rows(
        "SELECT party_id, root_id, office_id, clue_id, user_id, registered_at, rows, box"
        "  FROM matcher.ask"
        " WHERE box IS NOT NULL ORDER BY registered_at, party_id LIMIT %s FOR UPDATE SKIP LOCKED",
        [_BATCH],
    )
    for party, root, office, clue, user, registered_at, declared, box in found:
        try:
            tokens = _tokens(keys, bytes(box), Holder(office, clue), declared)
        except MoreThanDeclared:
            tokens = ()
            raise_alert(Alert(Suspicion.UNDECLARED, office, user), registered_at)
        for token in tokens:
            run(
                "INSERT INTO matcher.token (party_id, token_class, version, digest, root_id, office_id,"
                " clue_id, registered_at) VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"
                " ON CONFLICT DO NOTHING",
                [
                    *(party, token.token_class, token.version, token.digest),
                    *(root, office, clue, registered_at),
                ],
            )
        run("UPDATE matcher.ask SET box = NULL WHERE party_id = %s", [party])
    return len(found)


@sensitive_variables()
def _tokens(keys: MatcherKeys, box: bytes, of: Holder, declared: int) -> Collection[Token]:
    """Of a box that does not open, none: it was sealed to another key, or is of another clue.

    `MoreThanDeclared`: the quota believed a number that came from the web; here it is counted."""
    try:
        content = opened_with(keys.box_key, box, bound_to(of.office, of.clue))
        return tokens_of(party_of(json.loads(content), declared), keys)
    except MoreThanDeclared:
        raise
    except (SealIsBroken, ValueError, RecursionError):
        log.error(
            "What was sealed for a clue of office %s does not open; it is not compared.", of.office
        )
        return ()
