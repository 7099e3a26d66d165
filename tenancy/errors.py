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
    message = Text(
        zh="用户名、密码或验证码不正确。",
        en="The user name, the password or the code is not right.",
    )
    remedy = Text(
        zh="请检查后再试。连续输错 {tries} 次，将暂停登录 {minutes} 分钟；暂停期间输入正确密码也不能登录。",
        en="Check them and try again. After {tries} wrong tries in a row there is a pause of"
        " {minutes} minutes, during which the right password does not help either.",
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


class ProofNeeded(DomainError):
    """The last password is too old for a sensitive act."""

    code = "tenancy.session.proof_needed"
    message = Text(
        zh="此操作须再次确认是您本人。", en="This act needs a fresh proof that it is you."
    )
    remedy = Text(
        zh="请在网页上再次输入密码或验证码后继续；程序请使用访问令牌。没有任何改动。",
        en="Enter your password or code again on the pages; programs use a token. Nothing was"
        " changed.",
    )
    status = 403


class SecondFactorCodeWrong(DomainError):
    """On the page of one's own authenticator; at the door it is `SignInRefused`."""

    code = "tenancy.second_factor.code_wrong"
    message = Text(
        zh="验证码不正确，或已经用过。", en="The code is not right, or was used already."
    )
    remedy = Text(
        zh="请等验证器显示下一个验证码，再输入一次；手机时间应与标准时间一致。",
        en="Wait for the next code and type it in; the telephone's clock has to be right.",
    )
    status = 422


class SecondFactorKept(DomainError):
    code = "tenancy.second_factor.kept"
    message = Text(zh="没有等待确认的验证器。", en="There is no authenticator to confirm.")
    remedy = Text(
        zh="已启用的验证器没有改变。请刷新页面查看。",
        en="One that is set up stays as it is. Load the page again.",
    )


class SecondFactorNotThere(DomainError):
    code = "tenancy.second_factor.not_there"
    message = Text(zh="尚未设置验证器。", en="No authenticator is set up.")
    remedy = Text(zh="请先设置验证器。没有任何改动。", en="Set one up first. Nothing was changed.")


class SecondFactorNeeded(DomainError):
    code = "tenancy.second_factor.needed"
    message = Text(
        zh="按安全策略，您登录时必须使用验证码。",
        en="The security policy has you sign in with a code.",
    )
    remedy = Text(
        zh="换手机时，请安全保密管理员重置，下次登录时重新设置。验证器仍然有效。",
        en="For another telephone have the security administrator reset it; you set it up again at"
        " the next sign-in. It stays in force.",
    )
    status = 403


class SecondFactorOwed(DomainError):
    """Signed in, and nothing is open before the authenticator is set up."""

    code = "tenancy.second_factor.owed"
    message = Text(
        zh="请先设置验证器，再办理其他事项。",
        en="Set up your authenticator before anything else.",
    )
    remedy = Text(
        zh="请打开“登录验证码”页面设置，约需一分钟。没有任何改动。",
        en="Open the page “Sign-in code”; it takes a minute. Nothing was changed.",
    )
    status = 403


class SecondFactorOfOneself(DomainError):
    code = "tenancy.second_factor.own"
    message = Text(zh="不能重置自己的验证器。", en="Nobody resets their own authenticator.")
    remedy = Text(
        zh="请另一位安全保密管理员重置。没有任何改动。",
        en="Ask the other security administrator. Nothing was changed.",
    )
    status = 403


class PolicyOutOfBounds(DomainError):
    code = "tenancy.security_policy.out_of_bounds"
    message = Text(
        zh="此项须在 {least} 至 {most} 之间。", en="This lies between {least} and {most}."
    )
    remedy = Text(
        zh="请修改后再保存，策略没有改变。", en="Change it and save again. The policy is as it was."
    )
    status = 422


class AdministratorsNeedAFactor(DomainError):
    code = "tenancy.security_policy.administrators"
    message = Text(
        zh="三员登录必须使用验证码，不能取消。",
        en="The three administrators sign in with a code, whatever else is chosen.",
    )
    remedy = Text(
        zh="请保留三员后再保存，策略没有改变。",
        en="Leave them in and save again. The policy is as it was.",
    )
    status = 422


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


class NotYourSeat(DomainError):
    """Nobody's, a colleague's, and one's own that is over: all the same."""

    code = "tenancy.session.not_your_seat"
    message = Text(zh="您目前没有这项任职。", en="You do not hold that seat.")
    remedy = Text(
        zh="请从列表中选择。当前身份没有改变。",
        en="Choose one from the list. You stay where you are.",
    )
    status = 403


class OfficeNotChosen(DomainError):
    code = "tenancy.session.office_not_chosen"
    message = Text(
        zh="您有几项任职，还没有选择以哪个身份办理。",
        en="You hold several seats and have not chosen one.",
    )
    remedy = Text(
        zh="请先在网页上选择身份；程序请使用访问令牌。",
        en="Choose your seat on the pages first; programs use a token.",
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


class TokenShownElsewhere(TokenRefused):
    """For the record alone: whoever shows it is told no more than of an unknown one."""

    code = "tenancy.token.shown_elsewhere"


class TokenReadsOnly(DomainError):
    code = "tenancy.token.reads_only"
    message = Text(zh="这个访问令牌只能读取。", en="This token may only read.")
    remedy = Text(
        zh="需要写入时，请在网页“访问令牌”中新建可写的令牌。没有任何改动。",
        en="To write, make a token that may on the page “Tokens”. Nothing was changed.",
    )
    status = 403


class NetworkNotValid(DomainError):
    code = "tenancy.token.network_not_valid"
    message = Text(zh="“{network}”不是网段。", en="“{network}” is no network.")
    remedy = Text(
        zh="请写成 10.1.0.0/16 或 2001:db8::/32，最多 10 个。没有新建令牌。",
        en="Write it as 10.1.0.0/16 or 2001:db8::/32, ten at the most. No token was made.",
    )
    status = 422


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
        zh="请换一个用户名；如果就是本人的账号，请为其增加任职。没有新建账号。",
        en="Choose another name; if it is theirs already, give it a further seat. No account was made.",
    )


class UnknownUser(DomainError):
    code = "tenancy.user.unknown"
    message = Text(zh="没有用户名为 {username} 的账号。", en="There is no account {username}.")
    remedy = Text(
        zh="请核对用户名；没有账号的人员，请先新建账号。",
        en="Check the name; whoever has no account needs one first.",
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
    remedy = Text(zh="请换一个密码。没有任何改动。", en="Choose another. Nothing was changed.")
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


class SeatNotForOneself(DomainError):
    code = "tenancy.seat.not_for_oneself"
    fields = ("person",)
    message = Text(
        zh="任何人不得为自己提出或批准授权变更。",
        en="Nobody proposes or decides a seat of their own.",
    )
    remedy = Text(
        zh="请由其他有权人员办理。没有任何改动。",
        en="Ask somebody else who may. Nothing was changed.",
    )
    status = 403


class SeatDecidedByAnother(DomainError):
    code = "tenancy.seat.decided_by_another"
    message = Text(
        zh="提出人和当事人都不能批准或驳回这项变更。",
        en="Neither who proposed this nor whom it concerns may decide it.",
    )
    remedy = Text(
        zh="请由另一名安全保密管理员处理。变更仍待处理。",
        en="Another security administrator decides. The proposal waits.",
    )
    status = 403


class SeatDecidedAlready(DomainError):
    code = "tenancy.seat.decided_already"
    message = Text(zh="这项变更已经处理过了。", en="This proposal has been decided already.")
    remedy = Text(zh="请查看处理结果。没有任何改动。", en="Read the outcome. Nothing was changed.")


class SeatProposedAlready(DomainError):
    code = "tenancy.seat.proposed_already"
    message = Text(
        zh="同一人员、同一岗位的变更已在等待处理。",
        en="A proposal for this person and seat waits already.",
    )
    remedy = Text(zh="请等待处理。没有重复提出。", en="Wait for its decision. None was added.")


class SeatNotInForce(DomainError):
    code = "tenancy.seat.not_in_force"
    message = Text(zh="该岗位已不在任。", en="That seat is over, or is not there.")
    remedy = Text(zh="请刷新列表。没有任何改动。", en="Load the list again. Nothing was changed.")


class SeatOfAdministratorAlone(DomainError):
    code = "tenancy.seat.of_administrator_alone"
    fields = ("person",)
    message = Text(
        zh="三员不得兼任其他任何岗位，其他岗位人员也不得兼任三员。",
        en="An administrator holds no other seat anywhere.",
    )
    remedy = Text(
        zh="请先终止其现任岗位，或另选人员。没有任何改动。",
        en="End the seat that is held first, or choose somebody else. Nothing was changed.",
    )


class LastAdministrator(DomainError):
    code = "tenancy.seat.last_administrator"
    message = Text(
        zh="这是该类管理员中最后一名长期在任者，不能终止、停用或设定到期日。",
        en="This is the last lasting administrator of the kind: the seat and the account stay.",
    )
    remedy = Text(
        zh="请先让接任者到任（不设届满日期）。没有任何改动。",
        en="Seat a successor without an end first. Nothing was changed.",
    )


class SeatTermOutOfOrder(DomainError):
    code = "tenancy.seat.term_out_of_order"
    fields = ("until_on",)
    message = Text(
        zh="届满日期须晚于到任日期和今天。",
        en="A seat ends after the day it begins, and after today.",
    )
    remedy = Text(zh="请修改日期。没有任何改动。", en="Change the dates. Nothing was changed.")
    status = 422


class NoAdministrators(DomainError):
    code = "tenancy.administrators.none"
    message = Text(zh="本系统尚未设立三员。", en="There are no administrators yet.")
    remedy = Text(
        zh="请由部署人员运行 create_administrators。",
        en="Whoever installed the system runs create_administrators.",
    )


class AdministratorsMadeAlready(DomainError):
    code = "tenancy.administrators.made_already"
    message = Text(zh="三员已经设立。", en="There are administrators already.")
    remedy = Text(
        zh="此后的变更由三员在系统内办理。没有任何改动。",
        en="From now on they change by proposal and decision. Nothing was changed.",
    )


class OwnAccount(DomainError):
    code = "tenancy.user.own_account"
    message = Text(zh="不能管理自己的账号。", en="Nobody changes their own account.")
    remedy = Text(
        zh="请由另一名系统管理员办理。没有任何改动。",
        en="Ask another system administrator. Nothing was changed.",
    )
    status = 403


class NotToInvite(DomainError):
    code = "tenancy.invitation.not_to_invite"
    message = Text(
        zh="只有尚未设置密码的在用账号才能邀请。",
        en="Only an open account that has no password yet is invited.",
    )
    remedy = Text(zh="无需邀请。没有任何改动。", en="There is nothing to do. Nothing was changed.")


class InvitationOver(DomainError):
    code = "tenancy.invitation.over"
    message = Text(
        zh="这个邀请链接无效、已使用或已过期。",
        en="This invitation is unknown, used or out of date.",
    )
    remedy = Text(zh="请向系统管理员索取新的链接。", en="Ask the system administrator for another.")
    status = 404


class OfficeIsClosed(DomainError):
    code = "tenancy.office.is_closed"
    message = Text(zh="该机构已撤销，或不可撤销。", en="That office is abolished or must stay.")
    remedy = Text(zh="请另选机构。没有任何改动。", en="Choose another. Nothing was changed.")


class OfficeHasChildren(DomainError):
    code = "tenancy.office.has_children"
    message = Text(zh="该机构下还有未撤销的机构。", en="Offices that are open hang under it.")
    remedy = Text(
        zh="请先撤销下级机构。没有任何改动。", en="Abolish those first. Nothing was changed."
    )


class SuccessorIsClosed(DomainError):
    code = "tenancy.office.successor_is_closed"
    fields = ("successor",)
    message = Text(
        zh="承接机构须是另一个在用的机构。", en="The successor is another office, and an open one."
    )
    remedy = Text(zh="请另选承接机构。没有任何改动。", en="Choose another. Nothing was changed.")


class RecordTooLong(DomainError):
    """An export is one file that a person can open."""

    code = "tenancy.record.too_long"
    message = Text(zh="符合条件的记录超过 {most} 行。", en="More than {most} lines match.")
    remedy = Text(zh="请缩小时间范围后再导出。", en="Narrow the days, then export again.")
    status = 422


class PasswordNowWrong(DomainError):
    code = "tenancy.password.now_wrong"
    message = Text(zh="当前密码不正确。", en="That is not your password.")
    remedy = Text(
        zh="请重新输入。连续输错 {tries} 次，将锁定 {minutes} 分钟。密码没有改动。",
        en="Type it again. {tries} wrong tries in a row pause it for {minutes} minutes. "
        "Nothing was changed.",
    )
    status = 422


class PasswordUsedBefore(DomainError):
    code = "tenancy.password.used_before"
    message = Text(
        zh="这是您最近用过的 {number} 个密码之一。",
        en="This is one of your last {number} passwords.",
    )
    remedy = Text(
        zh="请换一个没有用过的密码。密码没有改动。",
        en="Choose one that you have not used. Nothing was changed.",
    )
    status = 422


class PasswordMustChange(DomainError):
    """Said to programs in a session; people are led to the page."""

    code = "tenancy.password.must_change"
    message = Text(
        zh="您的密码须先更换，才能继续办理。", en="Your password has to be changed first."
    )
    remedy = Text(
        zh="请在网页“我的密码”中更换。没有任何改动。",
        en="Change it on the page “My password”. Nothing was changed.",
    )
    status = 403


class ResetOver(DomainError):
    code = "tenancy.password_reset.over"
    message = Text(
        zh="这个重置链接无效、已使用或已过期。", en="This link is unknown, used or out of date."
    )
    remedy = Text(
        zh="请向安全保密管理员索取新的链接。", en="Ask the security administrator for another."
    )
    status = 404


class OwnReset(DomainError):
    code = "tenancy.password_reset.own"
    message = Text(zh="不能重置自己的密码。", en="Nobody resets their own password.")
    remedy = Text(
        zh="请在“我的密码”中更换。没有生成链接。",
        en="Change it on “My password”. No link was made.",
    )
    status = 403


class ResetOfAdministrator(DomainError):
    """Else one of the three could act as another."""

    code = "tenancy.password_reset.of_administrator"
    message = Text(
        zh="三员的密码不能在网页上重置。", en="An administrator's password is not reset here."
    )
    remedy = Text(
        zh="请由运行维护人员在服务器上执行 manage.py make_password_reset。没有生成链接。",
        en="Whoever runs the server uses manage.py make_password_reset. No link was made.",
    )
    status = 403


class NotToReset(DomainError):
    code = "tenancy.password_reset.not_to_reset"
    message = Text(
        zh="该账号已停用、已到期，或尚未设置过密码。",
        en="That account is closed or over, or has no password yet.",
    )
    remedy = Text(
        zh="请由系统管理员启用账号或重新发出邀请。没有生成链接。",
        en="The system administrator opens it or invites again. No link was made.",
    )


class NotAsADeputy(DomainError):
    code = "tenancy.deputy.not_passed_on"
    message = Text(
        zh="这件事只能由本人以自己的岗位办理，不能以代理身份办理。",
        en="This is done in one's own name, not as somebody's deputy.",
    )
    remedy = Text(
        zh="请切换到您自己的岗位，或请被代理人办理。没有任何改动。",
        en="Change to your own seat, or ask whom you stand in for. Nothing was changed.",
    )
    status = 403


class DeputyDoesNotFit(DomainError):
    """`because` says which rule of tenancy.domain.deputies does not hold."""

    code = "tenancy.deputy.does_not_fit"
    message = Text(zh="{because}", en="{because}")
    remedy = Text(
        zh="请另选人员或日期。没有提出代理。",
        en="Choose somebody else, or other days. Nothing was proposed.",
    )
    status = 422


class DeputyNotYours(DomainError):
    code = "tenancy.deputy.not_yours"
    message = Text(
        zh="您没有这名代理人，或代理已结束。", en="You have no such deputy, or no longer."
    )
    remedy = Text(zh="请刷新列表。没有任何改动。", en="Load the list again. Nothing was changed.")
    status = 404


class NothingToMoveFrom(DomainError):
    code = "tenancy.seat.nothing_to_move_from"
    fields = ("username",)
    message = Text(
        zh="{username} 在该单位没有任职，或两个单位相同。",
        en="{username} holds no seat in that office, or both offices are the same.",
    )
    remedy = Text(
        zh="请核对人员和单位。没有任何改动。", en="Check person and offices. Nothing was changed."
    )
    status = 422


class FormSentAlready(DomainError):
    """Its answer held a secret, and is kept nowhere."""

    code = "tenancy.form.sent_already"
    message = Text(
        zh="这份表单已提交过，并且只办理了一次。",
        en="This form was sent already, and was done once.",
    )
    remedy = Text(
        zh="请打开列表查看。令牌、密钥和链接只显示一次；没有看到的，请停用后重新生成。",
        en="Look at the list. Tokens, secrets and links are shown once: one that you did not see,"
        " revoke, and make another.",
    )


class FormSentOtherwise(DomainError):
    code = "tenancy.form.sent_otherwise"
    message = Text(
        zh="这份表单已提交过，这次的内容与上次不同。",
        en="This form was sent already, with other content than now.",
    )
    remedy = Text(
        zh="第一次提交的已办理。要再办一项，请重新打开页面填写。这次没有任何改动。",
        en="What was sent first is done. For another one, open the page again. Nothing was changed"
        " this time.",
    )


class WebhookAddressNotValid(DomainError):
    code = "tenancy.webhook.address_not_valid"
    fields = ("address",)
    message = Text(zh="这不是可用的推送地址。", en="That is no address for a webhook.")
    remedy = Text(
        zh="请填写 https:// 开头的完整地址，不含账号、密码和 # 部分。没有任何改动。",
        en="Write a whole address that begins with https://, without a name, a password or a #."
        " Nothing was changed.",
    )
    status = 422


class WebhookHostNotAllowed(DomainError):
    code = "tenancy.webhook.host_not_allowed"
    fields = ("address",)
    message = Text(
        zh="{host} 不在允许推送的主机名单中。",
        en="{host} is not on the list of hosts that webhooks may go to.",
    )
    remedy = Text(
        zh="请系统管理员先把它列入名单。没有任何改动。",
        en="Ask the system administrator to add it first. Nothing was changed.",
    )
    status = 422


class WebhookEventsNotKnown(DomainError):
    code = "tenancy.webhook.events_not_known"
    fields = ("events",)
    message = Text(zh="所选事件不可用。", en="Those events are not yours to choose.")
    remedy = Text(
        zh="请至少选择一个列出的事件。没有任何改动。",
        en="Choose at least one of those that are listed. Nothing was changed.",
    )
    status = 422


class TooManyWebhooks(DomainError):
    code = "tenancy.webhook.too_many"
    message = Text(
        zh="本单位已有 {most} 个消息推送。", en="Your office has {most} webhooks already."
    )
    remedy = Text(
        zh="请先终止不再使用的。没有任何改动。",
        en="End one that is not used any more. Nothing was changed.",
    )


class WebhookNotInForce(DomainError):
    code = "tenancy.webhook.not_in_force"
    message = Text(zh="该消息推送已停用或终止。", en="That webhook is disabled or ended.")
    remedy = Text(
        zh="停用的可以恢复，终止的请另建。没有任何改动。",
        en="A disabled one can be resumed; in place of an ended one make another. Nothing was"
        " changed.",
    )


class WebhookHostNotValid(DomainError):
    code = "tenancy.webhook_host.not_valid"
    fields = ("entry",)
    message = Text(
        zh="“{entry}”不是主机，也不是网段。", en="“{entry}” is neither a host nor a network."
    )
    remedy = Text(
        zh="请填写主机名（可带端口）或 10.20.0.0/16 这样的网段。没有任何改动。",
        en="Write a host, with a port if not 443, or a network such as 10.20.0.0/16. Nothing was"
        " changed.",
    )
    status = 422


class MailIsOff(DomainError):
    code = "tenancy.mail.off"
    message = Text(zh="系统没有配置邮件服务器。", en="This installation sends no mail.")
    remedy = Text(
        zh="如需邮件提醒，请联系系统管理员。通知仍在系统内查看。",
        en="Ask the system administrator. Notices stay in the portal.",
    )


class MailAddressNotValid(DomainError):
    code = "tenancy.mail.address_not_valid"
    fields = ("address",)
    message = Text(zh="这不是一个邮箱地址。", en="That is no mail address.")
    remedy = Text(
        zh="请填写一个地址，例如 name@example.org。没有任何改动。",
        en="Write one address, such as name@example.org. Nothing was changed.",
    )
    status = 422


class MailDomainNotAllowed(DomainError):
    code = "tenancy.mail.domain_not_allowed"
    fields = ("address",)
    message = Text(
        zh="本系统只向以下域名发送邮件：{domains}。",
        en="Mail goes to these domains alone: {domains}.",
    )
    remedy = Text(
        zh="请填写单位邮箱。没有任何改动。",
        en="Use an address of your office. Nothing was changed.",
    )
    status = 422


class TooManyMailCodes(DomainError):
    code = "tenancy.mail.too_many_codes"
    message = Text(
        zh="24 小时内已发送 {most} 次确认码。", en="{most} codes were sent within a day already."
    )
    remedy = Text(zh="请明天再试。没有任何改动。", en="Try again tomorrow. Nothing was changed.")
