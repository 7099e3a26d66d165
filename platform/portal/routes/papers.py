from __future__ import annotations

from django.urls import path

from portal.views import assigning, findings, papers, reports

urlpatterns = [
    path("papers/", papers.index, name="papers"),
    path("papers/new/", papers.new, name="paper-new"),
    path("papers/<int:number>/", papers.detail, name="paper-detail"),
    path("papers/<int:number>/edit/", papers.edit, name="paper-edit"),
    path("papers/<int:number>/versions/", papers.versions, name="paper-versions"),
    path("papers/<int:number>/files/", papers.files, name="paper-files"),
    path("papers/<int:number>/files/off/", papers.files_off, name="paper-files-off"),
    path("papers/<int:number>/act/", papers.act, name="paper-act"),
    path("findings/", findings.index, name="findings"),
    path("findings/<int:number>/", findings.detail, name="finding-detail"),
    path("findings/<int:number>/comment/", findings.comment, name="finding-comment"),
    path("reports/", reports.index, name="reports"),
    path("reports/new/", reports.new, name="report-new"),
    path("reports/<int:number>/", reports.detail, name="report-detail"),
    path("reports/<int:number>/text/", reports.write_text, name="report-text"),
    path("reports/<int:number>/feedback/", reports.write_feedback, name="report-feedback"),
    path("reports/<int:number>/papers/", reports.put, name="report-papers"),
    path("reports/<int:number>/rectification/", assigning.assign, name="report-rectification"),
    path("reports/<int:number>/act/", reports.act, name="report-act"),
]
