"""Posts of a team, and which of them are kept to outsiders."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from httpapi.declarations import Call, acts, reads
from httpapi.endpoint import Endpoint
from httpapi.fields import Input, Number, Output, Said
from sharing.domain.posts import BY_SEAT, Post
from sharing.selectors.posts import post_settings, room_posts
from sharing.services.posts import end_post, name_to_post, set_post
from tenancy.domain.roles import Permission

NAMED_TO = [one.value for one in Post if one not in BY_SEAT]


class RoomPostIn(Input):
    post = serializers.ChoiceField(choices=NAMED_TO)
    origin = Number(help_text="The office that sent the person.")
    person = serializers.CharField(max_length=50, help_text="The person's number there.")


class PostSettingIn(Input):
    post = serializers.ChoiceField(choices=[one.value for one in Post])
    for_outsiders = serializers.BooleanField()


class RoomPostHolderOut(Output):
    origin = serializers.IntegerField(source="seat.origin_id")
    person = serializers.CharField(source="seat.person_number")
    name = serializers.CharField(source="seat.name")
    named_by = serializers.CharField(source="named.named_by_name")
    named_at = serializers.DateTimeField(source="named.named_at")
    is_kept_away = serializers.BooleanField(help_text="The post gives them nothing any more.")


class RoomPostOut(Output):
    post = serializers.CharField()
    title = Said()
    for_outsiders = serializers.BooleanField()
    holders = RoomPostHolderOut(many=True)


class RoomPostsOut(Output):
    posts = RoomPostOut(many=True, source="*")


class PostSettingOut(Output):
    post = serializers.CharField()
    title = Said()
    for_outsiders = serializers.BooleanField()
    standard = serializers.BooleanField(help_text="What holds where nobody has said anything.")


class PostSettingsOut(Output):
    posts = PostSettingOut(many=True, source="*")


class RoomPosts(Endpoint):
    @reads("read_room_posts", Permission.WORK_IN_ROOM, gives=RoomPostsOut)
    def get(self, call: Call, number: int) -> Any:
        """Who of the team is named to which post of this room."""
        return room_posts(call.actor, number)

    @acts("name_to_post", Permission.NAME_POSTS, takes=RoomPostIn, gives=RoomPostsOut)
    def post(self, call: Call, number: int) -> Any:
        """Name somebody of the team to a post; of the county nobody to one kept to outsiders."""
        given = dict(call.given)
        name_to_post(actor=call.actor, number=number, post=Post(given.pop("post")), **given)
        return room_posts(call.actor, number)


class EndRoomPost(Endpoint):
    @acts("end_post", Permission.NAME_POSTS, takes=RoomPostIn, gives=RoomPostsOut)
    def post(self, call: Call, number: int) -> Any:
        """End it: from now on they read nothing of what the post keeps."""
        given = dict(call.given)
        end_post(actor=call.actor, number=number, post=Post(given.pop("post")), **given)
        return room_posts(call.actor, number)


class PostSettings(Endpoint):
    @reads("read_post_settings", Permission.SET_POSTS, gives=PostSettingsOut)
    def get(self, call: Call) -> Any:
        """Which posts are kept to outsiders in the rounds that the office leads."""
        return post_settings(call.actor)

    @acts("set_post", Permission.SET_POSTS, takes=PostSettingIn, gives=PostSettingsOut)
    def put(self, call: Call) -> Any:
        """Keep a post to outsiders, or open it to the whole team. It holds in open rooms at once."""
        given = call.given
        set_post(actor=call.actor, post=Post(given["post"]), for_outsiders=given["for_outsiders"])
        return post_settings(call.actor)
