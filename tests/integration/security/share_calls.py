"""What is sent to the operations of shares, and where how things stand decides otherwise than the table."""

from __future__ import annotations

from typing import Any

from tests.days import working_day_ahead

PUTUO = 9003
TERMS: dict[str, Any] = {
    "roles": ["county_director"],
    "until_on": working_day_ahead().isoformat(),
}
WANTED = TERMS | {"purpose": "preparation", "basis": "x", "wanted": "x", "kinds": ["finding"]}
BODIES: dict[str, dict[str, Any]] = {
    "ask_for_shares": WANTED | {"offices": [PUTUO]},
    "offer_shares": WANTED | {"offices": [PUTUO]},
    "prepare_share": TERMS | {"records": []},
    "approve_share": {"seen": "x"},
    "refuse_share": {"reason": "x"},
    "narrow_share": {"left_out": [1], "reason": "x"},
    "take_share_back": {"reason": "x"},
    "tell_share_destruction": {"what": "x"},
    "note_from_shared_view": {"text": "x"},
    "make_share_group": {"name": "x", "offices": [PUTUO]},
    "change_share_group": {"name": "x", "offices": [PUTUO]},
    "offer_to_share_group": WANTED,
}
_OF_THE_OWNER = (
    ("prepare_share", "post"),
    ("narrow_share", "post"),
    ("read_share_views", "get"),
    ("read_share_reach", "get"),
    ("download_share_certificate", "get"),
)
_OF_THE_RECEIVER = ("withdraw_share", "tell_share_destruction")
_DECIDING = ("approve_share", "refuse_share", "take_share_back")

OTHERWISE: dict[tuple[str, str, str], str] = {
    # The owner alone prepares and narrows, and is told whom it reached: to others, who are told of the
    # share, these are not there.
    **{
        (name, verb, who): "hidden"
        for name, verb in _OF_THE_OWNER
        for who in ("city_director", "other_director", "other_clerk")
    },
    # The ground's share holds no clue: the city looks on, and decides nothing. Its owner asked nobody.
    **{(name, "post", "city_director"): "refused" for name in (*_DECIDING, *_OF_THE_RECEIVER)},
    **{
        (name, "post", who): "refused"
        for name in _OF_THE_RECEIVER
        for who in ("county_director", "county_clerk", "county_discipline")
    },
    # They see shares of the office, and no clue of its register.
    **{
        ("read_clue_sights", "get", who): "hidden"
        for who in ("county_clerk", "county_leading_group")
    },
}
