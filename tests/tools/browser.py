"""Chromium for the browser tests: found, or installed where this machine lets us."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache

from playwright.sync_api import sync_playwright

from tests.browser.chromium import NAMES, chromium_path

# The fonts, because pages are measured and looked at in Chinese.
PACKAGES = ("chromium", "fonts-noto-cjk")


@cache
def has_browser() -> bool:
    if os.environ.get("CHROMIUM") or any(map(shutil.which, NAMES)):
        return True
    with sync_playwright() as playwright:
        return chromium_path(playwright) is not None


def fetch_browser() -> None:
    """Root on a system with apt-get gets one; elsewhere the tests say what they leave out."""
    if has_browser.__wrapped__() or os.geteuid() != 0 or shutil.which("apt-get") is None:
        return
    print(f"Installing {' and '.join(PACKAGES)} for the browser tests: some minutes.", flush=True)
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *PACKAGES]
    for command in (["apt-get", "update", "-qq"], install):
        done = subprocess.run(
            command,
            env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            check=False,
        )
        if done.returncode != 0:
            print(f"`{' '.join(command)}` ended with {done.returncode}; going on without.")
            return


def main() -> int:
    """Say whether browser tests can run here; `.ci/run` does not pass without them."""
    if has_browser():
        return 0
    print("No Chromium was found, and none could be installed: the browser tests did not run.")
    return 1


if __name__ == "__main__":
    sys.exit(main())
