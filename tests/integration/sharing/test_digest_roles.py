"""Who may count across counties: one role, by functions alone, for a digest that is being made."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.apps import apps

from sharing.models.digests import Digest, DigestQuestion, DigestRule
from tenancy.actor import Actor
from tenancy.statistics import NoStatistics, counting
from tests.integration.sharing.digests import CITY, DINGHAI, DigestCity, lay_clue
from tests.integration.tenancy.raw import Raw
from tests.people import acting

ZHAO, CHEN, LIN = 9002, 9001, 9003
Q1, Q2, Q3, Q4 = (date(2025, month, 1) for month in (1, 4, 7, 10))
ASK, TELL = "SELECT sec.ask_counts(%s, %s, %s)", "SELECT codes, records FROM sec.told_counts(%s)"


@pytest.fixture
def making(digest_city: DigestCity) -> int:
    """The third quarter's digest is being made; one clue of Dinghai was handed over in it."""
    digest_city.begin(since=2025)
    with digest_city.lay() as lay:
        digest_city.lay_digest(lay, Q1, Q2, "published")
        digest_city.lay_digest(lay, Q2, Q3, "published")
        lay_clue(lay, DINGHAI, date(2025, 8, 1))
        return digest_city.lay_digest(lay, Q3, Q4, "making")


@pytest.fixture
def statistics(making: int, connect_as: Callable[[str], Any]) -> Raw:
    return Raw(connect_as("statistics"))


def asked(raw: Raw, digest: int, table: str = "clues", cohort: str = "2025-Q3") -> int:
    """Written down and committed."""
    raw.act_for(CITY, ZHAO)
    number = raw.one(ASK, digest, table, cohort)
    raw.connection.commit()
    raw.act_for(CITY, ZHAO)
    return int(number)


def test_it_is_told_counts(statistics: Raw, making: int) -> None:
    number = asked(statistics, making)

    assert statistics.rows(TELL, number) == [(["dinghai"], 1)]


def test_it_reads_no_row_of_any_table(statistics: Raw) -> None:
    statistics.act_for(CITY, ZHAO)
    tables = {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label != "guardian"
    }

    for table in sorted(tables | {"sec.context_key"}):
        for sql in (f"SELECT 1 FROM {table}", f"DELETE FROM {table}"):
            with statistics.refused("permission denied"):
                statistics.run(sql)
    assert "sharing_workingpaper" in tables
    with statistics.refused("permission denied"):
        statistics.rows("SELECT * FROM sec.digest_findings(%s, '2025-01-01', '2026-01-01')", CITY)


@pytest.mark.parametrize(
    ("office", "person"),
    [(DINGHAI, LIN), (CITY, CHEN), (CITY, None), (DINGHAI, ZHAO), (9003, ZHAO)],
)
def test_nobody_but_the_city_s_director_asks(
    statistics: Raw, making: int, office: int, person: int | None
) -> None:
    statistics.act_for(office, person)

    with statistics.refused("for a digest that is being made"):
        statistics.rows(ASK, making, "clues", "2025-Q3")


def test_without_a_context_or_with_a_forged_one_nothing_is_told(
    statistics: Raw, making: int
) -> None:
    number = asked(statistics, making)
    for context in ("", f"v1.{CITY}.{ZHAO}.9999999999.{'0' * 64}"):
        statistics.say(context)
        with statistics.refused("for a digest that is being made"):
            statistics.rows(ASK, making, "clues", "2025-Q3")
        with statistics.refused("a moment ago"):
            statistics.rows(TELL, number)


@pytest.mark.parametrize(
    ("table", "cohort"),
    [
        ("clues", "2025-Q2"),  # of another period
        ("outcomes", "2025-Q3"),  # told half a year later
        ("outcomes", "2025-Q2"),
        ("outcomes", "2025-Q4"),
        ("subjects", "2025-Q3"),
        ("clues; DROP TABLE x", "2025-Q3"),
        ("", ""),
    ],
)
def test_only_declared_tables_of_their_period(
    statistics: Raw, making: int, table: str, cohort: str
) -> None:
    statistics.act_for(CITY, ZHAO)

    with statistics.refused("no such table of that period"):
        statistics.rows(ASK, making, table, cohort)


def test_what_became_is_told_of_the_cohort_that_is_due(statistics: Raw, making: int) -> None:
    assert statistics.rows(TELL, asked(statistics, making, "outcomes", "2025-Q1")) == []


