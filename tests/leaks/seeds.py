"""Deliberate faults, each of which a named test has to catch.

A seed is one small change of the product's source, migrations included: the database that the
test gets is made from the changed source. It takes away one thing; where two layers guard the
same, the test that is named is the one of the layer that was taken away.
"""

from __future__ import annotations

from tests.leaks.answer_seeds import ANSWERS
from tests.leaks.attachment_seeds import ATTACHMENTS
from tests.leaks.clue_seeds import CLUES
from tests.leaks.content_seeds import CONTENT
from tests.leaks.context_seeds import SIGNATURE
from tests.leaks.corroboration_seeds import CORROBORATION
from tests.leaks.deadline_seeds import DEADLINES
from tests.leaks.dictionary_seeds import DICTIONARIES
from tests.leaks.digest_seeds import OF_DIGESTS
from tests.leaks.fence_seeds import FENCE
from tests.leaks.filter_seeds import FILTER
from tests.leaks.letter_seeds import LETTERS
from tests.leaks.package_seeds import PACKAGES
from tests.leaks.paper_seeds import PAPERS
from tests.leaks.rectification_seeds import RECTIFICATION
from tests.leaks.room_seeds import ROOM_FAULTS
from tests.leaks.shapes import Change, Seed
from tests.leaks.share_seeds import SHARE_FAULTS
from tests.leaks.unit_seeds import UNITS
from tests.leaks.who_seeds import WHO

# The ways in which an access list of the field failed in one year (the records of MISP's, 2026), and
# which seeds are of that way. Nothing is matched across offices yet but by search and delivery.
CLASSES: dict[str, tuple[str, ...]] = {
    "a page or a list asks a second time, past the rules": (
        "list-asks-once-more",
        "view-asks-the-database",
        "reach-to-the-receiver",
    ),
    "a child is open to more people than its parent": (
        "rows-of-an-import-of-anybody",
        "clue-grants-to-the-clerk",
    ),
    "what looks for likeness looks at everybody's": (
        "search-matches-everybody",
        "sent-by-anybody",
        "compared-across-cities",
    ),
    "a change that leaves a field out is not checked for it": ("absent-fields-passed-over",),
    "the caller says whose it is": ("unknown-fields-passed-over", "policy-inserts-anywhere"),
    "one object is judged and another acted on": ("body-s-number-counts",),
    "an act on many asks for the role alone": (
        "people-of-anybody-released",
        "missing-people-passed-over",
        "asked-of-any-office",
        "places-passed-over",
    ),
    "a rule for everybody, or one that is misspelt": (
        "open-to-everybody-seated",
        "rule-of-everybody",
        "another-permission-named",
        "rule-misspelt",
        "views-by-who-sees-shares",
        "grants-by-who-is-seated",
    ),
    "a fence that is down, or that its owner passes": ("fence-off", "fence-not-forced"),
    "a view or function that reads as its owner": (
        "view-past-the-fence",
        "function-tells-what-is-there",
    ),
    "a worker outside of any office": ("worker-without-context", "worker-with-yesterday-s-seats"),
    "something kept without whose it is": ("kept-from-one-to-the-next", "reply-to-another-call"),
    "a file that nobody asked a permission for": ("export-without-permission", "export-unasked"),
    "an administrator who sees or grants": (
        "administrator-with-business",
        "own-seat-decided",
        "everybody-s-sign-ins",
    ),
}

SEEDS: tuple[Seed, ...] = (
    *FENCE,
    *SIGNATURE,
    *FILTER,
    *ANSWERS,
    *WHO,
    *UNITS,
    *CONTENT,
    *DICTIONARIES,
    *ROOM_FAULTS,
    *PAPERS,
    *CLUES,
    *LETTERS,
    *CORROBORATION,
    *RECTIFICATION,
    *DEADLINES,
    *PACKAGES,
    *OF_DIGESTS,
    *ATTACHMENTS,
    *SHARE_FAULTS,
)
# New or changed since `./run leaks` ran over all; a run in which they are caught takes them out.
UNTRIED: frozenset[str] = frozenset()
__all__ = ["CLASSES", "LAYERS", "SEEDS", "UNTRIED", "Change", "Seed"]
LAYERS = {
    "fence": "the database's policies, keys and grants",
    "context": "who the database and the worker believe to act",
    "filter": "the queries' own filter, with the fence away",
    "service": "what a service checks",
    "answer": "what an answer tells",
    "who": "who may",
    "content": "what crosses from one office to another",
}
