"""`{% once %}`, in a form that makes something: however often it is sent, it is done once.

Known to every template without `{% load %}`. `portal.form_keys` reads the key.
"""

from __future__ import annotations

from uuid import uuid4

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

FORM_KEY = "form_key"


@register.simple_tag
def once() -> SafeString:
    """A new key each time that the form is drawn."""
    return format_html('<input type="hidden" name="{}" value="{}">', FORM_KEY, uuid4())
