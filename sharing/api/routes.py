"""This house's addresses below /api/v1/."""

from __future__ import annotations

from django.urls import path

from sharing.api import (
    attachments,
    authorisations,
    clue_ledger,
    clues,
    contacts,
    deadlines,
    dictionary,
    history,
    interference,
    letters,
    packages,
    papers,
    rectification,
    rectification_desks,
    reports,
    rooms,
    rule_imports,
    rules,
    weekly,
)

urlpatterns = [
    path("history-figures", history.Figures.as_view(), name="history-figures"),
    path("unit-contacts", contacts.Desks.as_view(), name="unit-contacts"),
    path("unit-contacts/<int:number>", contacts.Desk.as_view(), name="unit-contact"),
    path(
        "unit-contacts/<int:number>/remove",
        contacts.RemoveContact.as_view(),
        name="unit-contact-remove",
    ),
    path("my-units", contacts.OwnDesks.as_view(), name="my-units"),
    path("categories", dictionary.Categories.as_view(), name="categories"),
    path("categories/begin", dictionary.BeginCategories.as_view(), name="categories-begin"),
    path("categories/editions", dictionary.CategoryEditions.as_view(), name="category-editions"),
    path("categories/adopt", dictionary.AdoptCategories.as_view(), name="categories-adopt"),
    path(
        "categories/<int:number>/retire",
        dictionary.RetireCategory.as_view(),
        name="category-retire",
    ),
    path(
        "categories/<int:number>/revive",
        dictionary.ReviveCategory.as_view(),
        name="category-revive",
    ),
    path("categories/<int:number>/move", dictionary.MoveCategory.as_view(), name="category-move"),
    path("rules", rules.RuleTexts.as_view(), name="rules"),
    path("rules/search", rules.RuleSearch.as_view(), name="rule-search"),
    path("rules/<int:number>", rules.RuleTextDetail.as_view(), name="rule-text"),
    path("rules/<int:number>/articles", rules.RuleArticles.as_view(), name="rule-articles"),
    path("rules/<int:number>/issue", rules.IssueRule.as_view(), name="rule-issue"),
    path("rule-imports", rule_imports.RuleImports.as_view(), name="rule-imports"),
    path("rule-imports/template", rule_imports.RuleTemplate.as_view(), name="rule-template"),
    path("rule-imports/<int:number>", rule_imports.RuleImportDetail.as_view(), name="rule-import"),
    path(
        "rule-imports/<int:number>/apply",
        rule_imports.ApplyRules.as_view(),
        name="rule-import-apply",
    ),
    path(
        "rule-imports/<int:number>/give-up",
        rule_imports.GiveUpRules.as_view(),
        name="rule-import-give-up",
    ),
    path("rooms", rooms.Rooms.as_view(), name="rooms"),
    path("rooms/<int:number>", rooms.OneRoom.as_view(), name="room"),
    path("person-accounts", rooms.PersonAccounts.as_view(), name="person-accounts"),
    path("people/<int:number>/account", rooms.OnePersonAccount.as_view(), name="person-account"),
    path("people/<int:number>/account/unlink", rooms.UnlinkAccount.as_view(), name="unlink"),
    path(
        "publications/<int:number>/teams",
        authorisations.PublicationTeams.as_view(),
        name="publication-teams",
    ),
    path("authorisations", authorisations.Authorisations.as_view(), name="authorisations"),
    path(
        "authorisations/<int:number>",
        authorisations.OneAuthorisation.as_view(),
        name="authorisation",
    ),
    path(
        "authorisations/<int:number>/grant",
        authorisations.GrantAuthorisation.as_view(),
        name="authorisation-grant",
    ),
    path(
        "authorisations/<int:number>/refuse",
        authorisations.RefuseAuthorisation.as_view(),
        name="authorisation-refuse",
    ),
    path(
        "authorisations/<int:number>/admit",
        authorisations.AdmitMember.as_view(),
        name="authorisation-admit",
    ),
    path(
        "authorisations/<int:number>/end",
        authorisations.EndMember.as_view(),
        name="authorisation-end",
    ),
    path(
        "authorisations/<int:number>/follow",
        authorisations.FollowCorrection.as_view(),
        name="authorisation-follow",
    ),
    path(
        "authorisations/<int:number>/revoke",
        authorisations.RevokeAuthorisation.as_view(),
        name="authorisation-revoke",
    ),
    path("clues", clues.TeamClues.as_view(), name="team-clues"),
    path("clues/<int:number>", clues.TeamClue.as_view(), name="team-clue"),
    path("clues/<int:number>/judgement", clues.JudgeClue.as_view(), name="judge-clue"),
    path("clues/<int:number>/send-back", clues.SendClueBack.as_view(), name="send-clue-back"),
    path("clues/<int:number>/signature", clues.SignClue.as_view(), name="sign-clue"),
    path("clue-routes", clues.ClueRoutes.as_view(), name="clue-routes"),
    path("clue-ledger", clue_ledger.Ledger.as_view(), name="clue-ledger"),
    path("clue-ledger/<int:number>", clue_ledger.LedgerClue.as_view(), name="ledger-clue"),
    *(
        path(f"clue-ledger/<int:number>/{act}", view.as_view(), name=f"ledger-{act}")
        for act, view in (
            ("take-in", clue_ledger.TakeIn),
            ("return", clue_ledger.ReturnClue),
            ("disposal", clue_ledger.ChooseDisposal),
            ("begin", clue_ledger.BeginDisposal),
            ("result", clue_ledger.TellResult),
            ("urge", clue_ledger.UrgeClue),
            ("ask-again", clue_ledger.AskClueAgain),
            ("close", clue_ledger.CloseClue),
            ("tie", clue_ledger.DeclareTie),
        )
    ),
    path("hand-over-lists", clue_ledger.HandOverLists.as_view(), name="hand-over-lists"),
    path(
        "hand-over-lists/<int:number>",
        clue_ledger.HandOverListPage.as_view(),
        name="hand-over-list",
    ),
    path(
        "hand-over-lists/<int:number>/receipt",
        clue_ledger.AcknowledgeList.as_view(),
        name="acknowledge-hand-over-list",
    ),
    path(
        "hand-over-lists/<int:number>/document",
        clue_ledger.HandOverDocument.as_view(),
        name="hand-over-document",
    ),
    path("interference", interference.InterferenceEntries.as_view(), name="interference"),
    path(
        "interference/<int:number>",
        interference.InterferenceEntryPage.as_view(),
        name="interference-entry",
    ),
    path(
        "interference/<int:number>/outcome",
        interference.DealWithInterference.as_view(),
        name="deal-with-interference",
    ),
    path("attachments/<int:number>", attachments.OneAttachment.as_view(), name="attachment"),
    path(
        "attachments/<int:number>/file",
        attachments.AttachmentFile.as_view(),
        name="attachment-file",
    ),
    path("deadlines", deadlines.Deadlines.as_view(), name="deadlines"),
    path("deadlines/<int:number>", deadlines.OneDeadline.as_view(), name="deadline"),
    path("deadlines/<int:number>/pause", deadlines.PauseDeadline.as_view(), name="deadline-pause"),
    path(
        "deadlines/<int:number>/resume", deadlines.ResumeDeadline.as_view(), name="deadline-resume"
    ),
    path("deadline-month", deadlines.DeadlineMonth.as_view(), name="deadline-month"),
    path("deadline-terms", deadlines.DeadlineTerms.as_view(), name="deadline-terms"),
    path("deadline-terms/preview", deadlines.PreviewTerms.as_view(), name="deadline-terms-preview"),
    path("deadline-terms/days", deadlines.OfficeDays.as_view(), name="office-days"),
    path("deadline-terms/days/remove", deadlines.OfficeDayGone.as_view(), name="office-day-remove"),
    path("letters", letters.Letters.as_view(), name="letters"),
    path("letters/<int:number>", letters.Letter.as_view(), name="letters-one"),
    path("letters/<int:number>/acts", letters.LetterAct.as_view(), name="letters-one-acts"),
    path("letters/<int:number>/urging", letters.LetterUrging.as_view(), name="letters-one-urging"),
    path("inbox", letters.Inbox.as_view(), name="inbox"),
    path("items", rectification.Items.as_view(), name="items"),
    path("items/<int:number>", rectification.Item.as_view(), name="items-one"),
    path("items/<int:number>/acts", rectification.ItemAct.as_view(), name="items-one-acts"),
    path("items/<int:number>/plan", rectification.Plan.as_view(), name="items-one-plan"),
    path("items/<int:number>/claim", rectification.Claim.as_view(), name="items-one-claim"),
    path("outcomes", rectification.Outcomes.as_view(), name="outcomes"),
    path("rectification-board", rectification.Board.as_view(), name="rectification-board"),
    path("my-items", rectification.MyItems.as_view(), name="my-items"),
    path("supervised-items", rectification.SupervisedItems.as_view(), name="supervised-items"),
    path("led-items", rectification.LedItems.as_view(), name="led-items"),
    path("joint-cases", rectification_desks.Cases.as_view(), name="joint-cases"),
    path("joint-cases/<int:number>", rectification_desks.Case.as_view(), name="joint-cases-one"),
    path("talks", rectification_desks.Talks.as_view(), name="talks"),
    path("evaluations", rectification_desks.Evaluations.as_view(), name="evaluations"),
    path("look-backs", rectification_desks.LookBacks.as_view(), name="look-backs"),
    path("look-backs/<int:number>", rectification_desks.LookBack.as_view(), name="look-backs-one"),
    path(
        "letters/<int:number>/replies", letters.LetterReplies.as_view(), name="letters-one-replies"
    ),
    path(
        "items/<int:number>/progress", rectification.Progress.as_view(), name="items-one-progress"
    ),
    path(
        "items/<int:number>/deadline", rectification.Deadline.as_view(), name="items-one-deadline"
    ),
    path(
        "items/<int:number>/outcomes",
        rectification.ItemOutcomes.as_view(),
        name="items-one-outcomes",
    ),
    path(
        "talks/<int:number>/record",
        rectification_desks.TalkRecord.as_view(),
        name="talks-one-record",
    ),
    path(
        "look-backs/<int:number>/acts",
        rectification_desks.LookBackAct.as_view(),
        name="look-backs-one-acts",
    ),
    path(
        "look-backs/<int:number>/team",
        rectification_desks.LookBackTeam.as_view(),
        name="look-backs-one-team",
    ),
    path(
        "look-backs/<int:number>/results",
        rectification_desks.LookBackResults.as_view(),
        name="look-backs-one-results",
    ),
    path(
        "rooms/<int:number>/weekly-reports",
        weekly.RoomWeeklyReports.as_view(),
        name="weekly-reports",
    ),
    path(
        "rooms/<int:number>/weekly-reports/sign",
        weekly.SignWeeklyReport.as_view(),
        name="weekly-report-sign",
    ),
    path(
        "authorisations/<int:number>/weekly-reports",
        weekly.OfficeWeeklyReports.as_view(),
        name="signed-weekly-reports",
    ),
    path("packages-sent", packages.SentPackages.as_view(), name="packages-sent"),
    path("packages-sent/<int:number>", packages.OneSentPackage.as_view(), name="package-sent"),
    path("packages-received", packages.ReceivedPackages.as_view(), name="packages-received"),
    path(
        "packages-received/<int:number>",
        packages.OneReceivedPackage.as_view(),
        name="package-received",
    ),
    path(
        "packages-received/<int:number>/records",
        packages.ReceivedRecords.as_view(),
        name="received-records",
    ),
    path(
        "package-records/<int:number>", packages.OneReceivedRecord.as_view(), name="received-record"
    ),
    path(
        "package-records/<int:number>/answers",
        packages.AnswerReceivedRecord.as_view(),
        name="received-record-answers",
    ),
    path("papers", papers.Papers.as_view(), name="papers"),
    path("papers/<int:number>", papers.OnePaper.as_view(), name="paper"),
    path("papers/<int:number>/versions", papers.PaperVersions.as_view(), name="paper-versions"),
    path(
        "papers/<int:number>/comparison", papers.PaperComparison.as_view(), name="paper-comparison"
    ),
    path("papers/<int:number>/acts", papers.PaperActs.as_view(), name="paper-acts"),
    path("findings", papers.Findings.as_view(), name="findings"),
    path("findings/<int:number>", papers.OneFinding.as_view(), name="finding"),
    path(
        "findings/<int:number>/comments", papers.FindingComments.as_view(), name="finding-comments"
    ),
    path("reports", reports.Reports.as_view(), name="reports"),
    path("reports/<int:number>", reports.OneReport.as_view(), name="report"),
    path("reports/<int:number>/texts", reports.ReportTexts.as_view(), name="report-texts"),
    path("reports/<int:number>/acts", reports.ReportActs.as_view(), name="report-acts"),
]
