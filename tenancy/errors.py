"""The refusals of this house."""

from __future__ import annotations

from kernel.errors import DomainError
from kernel.text import Text


class NotSignedIn(DomainError):
    code = "tenancy.session.not_signed_in"
    message = Text(zh="您还没有登录，或者登录已经失效。", en="You are not signed in, or no longer.")
    remedy = Text(
        zh="请重新登录。已保存的内容都还在。", en="Sign in again. What was saved is kept."
    )
    status = 401


class SignInRefused(DomainError):
    """One wording for an unknown name, a wrong password and a closed account."""

    code = "tenancy.sign_in.refused"
    message = Text(zh="用户名或密码不正确。", en="The user name or the password is not right.")
    remedy = Text(
        zh="请检查后再试。连续输错 {tries} 次，将锁定 {minutes} 分钟。",
        en="Check both and try again. After {tries} wrong tries in a row there is a pause of"
        " {minutes} minutes.",
    )
    status = 422


class TooManyTries(DomainError):
    """Said of any name, known or not."""

    code = "tenancy.sign_in.too_many_tries"
    message = Text(
        zh="连续输错 {tries} 次，已暂停登录。", en="There were {tries} wrong tries in a row."
    )
    remedy = Text(
        zh="请等待 {minutes} 分钟后再试；其他地点的同事不受影响。忘记密码请联系管理员。",
        en="Wait {minutes} minutes, then try again; colleagues elsewhere are not affected. Ask your"
        " administrator when the password is lost.",
    )
    status = 429


class NoOffice(DomainError):
    """The password was right, and there is no seat to sign in to."""

    code = "tenancy.sign_in.no_office"
    message = Text(
        zh="您的账号目前没有任何巡察办的任职。",
        en="Your account holds no seat in any office at present.",
    )
    remedy = Text(
        zh="请联系本单位管理员核对任职起止日期。", en="Ask your administrator to check your dates."
    )
    status = 403


class NotYourOffice(DomainError):
    code = "tenancy.session.not_your_office"
    message = Text(zh="您在该单位没有任职。", en="You hold no seat in that office.")
    remedy = Text(
        zh="请从列表中选择单位。当前单位没有改变。",
        en="Choose one from the list. You stay where you are.",
    )
    status = 403


class OfficeNotChosen(DomainError):
    code = "tenancy.session.office_not_chosen"
    message = Text(
        zh="您在几个单位任职，还没有选择以哪个单位的身份办理。",
        en="You hold seats in several offices and have not chosen one.",
    )
    remedy = Text(
        zh="请先在网页上选择单位；程序请使用访问令牌。",
        en="Choose your office on the pages first; programs use a token.",
    )
    status = 403


class TokenRefused(DomainError):
    """One wording for an unknown, an expired and a revoked token, and for one without a seat."""

    code = "tenancy.token.refused"
    message = Text(zh="访问令牌无效。", en="The token is not accepted.")
    remedy = Text(
        zh="请核对令牌；令牌可能已到期或被停用，可在网页“访问令牌”中新建。没有任何改动。",
        en="Check it; it may have expired or been revoked. Make a new one on the page “Tokens”."
        " Nothing was changed.",
    )
    status = 401


class TooManyTokenTries(DomainError):
    """Said in place of further refusals; whoever shows a token that holds is not held up."""

    code = "tenancy.token.too_many_tries"
    message = Text(
        zh="同一地址连续 {tries} 次使用了无效的令牌。",
        en="There were {tries} tokens in a row from this address that are not accepted.",
    )
    remedy = Text(
        zh="请停止重试并核对令牌；有效的令牌不受影响。{minutes} 分钟后可再试。",
        en="Stop, and check the token; one that holds is accepted at any time. Others may be tried"
        " again after {minutes} minutes.",
    )
    status = 429


class TokenPermissionNotHeld(DomainError):
    code = "tenancy.token.permission_not_held"
    message = Text(
        zh="令牌至少要有一项权限，且只能是您自己现有的权限。",
        en="A token has at least one permission, and none that you do not hold yourself.",
    )
    remedy = Text(zh="请重新勾选。没有新建令牌。", en="Choose again. No token was made.")
    status = 422


class TokenLifeOutOfRange(DomainError):
    code = "tenancy.token.life_out_of_range"
    message = Text(
        zh="有效期须为 1 至 {most} 天。", en="A token lasts from 1 to {most} days, not {days}."
    )
    remedy = Text(zh="请修改有效期。没有新建令牌。", en="Choose another. No token was made.")
    status = 422


class TooManyTokens(DomainError):
    code = "tenancy.token.too_many"
    message = Text(zh="您已有 {most} 个有效的令牌。", en="You have {most} tokens in force already.")
    remedy = Text(
        zh="请先停用不再使用的令牌。没有新建令牌。",
        en="Revoke one that is not needed any more. No token was made.",
    )


