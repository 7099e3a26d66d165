from __future__ import annotations

from django.urls import path

from portal.views import webhooks

urlpatterns = [
    path("webhooks/", webhooks.index, name="webhooks"),
    path("webhooks/<int:number>/", webhooks.detail, name="webhook-detail"),
    path("webhooks/<int:number>/test/", webhooks.test, name="webhook-test"),
    path("webhooks/<int:number>/again/", webhooks.again, name="webhook-again"),
    path("webhooks/<int:number>/rotate/", webhooks.rotate, name="webhook-rotate"),
    path("webhooks/<int:number>/resume/", webhooks.resume, name="webhook-resume"),
    path("webhooks/<int:number>/end/", webhooks.end, name="webhook-end"),
    path("webhook-hosts/", webhooks.hosts, name="webhook-hosts"),
    path("webhook-hosts/remove/", webhooks.remove_host, name="webhook-host-remove"),
]
