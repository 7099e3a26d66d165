"""Refusals about the files of a paper's evidence."""

from __future__ import annotations

from kernel.errors import DomainError
from kernel.text import Text


class EvidenceUnknown(DomainError):
    code = "sharing.evidence.unknown"
    message = Text(
        zh="最新一版没有这条证据。", en="The newest version has no such line of evidence."
    )
    remedy = Text(
        zh="请刷新页面，从最新一版的证据中选择。没有保存任何内容。",
        en="Load the page again and choose a line of the newest version. Nothing was kept.",
    )
    status = 422
    fields = ("line", "file")


class EvidenceFileOfTheFinder(DomainError):
    code = "sharing.evidence.file_of_the_finder"
    message = Text(
        zh="证据文件由撰写人“{finder}”上传和取下。",
        en="Files of the evidence are handed in and taken off by “{finder}”, who found it.",
    )
    remedy = Text(
        zh="请将文件交给撰写人上传。没有任何改动。",
        en="Give the file to them. Nothing was changed.",
    )
    fields = ("file",)


class EvidenceStands(DomainError):
    code = "sharing.evidence.stands"
    message = Text(
        zh="这一版已提交过组务会，证据文件不再变动。",
        en="This version was handed to the team meeting: its files stand.",
    )
    remedy = Text(
        zh="退回或收回后，请先保存新的一版，再上传或取下文件。没有任何改动。",
        en="Once it was sent or taken back, save a further version first, then hand in or take off."
        " Nothing was changed.",
    )
    status = 409
    fields = ("file",)