class KeyUsedForAnotherCall(DomainError):
    code = "tenancy.idempotency_key.used_for_another_call"
    message = Text(
        zh="这个 Idempotency-Key 已用于另一次请求。",
        en="This Idempotency-Key was used for another call.",
    )
    remedy = Text(
        zh="重发同一请求时，地址和内容须完全相同；新的请求请使用新的 UUID。没有任何改动。",
        en="A repeat has the same address and the same body; a new call has a new UUID. Nothing was"
        " changed.",
    )
    status = 422


class OfficeCodeTaken(DomainError):
    code = "tenancy.office.code_taken"
    message = Text(
        zh="单位代码 {office} 已被使用。", en="There is an office with the code {office}."
    )
    remedy = Text(zh="请换一个代码。没有新建单位。", en="Choose another. No office was made.")


class UnknownOffice(DomainError):
    code = "tenancy.office.unknown"
    message = Text(
        zh="没有代码为 {office} 的单位。", en="There is no office with the code {office}."
    )
    remedy = Text(zh="请先用 create_office 新建该单位。", en="Make it with create_office first.")
    status = 404


class UsernameTaken(DomainError):
    code = "tenancy.user.name_taken"
    message = Text(zh="用户名 {username} 已被使用。", en="There is an account {username}.")
    remedy = Text(
        zh="请换一个用户名；如要增加任职，请使用 --add-seat。没有新建账号。",
        en="Choose another name, or give --add-seat for a further seat. No account was made.",
    )


class UnknownUser(DomainError):
    code = "tenancy.user.unknown"
    message = Text(zh="没有用户名为 {username} 的账号。", en="There is no account {username}.")
    remedy = Text(
        zh="请核对用户名；新建账号时不要使用 --add-seat。",
        en="Check the name; leave out --add-seat to make a new account.",
    )
    status = 404


class SeatDoesNotFit(DomainError):
    code = "tenancy.seat.does_not_fit"
    message = Text(zh="{office} 没有“{role}”这一岗位。", en="{office} has no seat for a {role}.")
    remedy = Text(
        zh="该单位可设岗位：{fitting}。没有任何改动。",
        en="Its seats: {fitting}. Nothing was changed.",
    )
    status = 422


class SeatHeldAlready(DomainError):
    code = "tenancy.seat.held_already"
    message = Text(
        zh="{username} 自 {since} 起已任此岗位。", en="{username} has held that seat since {since}."
    )
    remedy = Text(zh="无需重复添加。", en="There is nothing to add.")


class PasswordTooWeak(DomainError):
    code = "tenancy.user.password_too_weak"
    message = Text(zh="密码强度不够：{reasons}", en="The password is too weak: {reasons}")
    remedy = Text(
        zh="请换一个密码，或不填由系统生成。没有新建账号。",
        en="Choose another, or give none and have one made. No account was made.",
    )
    status = 422


class JobIsOver(DomainError):
    code = "tenancy.job.is_over"
    message = Text(zh="任务 {number} 已经结束。", en="Job {number} is over.")
    remedy = Text(
        zh="无需取消，结果已保存。", en="There is nothing to cancel; its outcome is kept."
    )


class JobFailed(DomainError):
    """What people read of a fault that nobody foresaw. The cause stands in the log."""

    code = "tenancy.job.internal"
    message = Text(
        zh="任务 {number} 因系统故障而停止。",
        en="Job {number} was stopped by a fault of the system.",
    )
    remedy = Text(
        zh="已有数据没有损坏。可以重新提交；如再次出现，请把任务编号告诉管理员。",
        en="Nothing that was there is lost. Start it again; should it happen once more, tell your"
        " administrator the job's number.",
    )
    status = 500


class JobGivenUp(DomainError):
    """Its workers died again and again."""

    code = "tenancy.job.given_up"
    message = Text(
        zh="任务 {number} 已尝试 {attempts} 次，每次都中断，系统不再重试。",
        en="Job {number} was begun {attempts} times and broke off each time.",
    )
    remedy = Text(
        zh="中断前保存的结果都还在。请把任务编号告诉管理员，查明原因后重新提交。",
        en="What it had saved is kept. Tell your administrator the job's number before you start it"
        " again.",
    )
    status = 500


class RecordTooLong(DomainError):
    """An export is one file that a person can open."""

    code = "tenancy.record.too_long"
    message = Text(zh="符合条件的记录超过 {most} 行。", en="More than {most} lines match.")
    remedy = Text(zh="请缩小时间范围后再导出。", en="Narrow the days, then export again.")
    status = 422
