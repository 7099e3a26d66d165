"""A refusal as a program reads it: RFC 9457, with the four things that a page shows."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse

from httpapi.language import spoken
from kernel.errors import DomainError
from kernel.text import Text

PROBLEM_JSON = "application/problem+json"

TITLES: Mapping[int, Text] = {
    400: Text(zh="请求有误", en="The request cannot be meant"),
    401: Text(zh="未登录", en="Not signed in"),
    403: Text(zh="没有权限", en="Not allowed"),
    404: Text(zh="没有找到", en="Not found"),
    405: Text(zh="不支持的方法", en="No such method"),
    406: Text(zh="不支持的答复格式", en="No such format"),
    409: Text(zh="与当前状态不符", en="At odds with how things stand"),
    413: Text(zh="内容太大", en="Too large"),
    415: Text(zh="不支持的内容格式", en="Format not read"),
    422: Text(zh="内容不符合要求", en="The content does not hold"),
    429: Text(zh="尝试过多", en="Too many tries"),
    500: Text(zh="系统内部出错", en="Broken"),
}

# Where something is wrong, by the path of the field: {"teams.0.size_min": [{code, message}]}.
Faults = Mapping[str, Sequence[Mapping[str, str]]]


def problem_of(error: DomainError, faults: Faults | None = None) -> dict[str, Any]:
    message, remedy = error.in_language(spoken())
    problem = {
        "type": f"urn:xuncha:problem:{error.code}",
        "title": TITLES[error.status][spoken()],
        "status": error.status,
        "code": error.code,
        "message": message,
        "remedy": remedy,
        "data": {key: _said(value) for key, value in error.data.items()},
    }
    return problem if faults is None else problem | {"errors": faults}


def answer(
    error: DomainError, *, faults: Faults | None = None, headers: Mapping[str, str] | None = None
) -> HttpResponse:
    """Not by a renderer: a refusal is said also to who accepts no format that we have."""
    body = json.dumps(problem_of(error, faults), cls=DjangoJSONEncoder, ensure_ascii=False)
    reply = HttpResponse(
        body.encode(errors="replace"), status=error.status, content_type=PROBLEM_JSON
    )
    if error.status == 401:
        reply["WWW-Authenticate"] = 'Bearer realm="api"'
    for name, value in (headers or {}).items():
        reply[name] = value
    return reply


def _said(value: Any) -> Any:
    """Words in the caller's language, days as programs write them."""
    if isinstance(value, date):
        return value.isoformat()
    return value[spoken()] if isinstance(value, Text) else value
