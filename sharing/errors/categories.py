"""Refusals about the categories of findings."""

from __future__ import annotations

from kernel.errors import DomainError
from kernel.text import Text


class CategoriesBegunAlready(DomainError):
    code = "sharing.categories.begun_already"
    message = Text(
        zh="本单位已有问题分类，不能再从通用分类开始。",
        en="Your office has categories already: it cannot begin with the usual ones again.",
    )
    remedy = Text(
        zh="请在现有分类上增加或停用。没有任何改动。",
        en="Add to those that are there, or retire some. Nothing was changed.",
    )


class CategoryTitleTaken(DomainError):
    code = "sharing.category.title_taken"
    message = Text(
        zh="这里已有名为“{title}”的分类（{category}）。",
        en="There is a category called “{title}” here already ({category}).",
    )
    remedy = Text(
        zh="请换一个名称；如已停用，可以恢复使用。没有任何改动。",
        en="Choose another title; if it was retired, take it up again. Nothing was changed.",
    )
    fields = ("title",)


class CategoryHeadingIsTheCitys(DomainError):
    code = "sharing.category.heading_is_the_citys"
    message = Text(
        zh="本单位使用市里的分类，一级分类由市委巡察办确定。",
        en="Your office uses the city's categories: level 1 is for the city's office to say.",
    )
    remedy = Text(
        zh="请在市里的一级分类下增加本级的二级分类。没有任何改动。",
        en="Add your own classes under the city's headings. Nothing was changed.",
    )
    fields = ("heading",)


class CategoryIsTheCitys(DomainError):
    code = "sharing.category.is_the_citys"
    message = Text(
        zh="“{title}”来自市里的分类，只随市里的新版变动。",
        en="“{title}” comes from the city's set and changes with its editions alone.",
    )
    remedy = Text(
        zh="如需调整，请向市委巡察办提出。没有任何改动。",
        en="Ask the city's office to change it. Nothing was changed.",
    )


class CategoryHasClasses(DomainError):
    code = "sharing.category.has_classes"
    message = Text(
        zh="“{title}”下还有 {count} 个在用的二级分类。",
        en="There are {count} classes in use under “{title}”.",
    )
    remedy = Text(
        zh="请先停用这些二级分类。没有任何改动。", en="Retire these first. Nothing was changed."
    )


class CategoryHeadingRetired(DomainError):
    code = "sharing.category.heading_retired"
    message = Text(zh="一级分类“{title}”已停用。", en="The heading “{title}” is retired.")
    remedy = Text(
        zh="请选择在用的一级分类，或先恢复它。没有任何改动。",
        en="Choose one that is in use, or take it up again first. Nothing was changed.",
    )
    fields = ("heading",)


class CategoryLevelFull(DomainError):
    code = "sharing.category.level_full"
    message = Text(
        zh="这里已经编到第 {most} 号，不能再增加。",
        en="Number {most} is given here: there is room for no further one.",
    )
    remedy = Text(
        zh="请在另一个一级分类下增加。没有任何改动。",
        en="Add it under another heading. Nothing was changed.",
    )
    fields = ("heading",)


class CategoriesChangedMeanwhile(DomainError):
    code = "sharing.categories.changed_meanwhile"
    message = Text(
        zh="同一时刻有人也改动了分类。", en="Somebody else changed the categories at this moment."
    )
    remedy = Text(
        zh="请刷新页面后再试。没有任何改动。",
        en="Load the page again and repeat it. Nothing was changed.",
    )


class NothingToIssue(DomainError):
    code = "sharing.categories.nothing_to_issue"
    message = Text(
        zh="分类自上次下发以来没有变化，或者还没有分类。",
        en="There are no categories, or none has changed since they were last issued.",
    )
    remedy = Text(
        zh="请先调整分类。没有下发任何内容。", en="Change them first. Nothing was issued."
    )


class NothingToAdopt(DomainError):
    code = "sharing.categories.nothing_to_adopt"
    message = Text(
        zh="没有可以采用的市级分类，或者已经采用了最新一版。",
        en="The city has issued none, or its newest edition is in use here.",
    )
    remedy = Text(
        zh="市级下发新版后再采用。没有任何改动。",
        en="Adopt it once the city issues another. Nothing was changed.",
    )


class EditionMeetsOtherWords(DomainError):
    code = "sharing.categories.edition_meets_other_words"
    message = Text(
        zh="市里的这一版与本单位同编码的分类名称不同：{codes}。",
        en="This edition calls by other words what your office has under the same codes: {codes}.",
    )
    remedy = Text(
        zh="请与市委巡察办核对编码。没有任何改动。",
        en="Settle the codes with the city's office. Nothing was changed.",
    )
