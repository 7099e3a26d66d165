"""This house's addresses below /api/v1/."""

from __future__ import annotations

from django.urls import path

from sharing.api import history, papers, reports

urlpatterns = [
    path("history-figures", history.Figures.as_view(), name="history-figures"),
    path("papers", papers.Papers.as_view(), name="papers"),
    path("papers/<int:number>", papers.OnePaper.as_view(), name="paper"),
    path("papers/<int:number>/versions", papers.PaperVersions.as_view(), name="paper-versions"),
    path(
        "papers/<int:number>/comparison", papers.PaperComparison.as_view(), name="paper-comparison"
    ),
    path("papers/<int:number>/acts", papers.PaperActs.as_view(), name="paper-acts"),
    path("findings", papers.Findings.as_view(), name="findings"),
    path("findings/<int:number>", papers.OneFinding.as_view(), name="finding"),
    path(
        "findings/<int:number>/comments", papers.FindingComments.as_view(), name="finding-comments"
    ),
    path("finding-classes", reports.FindingClasses.as_view(), name="finding-classes"),
    path(
        "finding-classes/<int:number>/retire",
        reports.RetireFindingClass.as_view(),
        name="finding-class-retire",
    ),
    path("reports", reports.Reports.as_view(), name="reports"),
    path("reports/<int:number>", reports.OneReport.as_view(), name="report"),
    path("reports/<int:number>/texts", reports.ReportTexts.as_view(), name="report-texts"),
    path("reports/<int:number>/acts", reports.ReportActs.as_view(), name="report-acts"),
]
