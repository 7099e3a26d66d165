"""The page of a folder, as the page of any record that files hang on: `ROOT_URLCONF="tests.filing.page"`."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import include, path

from portal.attachment_forms import AttachForm
from portal.faults import faults_at, status_of
from portal.http import posted
from sharing.selectors.attachments import attachment_lines
from sharing.services.attaching import take_in
from tenancy.http import actor_of
from tests.filing.access import access_folder
from tests.filing.models import FolderFile

TEMPLATE = """{% extends "webui/base.html" %}
{% load i18n webui %}
{% block title %}Folder{% endblock %}
{% block heading %}Folder{% endblock %}
{% block content %}{% include "portal/attachments/_list.html" %}{% endblock %}"""


def folder(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    found = access_folder(actor, number)
    form = AttachForm(posted(request), request.FILES or None)
    if form.is_valid():
        with faults_at(form):
            take_in(actor=actor, link=FolderFile, subject=found.pk, **form.draft())
            return redirect(request.path)
    lines = attachment_lines(actor, FolderFile, found.pk)
    context = {"attachments": lines, "attach_url": request.path, "form": form}
    page = engines["django"].from_string(TEMPLATE).render(context, request)
    return HttpResponse(page, status=status_of(form))


urlpatterns = [
    path("folders/<int:number>/", folder, name="folder"),
    path("", include("config.urls")),
]
