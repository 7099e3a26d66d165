from __future__ import annotations

from django.urls import path

from portal.views import package_keys, packages

urlpatterns = [
    path("packages-sent/", packages.sent_index, name="packages-sent"),
    path("packages-sent/<int:number>/", packages.sent, name="package-sent"),
    path("packages-sent/new/", packages.new, name="package-new"),
    path("packages-received/", packages.received_index, name="packages-received"),
    path("packages-received/<int:number>/", packages.received, name="package-received"),
    path("packages-brought/new/", packages.bring, name="package-bring"),
    path("packages-brought/<int:number>/", packages.brought, name="package-brought"),
    path("packages-brought/<int:number>/take-in/", packages.take_in, name="package-take-in"),
    path("packages-brought/<int:number>/drop/", packages.drop, name="package-drop"),
    path("package-records/<int:number>/", packages.record, name="package-record"),
    path("package-records/<int:number>/answer/", packages.answer, name="package-record-answer"),
    path("package-keys/", package_keys.index, name="package-keys"),
    path("package-keys/renew/", package_keys.renew, name="package-key-renew"),
    path("package-keys/new/", package_keys.new, name="package-key-new"),
    path("package-keys/<int:number>/", package_keys.detail, name="package-key"),
    path("package-keys/<int:number>/confirm/", package_keys.confirm, name="package-key-confirm"),
    path("package-keys/<int:number>/withdraw/", package_keys.withdraw, name="package-key-withdraw"),
]
