"""What a round's question rests on, as far as the web's role can see it.

The released facts are unreadable there, but they never change once they are inserted: the keys
of the standing releases stand for them.
"""

from __future__ import annotations

import json
from hashlib import sha256

from scheduling.models.releases import Release
from scheduling.models.rounds import InspectionRound


def basis_of(round_: InspectionRound) -> str:
    """Differs as soon as the round or a standing release is another."""
    releases = Release.objects.filter(tenant_id=round_.tenant_id, round=round_).standing()
    parts = [
        round_.pk,
        round_.changed_at.isoformat(),
        *releases.order_by("pk").values_list("pk", flat=True),
    ]
    return sha256(json.dumps(parts).encode()).hexdigest()
