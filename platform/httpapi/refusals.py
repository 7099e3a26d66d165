"""What is refused before any house is asked: the call itself cannot be meant."""

from __future__ import annotations

from kernel.errors import DomainError
from kernel.text import Text

UNCHANGED = Text(zh="没有任何改动。", en="Nothing was changed.")


class BodyUnreadable(DomainError):
    code = "httpapi.body.unreadable"
    message = Text(zh="请求内容无法读取。", en="The body cannot be read.")
    remedy = Text(
        zh="请按 Content-Type 所写的格式发送 UTF-8 内容。没有任何改动。",
        en="Send UTF-8 in the format that Content-Type names. Nothing was changed.",
    )
    status = 400


class BodyNotValid(DomainError):
    """Its `errors` say which field, and why."""

    code = "httpapi.body.not_valid"
    message = Text(
        zh="请求内容有 {count} 处不符合要求。", en="{count} fields of the body do not hold."
    )
    remedy = Text(
        zh="请按 errors 逐项改正后重发；可沿用同一个 Idempotency-Key。没有任何改动。",
        en="Correct what `errors` names and call again; the same Idempotency-Key may be used."
        " Nothing was changed.",
    )
    status = 422


class QueryNotValid(DomainError):
    code = "httpapi.query.not_valid"
    message = Text(
        zh="地址中的参数有 {count} 处不符合要求。",
        en="{count} parameters of the address do not hold.",
    )
    remedy = Text(zh="请按 errors 逐项改正。", en="Correct what `errors` names.")
    status = 400


class CursorNotValid(DomainError):
    code = "httpapi.query.cursor_not_valid"
    message = Text(zh="参数 after 不是本列表给出的。", en="`after` is not one that this list gave.")
    remedy = Text(
        zh="请使用上一页 next 中的地址，或不带 after 从头读取。",
        en="Follow `next` of the part before, or leave `after` out to begin anew.",
    )
    status = 400


class IdempotencyKeyMissing(DomainError):
    code = "httpapi.idempotency_key.missing"
    message = Text(
        zh="缺少请求头 Idempotency-Key，或其值不是 UUID。",
        en="The header Idempotency-Key is missing, or is no UUID.",
    )
    remedy = Text(
        zh="每次新的写入请求请生成一个新的 UUID；重发同一请求时沿用原来的。没有任何改动。",
        en="Make a new UUID for each call that changes something, and keep it for repeats of the"
        " same call. Nothing was changed.",
    )
    status = 400


class CallForged(DomainError):
    code = "httpapi.session.forged"
    message = Text(
        zh="请求没有带上本次会话的校验码。", en="The call does not carry this session's token."
    )
    remedy = Text(
        zh="请在请求头 X-CSRFToken 中带上页面里的校验码；程序请使用访问令牌。没有任何改动。",
        en="Send the page's token in X-CSRFToken; programs use a bearer token. Nothing was changed.",
    )
    status = 403


class MethodNotThere(DomainError):
    code = "httpapi.method.not_there"
    message = Text(zh="这个地址不支持 {method}。", en="There is no {method} at this address.")
    remedy = Text(
        zh="请使用响应头 Allow 所列的方法。没有任何改动。",
        en="Use one that the header Allow names. Nothing was changed.",
    )
    status = 405


class FormatNotOffered(DomainError):
    code = "httpapi.reply.format_not_offered"
    message = Text(
        zh="不能以请求头 Accept 所列的格式答复。",
        en="There is no reply in a format that Accept names.",
    )
    remedy = Text(zh="请接受 {offered}。", en="Accept {offered}.")
    status = 406


class FormatNotRead(DomainError):
    code = "httpapi.body.format_not_read"
    message = Text(zh="不能读取格式 {given}。", en="A body of the format {given} is not read.")
    remedy = Text(zh="请以 {read} 发送。没有任何改动。", en="Send {read}. Nothing was changed.")
    status = 415


class BodyTooLarge(DomainError):
    code = "httpapi.body.too_large"
    message = Text(zh="请求内容太大。", en="The body is too large.")
    remedy = Text(
        zh="请分成几次发送。没有任何改动。", en="Send it in several calls. Nothing was changed."
    )
    status = 413


class CallSuspicious(DomainError):
    code = "httpapi.request.suspicious"
    message = Text(zh="请求不符合规范。", en="The request is not well formed.")
    remedy = UNCHANGED
    status = 400


class Broken(DomainError):
    """What programs read of a fault that nobody foresaw. The cause stands in the log."""

    code = "httpapi.server.broken"
    message = Text(zh="系统内部出错。", en="Something went wrong on our side.")
    remedy = Text(
        zh="没有任何改动。可以用同一个 Idempotency-Key 重发；如再次出现，请把时间告诉管理员。",
        en="Nothing was changed. The call may be repeated with the same Idempotency-Key; should it"
        " happen again, tell the administrator when it happened.",
    )
    status = 500
