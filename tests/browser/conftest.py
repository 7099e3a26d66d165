"""A page in headless Chromium that fails its test when the browser complains."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Response,
    sync_playwright,
)
from pytest_django.live_server_helper import LiveServer

from tests.browser.chromium import chromium_path, launched

CLIENT_ERROR = 400
# Milliseconds, and bytes a second.
SLOW_LINE = {
    "offline": False,
    "latency": 300,
    "downloadThroughput": 500_000,
    "uploadThroughput": 500_000,
}
WATCH_POLICY = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error("policy: " + event.violatedDirective + " " + event.blockedURI));
"""
# A page that refuses answers with 4xx on purpose; Chromium reports that as an error of loading.
OF_LOADING = "Failed to load resource"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    # Playwright keeps an event loop in this thread until the end, and Django would take our
    # queries, the last ones at teardown too, for its.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        path = chromium_path(playwright)
        if path is None:
            pytest.skip("no Chromium: install one, or name it in CHROMIUM")
        browser = launched(playwright, path)
        yield browser
        browser.close()


@dataclass
class Complaints:
    """What the browser found wrong with our pages."""

    heard: list[str] = field(default_factory=list)

    def forgive(self, words: str) -> None:
        """What a test brought about on purpose."""
        self.heard = [heard for heard in self.heard if words not in heard]

    def watch(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", self._error)
        page.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and OF_LOADING not in message.text:
            self.heard.append(message.text)

    def _error(self, error: Error) -> None:
        self.heard.append(str(error))

    def _response(self, response: Response) -> None:
        if "/static/" in response.url and response.status >= CLIENT_ERROR:
            self.heard.append(f"{response.status} {response.url}")


@pytest.fixture
def browsing(chromium: Browser, site: LiveServer) -> Iterator[BrowserContext]:
    """A fresh browser session on the site, 1440 pixels wide."""
    context = chromium.new_context(
        base_url=site.url, viewport={"width": 1440, "height": 900}, locale="en-US"
    )
    context.add_init_script(WATCH_POLICY)
    context.set_default_timeout(10_000)
    yield context
    context.close()


def lengthen(page: Page) -> None:
    """A line of 300 ms: what a test does too early, before a page's scripts, fails on it."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_LINE)


@pytest.fixture
def complaints() -> Complaints:
    return Complaints()


@pytest.fixture
def page(browsing: BrowserContext, complaints: Complaints) -> Iterator[Page]:
    opened = browsing.new_page()
    if "SLOW_LINE" in os.environ:
        lengthen(opened)
    complaints.watch(opened)
    yield opened
    assert complaints.heard == []
