"""Refusals of a package that was brought in."""

from __future__ import annotations

from kernel.errors import DomainError
from kernel.text import Text

_NOTHING_TAKEN = Text(
    zh="没有导入任何内容。请向发出单位索取完整的数据包。",
    en="Nothing was taken in. Ask whoever made the package for a whole one.",
)


class PackageUnreadable(DomainError):
    code = "sharing.package.unreadable"
    message = Text(
        zh="该文件不是完整的数据包：{what}。", en="The file is no whole package: {what}."
    )
    remedy = _NOTHING_TAKEN
    status = 422


class PackageTooLarge(DomainError):
    code = "sharing.package.too_large"
    message = Text(
        zh="数据包过大：{what}，上限为 {limit}。",
        en="The package is too large: {what}, at most {limit}.",
    )
    remedy = Text(
        zh="没有导入任何内容。请让发出单位分成几个数据包。",
        en="Nothing was taken in. Have it made as several packages.",
    )
    status = 413


class PassphraseWrong(DomainError):
    code = "sharing.package.passphrase_wrong"
    message = Text(
        zh="口令不正确，或数据包已被改动。",
        en="The passphrase is wrong, or the package was changed.",
    )
    remedy = Text(
        zh="请核对口令（区分大小写和空格）；多次不对时，请向发出单位重新索取数据包。没有导入任何内容。",
        en="Check the passphrase, letter by letter; if it stays wrong, ask for the package again. "
        "Nothing was taken in.",
    )
    status = 422


class PassphraseTooShort(DomainError):
    code = "sharing.package.passphrase_too_short"
    message = Text(
        zh="口令至少 {least} 个字符。", en="A passphrase has at least {least} characters."
    )
    remedy = Text(
        zh="请使用几个不相关的词组成口令，并用另一种方式告知接收方。",
        en="Take several words that have nothing to do with each other, and tell the receiver by "
        "another way than the package.",
    )
    status = 422


class SignerUnknown(DomainError):
    code = "sharing.package.signer_unknown"
    message = Text(
        zh="数据包由本单位未登记的密钥（{key}）签名。",
        en="The package is signed by a key ({key}) that this office has not registered.",
    )
    remedy = Text(
        zh="请先与发出单位当面或电话核对密钥指纹并登记，再导入。没有导入任何内容。",
        en="Compare the key's fingerprint with the sender by telephone or in person, register it, "
        "then take the package in. Nothing was taken in.",
    )
    status = 422


class SignatureWrong(DomainError):
    code = "sharing.package.signature_wrong"
    message = Text(
        zh="数据包的签名与内容不符，内容可能已被改动。",
        en="The signature does not fit: what is inside may have been changed.",
    )
    remedy = Text(
        zh="请保留该文件并报告安全保密管理员。没有导入任何内容。",
        en="Keep the file and tell the security administrator. Nothing was taken in.",
    )
    status = 422


class PackageForAnother(DomainError):
    code = "sharing.package.for_another"
    message = Text(
        zh="该数据包是发给其他单位的（{receiver}）。",
        en="The package is for another office ({receiver}).",
    )
    remedy = Text(zh="请退还发出单位。没有导入任何内容。", en="Give it back. Nothing was taken in.")
    status = 422


class PackageEmpty(DomainError):
    code = "sharing.package.empty"
    message = Text(zh="没有选择任何内容。", en="Nothing was chosen.")
    remedy = Text(
        zh="请至少勾选一项；没有可选内容时，不需要数据包。",
        en="Choose one record at least; where there is none, no package is needed.",
    )
    status = 422
    fields = ("records",)


class RecordNotForPackage(DomainError):
    code = "sharing.package.record_not_for_it"
    message = Text(
        zh="所选内容中有一项不能放入给该单位的数据包。",
        en="Something that was chosen cannot go into a package for this office.",
    )
    remedy = Text(
        zh="请重新打开页面再选；没有制作数据包。",
        en="Open the page anew and choose again. No package was made.",
    )
    status = 422
    fields = ("records",)


class ReceiverUnknown(DomainError):
    code = "sharing.package.receiver_unknown"
    message = Text(
        zh="接收单位没有生效的公钥。", en="There is no key in force of the office that it is for."
    )
    remedy = Text(
        zh="请先登记并确认该单位的公钥，再制作数据包。",
        en="Register the office's key and have it confirmed; then make the package.",
    )
    status = 422
    fields = ("receiver",)


class PassphraseGuessable(DomainError):
    code = "sharing.package.passphrase_guessable"
    message = Text(
        zh="口令容易被猜到：至少要有 {least} 个不同的字符，也不能以单位名称或用途为主。",
        en="The passphrase can be guessed: it wants {least} different characters, and is not built on "
        "the name of an office or the purpose.",
    )
    remedy = Text(
        zh="请使用几个不相关的词，例如“渔火 罗盘 石阶 盐场”那样的四个词（不要用这个例子）。",
        en="Take four or five words that have nothing to do with each other.",
    )
    status = 422
    fields = ("passphrase",)


class PassphrasesDiffer(DomainError):
    code = "sharing.package.passphrases_differ"
    message = Text(zh="两次输入的口令不一致。", en="The two passphrases are not the same.")
    remedy = Text(zh="请重新输入两遍。", en="Type it twice anew.")
    status = 422
    fields = ("passphrase_again",)


