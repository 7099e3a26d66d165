"""The page on which an office assigns what was fed back, and where the others meet it."""

from __future__ import annotations

from tests.integration.portal.test_paper_pages import page, sent
from tests.integration.security.ground import browser_of
from tests.integration.sharing.county import settled, take_in_unit_of_team
from tests.integration.sharing.test_rectifying import SERVED
from tests.papers import approve, report_of, serve, to
from tests.teams import Team


def test_the_office_assigns_finding_by_finding(team: Team) -> None:
    county = settled(team)
    take_in_unit_of_team(county)
    first, second = (to(team, "in_report", title) for title in ("第一问题", "第二问题"))
    approve(team)
    report = f"/reports/{report_of(team).pk}/"
    here = f"{report}rectification/"
    wu, qiao, he, bai = (browser_of(team.actor(who)) for who in ("wu", "qiao", "he", "bai"))
    assert "反馈意见尚未送达" in page(wu, here)
    assert "交办整改" not in page(wu, report)
    serve(team, SERVED)

    assert "交办整改：定海区教育局" in page(wu, "/")
    assert here in page(wu, report)
    assert here in page(wu, "/rectification/assign/")
    assert here not in page(he, report)
    assert "还有 2 个问题未交办" in page(wu, here)
    kept = sent(wu, here, {"together": "on"}, 422)
    assert "checked" in kept.partition("together")[2][:200], "what was ticked stays ticked"
    leader = f"leader:{county.actor('bai').user_id}"
    sent(wu, here, {"findings": [first.pk], "leader": leader})
    shown = page(wu, here)
    assert "还有 1 个问题未交办" in shown
    assert f"/findings/{first.pk}/" in shown
    refused = sent(wu, here, {"findings": [first.pk]}, 422)
    assert "第二问题" in refused
    sent(wu, here, {"findings": [second.pk]})
    assert "问题已全部交办" in page(wu, here)

    assert "/items/" in page(qiao, f"/findings/{first.pk}/")
    item = f"/items/{_number(page(qiao, '/my-rectification/'))}/"
    assert f"/findings/{second.pk}/" in page(qiao, item)
    assert "/findings/" not in page(bai, f"/items/{_number(page(bai, '/in-charge/'))}/")


def _number(shown: str) -> str:
    return shown.partition('href="/items/')[2].partition("/")[0]
