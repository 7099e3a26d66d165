"""Pictures of pages, to look at: `python -m tests.browser.look FOLDER ADDRESS USER PASSWORD PATH…`

Drives a site that is running (./run demo) at a desk's and a phone's width, in both languages,
and says what is wrong that can be measured. It asserts nothing; people do.
"""

from __future__ import annotations

import sys
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.chromium import chromium_path, launched
from tests.browser.measuring import faint_words, overhang, small_targets

WIDTHS = {"desk": (1440, 900), "phone": (390, 844)}
LANGUAGES = {"zh": "zh-hans", "en": "en"}
SETTLED_MS = 800


def take_pictures(
    browser: Browser, folder: Path, address: str, account: tuple[str, str], paths: list[str]
) -> None:
    for (width, (wide, high)), (code, language) in product(WIDTHS.items(), LANGUAGES.items()):
        context = browser.new_context(
            base_url=address, viewport={"width": wide, "height": high}, locale="zh-CN"
        )
        context.add_cookies([{"name": "language", "value": language, "url": address}])
        page = context.new_page()
        page.on("console", lambda message: print(f"  {message.type}: {message.text[:200]}"))
        _sign_in(page, account)
        for path in paths:
            page.goto(path)
            page.wait_for_timeout(SETTLED_MS)
            name = path.strip("/").replace("/", "-") or "desk"
            page.screenshot(path=folder / f"{name}.{width}.{code}.png", full_page=True)
            print(f"{path} {width} {code}: {_measured(page)}")
        context.close()


def _sign_in(page: Page, account: tuple[str, str]) -> None:
    username, password = account
    page.goto("/sign-in/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", password)
    page.click(".gate-box button")
    page.wait_for_url(lambda url: "sign-in" not in url)


def _measured(page: Page) -> str:
    return (
        f"{overhang(page)} px too wide, {len(small_targets(page))} small targets,"
        f" {len(faint_words(page))} faint words"
    )


def main(folder: str, address: str, username: str, password: str, *paths: str) -> None:
    Path(folder).mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        path = chromium_path(playwright)
        if path is None:
            sys.exit("No Chromium was found. Install one, or name it in CHROMIUM.")
        browser = launched(playwright, path)
        take_pictures(browser, Path(folder), address, (username, password), list(paths) or ["/"])
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
