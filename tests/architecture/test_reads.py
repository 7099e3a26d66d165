"""No page and no operation of which nobody has decided whether looking at it is an act."""

from __future__ import annotations

import pytest

from httpapi.rules import reads_of_operations
from portal.readings import reads_of_addresses
from scheduling.selectors import sights
from tenancy.domain.acts import ACTS, OBJECTS
from tenancy.domain.reads import NO, SERVICE, ReadsFault, read_reads
from tenancy.services.reading import kinds_seen
from tests.architecture.test_rules import kinds_told, operations
from tests.integration.portal.test_the_door import _addresses
from tests.unit.tenancy.test_acts import RECORDED, ROOT

assert sights  # importing it registers what is seen where

# These reply with what is personal, and leave no line; each with its reason.
PERSONAL_AND_NOT_RECORDED = {
    "read_me": "oneself",
    "list_handlers": "colleagues of the own office by name",
    "list_unit_contacts": "contacts of the own office by name, beside their units",
    "read_unit_contacts": "contacts of the own office by name",
    "list_hand_over_lists": "who signed, by name",
    "list_sealed_exports": "a colleague's name beside each request",
    "list_publications": "who published, by name",
    "list_confirmation_requests": "who asked, by name",
    "list_runs": "who asked, by name",
    "list_ours": "how many people, and no name",
    "list_received_packages": "which colleague took one in",
    "list_sent_packages": "which colleague made one",
    "read_received_package": "which colleague took it in",
    "read_sent_package": "which colleague made it",
    "list_share_groups": "which colleague made one",
    "read_share_group": "which colleague made it",
    "read_deadline_terms": "which colleague set a working day, by name",
}


def test_every_address_of_the_portal_is_decided() -> None:
    there = {name for name, _ in _addresses()}

    assert there - set(reads_of_addresses()) == set(), "Give each its line in portal/reads.csv."
    assert set(reads_of_addresses()) - there == set(), "No such address is left."


def test_every_operation_that_hands_something_out_is_decided() -> None:
    """What acts leaves its own line; one reply is kept nowhere, and is a reading."""
    there = {name for name, verb in operations().items() if verb.kind != "act" or not verb.is_kept}

    assert there - set(reads_of_operations()) == set(), "httpapi/reads.csv lacks them."
    assert set(reads_of_operations()) - there == set(), "No such operation is left."


def test_what_tells_of_persons_is_recorded() -> None:
    """By the classes of the fields that it tells (fields.csv): a slip in the table shows here."""
    silent = {
        name
        for name, reading in reads_of_operations().items()
        if reading.reads == NO and kinds_told(operations()[name]) & {"personal", "sensitive"}
    }

    assert silent <= set(PERSONAL_AND_NOT_RECORDED)


def test_whose_facts_are_seen_is_known_of_every_kind() -> None:
    tables = (*reads_of_addresses().values(), *reads_of_operations().values())

    assert {reading.of for reading in tables if reading.is_noted_here} == kinds_seen()


def test_a_service_records_what_the_table_says_that_it_records() -> None:
    """Or the function of the database that hands it out."""
    code = "".join(
        path.read_text("utf-8")
        for house in ("scheduling", "sharing", "tenancy")
        for place in ("services/*.py", "migrations/*.py")
        for path in (ROOT / house).rglob(place)
    )
    recorded = {act for groups in RECORDED.findall(code) for act in groups if act}
    tables = (*reads_of_addresses().values(), *reads_of_operations().values())

    promised = {reading.act for reading in tables if reading.reads == SERVICE}
    assert promised <= recorded
    assert promised <= set(ACTS)


def test_page_and_operation_call_the_same_reading_the_same() -> None:
    """An office that searches its record finds both by one name."""
    for name in ("import", "plan", "run", "publication", "extract", "request", "call"):
        acts = {
            reading.act
            for reading in (*reads_of_addresses().values(), *reads_of_operations().values())
            if reading.of == name and "desk" not in reading.act
        }
        assert len(acts) == 1, name


@pytest.mark.parametrize(
    "line",
    [
        "home,no,,",
        "home,maybe,,,why",
        "home,no,,,",
        "home,no,plan,,why",
        "home,no,,scheduling.plan.opened,why",
        "home,each,,scheduling.plan.opened,why",
        "home,each,plan,,why",
        "home,service,plan,scheduling.plan.opened,why",
        "home,no,,,why\nhome,no,,,why",
    ],
)
def test_a_line_that_says_nothing_or_two_things_is_refused(line: str) -> None:
    with pytest.raises(ReadsFault):
        read_reads(f"address,reads,of,act,why\n{line}")


def test_what_can_be_looked_at_has_a_name() -> None:
    assert {"scheduling.publishedextract", "scheduling.solverun", "tenancy.user"} <= set(OBJECTS)
