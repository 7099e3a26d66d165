"""What somebody adds to an act in their own words."""

from __future__ import annotations

from rest_framework import serializers

from httpapi.fields import Input

LONGEST = 500


class WordsIn(Input):
    words = serializers.CharField(
        max_length=LONGEST,
        required=False,
        allow_blank=True,
        default="",
        help_text="What the record is to say besides.",
    )
