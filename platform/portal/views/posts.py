"""Posts of a team: named by its leader in the room, kept to outsiders by the leading office."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.faults import faults_at, status_of
from portal.http import posted
from portal.post_forms import NameForm, PersonForm, SettingForm
from sharing.domain.posts import Post
from sharing.selectors.posts import names_posts, post_settings, room_posts
from sharing.selectors.rooms import room_page
from sharing.services.posts import end_post, name_to_post, set_post
from tenancy.domain.roles import Permission
from tenancy.http import actor_of


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest, number: int) -> HttpResponse:
    actor, typed = actor_of(request), posted(request)
    page, lines = room_page(actor, number), room_posts(actor, number)
    if typed is not None:
        actor.must(Permission.NAME_POSTS)
    wanted = request.POST.get("post", "")
    forms = {
        line.post: NameForm(
            typed if line.post == wanted else None,
            line.post,
            [(f"{one.origin_id}:{one.person_number}", one.name) for one in line.may_name],
        )
        for line in lines
    }
    form = forms.get(Post(wanted)) if wanted in list(Post) else None
    if form is not None and form.is_valid():
        with faults_at(form):
            name_to_post(actor=actor, number=number, **form.given)  # type: ignore[arg-type]
            messages.success(request, _("Named. From now on they see what the post keeps."))
            return redirect("portal:room-posts", number)
    context = {
        "page": page,
        "lines": [(line, forms[line.post]) for line in lines],
        "names": names_posts(actor, number),
        "kept": [line for line in lines if line.for_outsiders],
    }
    status = 200 if typed is None else status_of(*([form] if form is not None else []))
    return render(request, "portal/rooms/posts.html", context, status=status)


@require_POST
def end(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    room_page(actor, number)
    actor.must(Permission.NAME_POSTS)
    form = PersonForm(request.POST)
    if form.is_valid():
        end_post(actor=actor, number=number, **form.given)  # type: ignore[arg-type]
        messages.success(request, _("Ended. They see nothing of what the post keeps any more."))
    return redirect("portal:room-posts", number)


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    actor.must(Permission.SET_POSTS)
    form = SettingForm(posted(request))
    if form.is_valid():
        given = form.cleaned_data
        set_post(actor=actor, post=Post(given["post"]), for_outsiders=given["for_outsiders"])
        messages.success(request, _("It holds from now on, in the rooms that are open as well."))
        return redirect("portal:post-settings")
    context = {"lines": post_settings(actor), "form": form}
    return render(request, "portal/rooms/post_settings.html", context, status=status_of(form))
