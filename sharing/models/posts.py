"""Posts of a team: which of them the leading office keeps to outsiders, and who is named to which."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from sharing.domain.posts import BY_SEAT, Post
from sharing.models.rooms import Room, RoomSeat
from tenancy.models import TenantOwned
from tenancy.visibility import OfficeQuerySet


class PostSetting(TenantOwned):
    """What the office that leads rounds has said of a post. Each word stands; the newest holds, for
    rooms that are open as well."""

    post = models.CharField(max_length=20)
    for_outsiders = models.BooleanField()
    set_by_name = models.CharField(max_length=100, default="")
    set_at = models.DateTimeField(null=True)

    objects = OfficeQuerySet["PostSetting"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="post_setting_of_a_post", condition=Q(post__in=[one.value for one in Post])
            )
        ]
        indexes = [models.Index(name="post_setting_newest", fields=["tenant", "post", "-id"])]

    def __str__(self) -> str:
        return self.post


class RoomPost(TenantOwned):
    """Somebody of the team is named to a post. Worth something while they sit in the room, and as
    long as the post is not kept from them."""

    room = models.ForeignKey(
        Room, models.PROTECT, related_name="posts", db_constraint=False, db_index=False
    )
    seat = models.ForeignKey(
        RoomSeat, models.PROTECT, related_name="posts", db_constraint=False, db_index=False
    )
    post = models.CharField(max_length=20)
    named_by_name = models.CharField(max_length=100, default="")
    named_at = models.DateTimeField(null=True)
    ended_by_name = models.CharField(max_length=100, default="")
    ended_at = models.DateTimeField(null=True)

    objects = OfficeQuerySet["RoomPost"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="room_post_somebody_is_named_to",
                condition=Q(post__in=[one.value for one in Post if one not in BY_SEAT]),
            ),
            models.UniqueConstraint(
                name="room_post_named_once",
                fields=["tenant", "room", "post", "seat"],
                condition=Q(ended_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.post
