"""A clerk's whole way with a roster, in the browser, with a worker in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from launcher.folders import CHECKOUT
from tenancy.actor import Actor
from tenancy.context import in_office
from tenancy.models import Job
from tests.browser.measuring import faint_words, overhang, small_targets
from tests.import_desk import SignedIn, media, signed_in
from tests.workbook_files import LIN, roster

pytestmark = pytest.mark.browser
__all__ = ["media", "signed_in"]

BAD = ("A009", "钱九", "110105194912310021", "甲局", "", "", "")
WORKER = "import django; django.setup(); from tenancy.runner import run_job; run_job({number})"


def work(wu: Actor, environment: dict[str, str]) -> None:
    """One worker process takes the newest job and ends."""
    with in_office(wu.tenant_id, wu.user_id):
        number = Job.objects.latest("pk").pk
    subprocess.run(
        [sys.executable, "-c", WORKER.format(number=number)],
        cwd=CHECKOUT,
        env=environment
        | {"XUNCHA_ROLE": "worker", "PYTHONPATH": f"{CHECKOUT}:{CHECKOUT}/platform"},
        check=True,
    )


def test_a_clerk_uploads_a_roster_and_finds_the_people(
    wu: Actor,
    signed_in: SignedIn,
    site: LiveServer,
    browsing: BrowserContext,
    page: Page,
    process_environment: dict[str, str],
    media: Path,
    tmp_path: Path,
) -> None:
    environment = process_environment | {"MEDIA_ROOT": str(media)}
    session = signed_in(wu).cookies[settings.SESSION_COOKIE_NAME].value
    browsing.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site.url}]
    )

    page.goto("/roster/")
    page.get_by_role("link", name="上传人员名册").first.click()
    page.get_by_label("工作簿（.xlsx）或 CSV").set_input_files(roster(tmp_path, LIN, BAD))
    page.get_by_role("button", name="上传并比对").click()
    expect(page.get_by_text("等待后台处理")).to_be_visible()

    work(wu, environment)  # the page looks again by itself
    expect(page.get_by_role("link", name="未导入 (1)")).to_be_visible()
    expect(page.get_by_text("校验位不符")).to_be_visible()
    expect(page.get_by_role("button", name="取消本次导入")).to_be_visible()
    assert (overhang(page), small_targets(page), faint_words(page)) == (0, [], [])
    with page.expect_download() as download:
        page.get_by_role("link", name="下载错误行").click()
    assert download.value.suggested_filename.endswith(".xlsx")
    page.get_by_role("button", name="应用：新增 1，修改 0").click()

    work(wu, environment)
    expect(page.get_by_text("已应用")).to_be_visible()
    page.get_by_role("link", name="查看人员名册").click()
    page.get_by_role("link", name="林一").click()
    expect(page.get_by_role("heading", name="林一")).to_be_visible()