class NoSigningKey(DomainError):
    code = "sharing.package.no_signing_key"
    message = Text(zh="本单位还没有签名密钥。", en="This office has no signing key yet.")
    remedy = Text(
        zh="请先在“数据包密钥”中生成密钥，并把指纹告知对方。",
        en="Make one on the page of keys, and have its fingerprint compared by the others.",
    )


class PackageKnown(DomainError):
    code = "sharing.package.known"
    message = Text(
        zh="该数据包已于 {on} 导入过。", en="This package was taken in already, on {on}."
    )
    remedy = Text(
        zh="没有重复导入任何内容；可在“收到的数据包”中查看。",
        en="Nothing was taken in again. It is among the packages that were received.",
    )


class PackageKeyWithdrawn(DomainError):
    code = "sharing.package.key_withdrawn"
    message = Text(
        zh="数据包由已撤销的密钥（{key}）签名。",
        en="The package is signed by a key ({key}) that was withdrawn.",
    )
    remedy = Text(
        zh="请联系发出单位，用新密钥重新制作。没有导入任何内容。",
        en="Ask the sender to make it anew with a key of now. Nothing was taken in.",
    )
    status = 422


class PackageKeyWaits(DomainError):
    code = "sharing.package.key_waits"
    message = Text(
        zh="签名密钥（{key}）已登记，尚待第二人核对确认。",
        en="The key that signed it ({key}) is registered, and waits for a second person.",
    )
    remedy = Text(
        zh="请领导小组核对指纹并确认，再导入。没有导入任何内容。",
        en="Have the leading group compare the fingerprint and confirm. Nothing was taken in.",
    )
    status = 422


class PackageFaulty(DomainError):
    code = "sharing.package.faulty"
    message = Text(
        zh="数据包中有 {count} 行有问题，不能导入。",
        en="The package cannot be taken in: something is wrong with {count} rows.",
    )
    remedy = Text(
        zh="数据包要么整体导入，要么不导入。请把问题告知发出单位，重新制作。",
        en="It is taken whole or not at all. Tell the sender what is wrong, and have it made anew.",
    )


class KeyNotAKey(DomainError):
    code = "sharing.partner_key.not_a_key"
    message = Text(zh="公钥应为 64 位十六进制字符。", en="A public key is 64 hexadecimal digits.")
    remedy = Text(
        zh="请从对方提供的文件中完整复制。", en="Copy it whole from what the other office gave you."
    )
    status = 422
    fields = ("public",)


class FingerprintDiffers(DomainError):
    code = "sharing.partner_key.fingerprint_differs"
    message = Text(
        zh="输入的指纹与公钥不符。", en="The fingerprint that was typed is not that of the key."
    )
    remedy = Text(
        zh="请再次与对方逐组核对。仍不相符时，公钥可能在途中被替换：不要登记，并报告安全保密管理员。",
        en="Compare it again, group by group. If it still differs the key may have been exchanged on its "
        "way: do not register it, and tell the security administrator.",
    )
    status = 422
    fields = ("fingerprint",)


class PartnerKeyKnown(DomainError):
    code = "sharing.partner_key.known"
    message = Text(zh="该公钥已登记过。", en="This key was registered already.")
    remedy = Text(
        zh="已撤销的密钥不能再次登记；请对方更换密钥。",
        en="One that was withdrawn is not registered again: have the other office take a new one.",
    )
    fields = ("public",)


class PartnerKeyByTwo(DomainError):
    code = "sharing.partner_key.by_two"
    message = Text(
        zh="公钥须由登记人以外的领导小组人员确认，且只确认一次。",
        en="A key is put in force by the leading group: by somebody else than who registered it, once.",
    )
    remedy = Text(
        zh="请由领导小组的另一位同志确认。没有任何改动。",
        en="Have somebody else of the leading group do it. Nothing was changed.",
    )


class PartnerKeyWithdrawn(DomainError):
    code = "sharing.partner_key.withdrawn"
    message = Text(zh="该公钥已撤销。", en="This key was withdrawn.")
    remedy = Text(
        zh="撤销后不能恢复；请对方更换密钥后重新登记。",
        en="That stands. Have the other office take a new key, and register it.",
    )


class WithdrawalWantsAReason(DomainError):
    code = "sharing.partner_key.withdrawal_wants_a_reason"
    message = Text(zh="请写明撤销原因。", en="Say why the key is withdrawn.")
    remedy = Text(zh="原因会留存。", en="The reason stays on record.")
    status = 422
    fields = ("reason",)


class NotAnswerable(DomainError):
    code = "sharing.package_answer.not_answerable"
    message = Text(zh="这类内容不能这样办理。", en="This record takes no such answer.")
    remedy = Text(
        zh="函件可签收、回复；整改事项可报进展、申报完成。",
        en="A letter takes a receipt or a reply, an item its progress or result.",
    )
    status = 422
    fields = ("kind",)


class AnswerEmpty(DomainError):
    code = "sharing.package_answer.empty"
    message = Text(zh="请填写内容。", en="Write what you have to say.")
    remedy = Text(zh="签收可以不写内容。", en="A receipt alone needs no words.")
    status = 422
    fields = ("text",)


class BroughtMeanwhile(DomainError):
    code = "sharing.package.brought_meanwhile"
    message = Text(
        zh="该数据包正由他人办理，或签名密钥刚被撤销。",
        en="Somebody else is dealing with this package, or its key was withdrawn just now.",
    )
    remedy = Text(
        zh="没有导入任何内容；请在“收到的数据包”中查看后再试。",
        en="Nothing was taken in. Look at the packages that were received, then try again.",
    )