def test_whoever_undoes_the_question_is_told_nothing(statistics: Raw, making: int) -> None:
    """Else the count could be had without a line of it in the record."""
    statistics.act_for(CITY, ZHAO)
    number = statistics.one(ASK, making, "clues", "2025-Q3")

    with statistics.refused("a moment ago"):
        statistics.rows(TELL, number)
    statistics.run("SAVEPOINT inner_one")
    number = statistics.one(ASK, making, "clues", "2025-Q3")
    statistics.run("RELEASE SAVEPOINT inner_one")
    with statistics.refused("a moment ago"):
        statistics.rows(TELL, number)


def test_a_question_of_long_ago_or_of_a_digest_that_is_over_is_not_told(
    statistics: Raw, making: int, digest_city: DigestCity
) -> None:
    old, now = asked(statistics, making), asked(statistics, making)
    statistics.connection.commit()
    with digest_city.lay() as lay:
        lay.cursor.execute(
            "UPDATE sharing_digestquestion SET asked_at = asked_at - interval '16 minutes' WHERE id = %s",
            [old],
        )
    statistics.act_for(CITY, ZHAO)
    assert statistics.rows(TELL, now)
    with statistics.refused("a moment ago"):
        statistics.rows(TELL, old)
    statistics.connection.commit()
    with digest_city.lay() as lay:
        lay.cursor.execute("UPDATE sharing_digest SET state = 'ready' WHERE id = %s", [making])
    statistics.act_for(CITY, ZHAO)
    with statistics.refused("a moment ago"):
        statistics.rows(TELL, now)
    with statistics.refused("for a digest that is being made"):
        statistics.rows(ASK, making, "clues", "2025-Q3")


def test_each_question_stands_in_a_table_and_in_the_record(
    statistics: Raw, making: int, zhao: Actor, superuser_connection: Any
) -> None:
    asked(statistics, making)
    statistics.connection.commit()

    superuser = Raw(superuser_connection)
    assert superuser.rows(
        'SELECT digest_id, "table", cohort, asked_by_id, asked_by_name FROM sharing_digestquestion'
    ) == [(making, "clues", "2025-Q3", ZHAO, "赵望舒")]
    assert superuser.rows(
        "SELECT tenant_id, user_id, object_id, data FROM tenancy_auditentry"
        " WHERE action = 'sharing.digest.counted'"
    ) == [(CITY, ZHAO, making, {"table": "clues", "period": "2025-Q3"})]


@pytest.mark.parametrize("role", ["app", "worker"])
def test_neither_the_web_nor_a_worker_counts_or_rewrites_what_was_asked(
    statistics: Raw, making: int, connect_as: Callable[[str], Any], role: str
) -> None:
    number = asked(statistics, making)
    other = Raw(connect_as(role))
    other.act_for(CITY, ZHAO)

    for sql, values in (
        (ASK, (making, "clues", "2025-Q3")),
        (TELL, (number,)),
        ("SELECT * FROM sec.earlier_digests(%s)", (making,)),
        ("SELECT document FROM sharing_sealeddigest", ()),
        ("SELECT sealed FROM sharing_sealeddigest", ()),
        ("UPDATE sharing_digestquestion SET cohort = ''", ()),
        ("DELETE FROM sharing_digestquestion", ()),
        ("UPDATE sharing_digestcopy SET document = ''", ()),
        ("INSERT INTO sharing_digestcopy (tenant_id, sender_id) VALUES (9001, 9001)", ()),
    ):
        with other.refused("permission denied"):
            other.rows(sql, *values)


def test_the_county_s_director_reads_neither_rules_nor_questions(
    statistics: Raw, making: int, lin: Actor
) -> None:
    asked(statistics, making)
    statistics.connection.commit()
    with acting(lin):
        assert not any(model.objects.exists() for model in (Digest, DigestQuestion, DigestRule))


@pytest.mark.parametrize("role", ["worker", "app", "owner", None])
def test_no_other_login_counts(
    digest_city: DigestCity, zhao: Actor, settings: Any, role: str | None
) -> None:
    login = None if role is None else digest_city.login_as(role)
    settings.STATISTICS_DATABASE = login and {
        "NAME": login.database, "USER": login.user, "PASSWORD": login.password,
        "HOST": login.host, "PORT": str(login.port), "OPTIONS": {},
    }  # fmt: skip

    with pytest.raises(NoStatistics), counting(zhao):
        pass
    digest_city.begin(since=2025)
    digest = digest_city.make()
    assert digest.state == "refused"
    assert digest.job is not None
    assert digest.job.error is not None
    assert digest.job.error["code"] == "tenancy.statistics.not_set_up"
