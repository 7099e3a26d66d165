"""How people of the tests sign in, on the screen."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.people import PASSWORD


def sign_in(page: Page, username: str, password: str = PASSWORD) -> None:
    """Fill in and send the form that is on the screen."""
    page.locator("[name=username]").fill(username)
    page.locator("[name=password]").fill(password)
    page.locator(".gate-box button").click()


def come_in(page: Page, username: str, path: str = "/") -> None:
    """Sign in and stand on the page at `path`."""
    page.goto(path)
    sign_in(page, username)
    _stand_inside(page)


def change_to(page: Page, username: str, address: str) -> None:
    """Sign out, and come in as somebody else."""
    page.get_by_role("button", name="退出").click()
    come_in(page, username, address)


def _stand_inside(page: Page) -> None:
    """Wait for the page behind the gate, with its scripts: a key pressed earlier is lost on them."""
    expect(page.locator(".gate-box")).to_have_count(0)
    page.wait_for_load_state("load")
