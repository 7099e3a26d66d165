"""What is kept of where somebody signed in."""

from __future__ import annotations

import pytest

from tenancy.domain.sessions import ENDING_TITLES, Ending, browser_of, network_of

EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/131.0 Safari/537.36 Edg/131.0"


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("10.1.2.3", "10.1.2.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:10.1.2.3", "10.1.2.0/24"),
        ("", ""),
        ("nowhere", ""),
    ],
)
def test_of_an_address_its_network_is_kept(address: str, network: str) -> None:
    assert network_of(address) == network


@pytest.mark.parametrize(
    ("said", "name"),
    [(EDGE, "Edge · Windows"), ("curl/8.0", ""), ("Firefox Linux", "Firefox · Linux")],
)
def test_of_a_browser_its_name_is_kept(said: str, name: str) -> None:
    assert browser_of(said) == name


def test_every_ending_has_its_words() -> None:
    assert set(ENDING_TITLES) == set(Ending)
