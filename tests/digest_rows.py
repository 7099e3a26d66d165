"""A published digest as rows, without counting anything: for tests of who may read them."""

from __future__ import annotations

from datetime import date

from django.db import connection, transaction

from kernel.clock import now
from kernel.text import Text
from sharing.domain.digest.declared import Words, tables_of
from sharing.domain.digest.periods import Length, Period
from sharing.domain.digest.publications import Publication
from sharing.domain.digest.tables import Value
from sharing.mapping.digests import document_of
from sharing.models.digests import Digest, DigestCopy, DigestRule

PERIOD, NEXT = Period(2025, 1, Length.QUARTER), Period(2025, 2, Length.QUARTER)


def a_document(word: str, city: str = "某市") -> str:
    """All figures are zero. `word`: stands in it as a category."""
    words = Words((Value("U1", Text(zh=word, en=word)),), (), (), ())
    tables = tables_of(words, PERIOD.name, {})
    figures = {cell: 0 for table in tables for cell in table.cells()}
    return document_of(Publication(PERIOD.name, 3, tables, figures), PERIOD, NEXT, city)


def lay_digest(
    city: int, offices: list[int], *, word: str, name: str = "某市"
) -> tuple[int, dict[int, int]]:
    """As a superuser. Of the city its rule and the digest; the copies' numbers, by office.
    `word`: as in `a_document`."""
    document = a_document(word, name)
    days = {"begins_on": PERIOD.begins_on, "until_on": PERIOD.until}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = 'replica'")
        DigestRule.objects.create(
            tenant_id=city, since_year=2025, length="quarter", minimum=3, set_at=now()
        )
        digest = Digest.objects.create(
            tenant_id=city, period=PERIOD.name, appears_on=date(2025, 4, 15), minimum=3,
            state=Digest.State.PUBLISHED, published_at=now(), sha256="x", **days,
        )  # fmt: skip
        copies = {
            office: DigestCopy.objects.create(
                tenant_id=office, sender_id=city, period=PERIOD.name, published_at=now(),
                document=document, sha256="x", **days,
            ).pk
            for office in (city, *offices)
        }  # fmt: skip
    return digest.pk, copies
