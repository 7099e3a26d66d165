"""Every address of the portal, and what of the table of roles it opens (tenancy.domain.matrix).

Services decide; this says what they will decide. The menu is made from it, and tests hold every
address, for every role, to it. An address that stands nowhere here fails the build.

| word | meaning |
|---|---|
| `round.read` | the rule: record and verb. `a|b`: one of them is enough |
| `page` | leads on to the page of the same number: the address only acts |
| `person` | whoever is signed in, for an office or not yet |
| `open` | strangers, too |
| (empty) | there is no such verb |
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from tenancy.actor import Actor
from tenancy.domain.matrix import Rule
from tenancy.domain.roles import MATRIX

PAGE, PERSON, OPEN, NO_VERB = "page", "person", "open", ""
WORDS = frozenset({PAGE, PERSON, OPEN, NO_VERB})


@dataclass(frozen=True, slots=True)
class Address:
    """What GET and POST of one address need."""

    get: str = NO_VERB
    post: str = NO_VERB


_TIES = "declaration.read|unavailability.declare"
_IMPORTS = "roster_import.read|unit_import.read"
_TAKES_IN = "roster_import.make|unit_import.make"
_KEEPS_CLUES = "office_clue.handle|office_clue.dispose"
_DRAFTS = "letter.draft|letter.sign"
_LETTERS = "letter.read|own_letter.read"
_STEERS = "rectification_item.steer|rectification_item.close"
_ITEMS = "rectification_item.read|spoken_unit.read|supervised_unit.read|led_case.read"
_EDITS = Address(PAGE, "draft.edit")
_FINDINGS = "report.read|finding.read|spoken_unit.read|supervised_unit.read"
_REPORTS = f"paper.read|{_FINDINGS}"
_FEEDS_BACK = "report.write|report.feed_back"

RULES: Mapping[str, Address] = MappingProxyType(
    {
        # --- Who one is -------------------------------------------------------------------
        "home": Address("self.read"),
        "my-seat": Address("self.read"),
        "sign-in": Address(OPEN, OPEN),
        "sign-out": Address(post=OPEN),
        "language": Address(post=OPEN),
        "office": Address(PERSON, PERSON),
        "sign-ins": Address("self.read"),
        "sign-ins-everybody": Address("security_policy.set"),
        "sign-in-end": Address(post="self.read"),
        "password": Address(PERSON, PERSON),
        "password-reset": Address(OPEN, OPEN),
        "locks": Address("security_policy.set", "security_policy.set"),
        "lock-lift": Address(post="security_policy.set"),
        "sign-in-code": Address(OPEN, OPEN),
        "second-factor": Address(PERSON),
        "second-factor-begin": Address(post=PERSON),
        "second-factor-confirm": Address(post=PERSON),
        "second-factor-renew": Address(post=PERSON),
        "second-factor-give-up": Address(post=PERSON),
        "second-factors": Address("security_policy.set"),
        "second-factor-reset": Address(post="security_policy.set"),
        "security-policy": Address("security_policy.set", "security_policy.set"),
        "tokens": Address("token.manage", "token.manage"),
        "token-revoke": Address(post="token.manage"),
        "tokens-everybody": Address("security_policy.set"),
        "token-revoke-any": Address(post="security_policy.set"),
        "webhooks": Address("webhook.manage", "webhook.manage"),
        "webhook-detail": Address("webhook.manage"),
        "webhook-test": Address(post="webhook.manage"),
        "webhook-again": Address(post="webhook.manage"),
        "webhook-rotate": Address(post="webhook.manage"),
        "webhook-resume": Address(post="webhook.manage"),
        "webhook-end": Address(post="webhook.manage"),
        "who-may": Address("permission_table.read"),
        # --- One's own office -------------------------------------------------------------
        "roster": Address("roster_person.read"),
        "roster-xlsx": Address("roster_person.export"),
        "person": Address("roster_person.read"),
        "roster-accounts": Address("person_account.manage"),
        "person-account": Address(PAGE, "person_account.manage"),
        "person-unlink": Address(post="person_account.manage"),
        "units": Address("unit.read"),
        "units-xlsx": Address("unit.export"),
        "import-new": Address("self.read", _TAKES_IN),
        "import-template": Address("self.read"),
        "import-detail": Address(_IMPORTS),
        "import-apply": Address(post=_TAKES_IN),
        "import-cancel": Address(post=_TAKES_IN),
        "import-faulty-rows": Address(_IMPORTS),
        "history": Address("past_term.read"),
        "deadlines": Address("deadline.read"),
        "deadlines-month": Address("deadline.read"),
        "deadline-detail": Address("deadline.read"),
        "deadline-pause": Address(PAGE, "deadline.pause"),
        "deadline-resume": Address(PAGE, "deadline.pause"),
        "deadline-terms": Address("deadline_terms.set", "deadline_terms.set"),
        "deadline-day-set": Address(post="deadline_terms.set"),
        "deadline-day-unset": Address(post="deadline_terms.set"),
        "mail": Address("self.read", "self.read"),
        "mail-confirm": Address(post="self.read"),
        "mail-end": Address(post="self.read"),
        "notices": Address("notice.read"),
        "notices-read": Address(post="notice.read"),
        "notice-open": Address(post="notice.read"),
        "ties": Address(_TIES, "declaration.make|unavailability.declare"),
        "ties-cannot-come": Address(_TIES, "declaration.make|unavailability.declare"),
        "tie-withdraw": Address(post="declaration.make|unavailability.declare"),
        "letters": Address("letter.read"),
        "letter-new": Address(_DRAFTS, _DRAFTS),
        "letter-detail": Address(_LETTERS),
        "letter-edit": Address(_DRAFTS, _DRAFTS),
        "letter-act": Address(PAGE, f"{_DRAFTS}|letter.approve|own_letter.answer"),
        "letter-reply": Address(PAGE, "own_letter.answer"),
        "letter-urge": Address(post=_DRAFTS),
        "inbox": Address("own_letter.read"),
        "rectification": Address("rectification_item.read"),
        "rectification-assign": Address(_STEERS, _STEERS),
        "items": Address("rectification_item.read"),
        "item-detail": Address(_ITEMS),
        "item-act": Address(PAGE, f"{_STEERS}|supervised_unit.read"),
        "item-plan": Address(PAGE, "spoken_unit.read"),
        "item-progress": Address(PAGE, "spoken_unit.read"),
        "item-claim": Address(PAGE, "spoken_unit.read"),
        "item-deadline": Address(PAGE, "rectification_item.close"),
        "item-outcome": Address(PAGE, f"{_STEERS}|spoken_unit.read"),
        "item-disclosure": Address(PAGE, _STEERS),
        "item-escalate": Address(post=_DRAFTS),
        "my-rectification": Address("spoken_unit.read"),
        "supervision": Address("supervised_unit.read"),
        "joint-cases": Address("rectification_item.read", _STEERS),
        "joint-case": Address("rectification_item.read|led_case.read", _STEERS),
        "in-charge": Address("led_case.read"),
        "talks": Address("rectification_item.read"),
        "talk": Address(_STEERS, _STEERS),
        "outcomes": Address("rectification_item.read"),
        "evaluations": Address("rectification_item.read", _STEERS),
        "look-backs": Address("rectification_item.read|look_back.visit", _STEERS),
        "look-back": Address("rectification_item.read|look_back.visit"),
        "look-back-act": Address(PAGE, f"{_STEERS}|look_back.approve|look_back.visit"),
        "look-back-team": Address(PAGE, _STEERS),
        "look-back-result": Address(PAGE, "look_back.visit"),
        "unit-contacts": Address("unit_contact.read"),
        "unit-contact": Address("unit_contact.read", "unit_contact.name"),
        "unit-contact-remove": Address(post="unit_contact.name"),
        "my-units": Address("spoken_unit.read|supervised_unit.read"),
        "categories": Address("category.read", "category.keep"),
        "categories-begin": Address(post="category.keep"),
        "categories-issue": Address(post="category.issue"),
        "categories-adopt": Address(post="category.keep"),
        "category-retire": Address(post="category.keep"),
        "category-revive": Address(post="category.keep"),
        "category-move": Address(post="category.keep"),
        "rules": Address("rule.read"),
        "rule-text": Address("rule.read"),
        "rule-article": Address("rule.read"),
        "rule-issue": Address(post="rule.issue"),
        "rule-import-new": Address("rule.keep", "rule.keep"),
        "rule-import-template": Address("rule.keep"),
        "rule-import": Address("rule.keep"),
        "rule-import-apply": Address(post="rule.keep"),
        "rule-import-give-up": Address(post="rule.keep"),
        # --- What another office asks, and hands over -------------------------------------
        "releases": Address("release_call.read"),
        "release-detail": Address("release_call.read"),
        "release-give": Address(PAGE, "release.give"),
        "release-withdraw": Address(post="release.give"),
        "ours": Address("extract.read"),
        "extract-detail": Address("extract.read"),
        "extract-xlsx": Address("extract.read|plan.export"),
        "request-detail": Address("confirmation_request.read"),
        "request-confirm": Address(post="confirmation_request.answer"),
        "request-object": Address(PAGE, "confirmation_request.answer"),
        # --- In an emergency --------------------------------------------------------------
        "emergency": Address("emergency.ask|emergency.confirm", "emergency.ask"),
        "emergency-detail": Address("emergency.ask|emergency.confirm"),
        "emergency-decide": Address(post="emergency.confirm"),
        "emergency-open": Address(post="emergency.ask"),
        "emergency-end": Address(post="emergency.ask|emergency.confirm"),
        # --- Rounds that one's office leads -----------------------------------------------
        "rounds": Address("round.read"),
        "round-new": Address("round.prepare", "round.prepare"),
        "round-detail": Address("round.read"),
        "round-handlers": Address("handler.read", "handler.name"),
        "round-handler-remove": Address(post="handler.name"),
        "round-window": Address("round.prepare", "round.prepare"),
        "round-call": Address("round.prepare", "round.prepare"),
        "round-reopen": Address(post="round.prepare"),
        "round-calendar": Address("round.read", "round.prepare"),
        "round-teams": Address("round.read", "round.prepare"),
        "round-policy": Address("round.read", "round.prepare"),
        "round-mode": Address(post="round.prepare"),
        "round-units": Address("round.read", "round.prepare"),
        "round-distances": Address("round.read", "round.prepare"),
        "round-survey": Address("round.read"),
        "round-survey-start": Address(post="round.prepare"),
        "round-declared": Address("round_declaration.read", "round_declaration.make"),
        "round-pins": Address("pin.read", "pin.set"),
        "round-pin-remove": Address(post="pin.set"),
        "round-compare": Address("plan.read"),
        "round-exchange": Address("exchange.read", "exchange.take_in"),
        "round-freeze": Address(post="exchange.export"),
        "round-masked": Address("exchange.export"),
        "round-unmasked": Address(post="sealed_export.ask"),
        "sealed-take": Address(post="sealed_export.ask"),
        "run-start": Address(PAGE, "run.start"),
        "run-detail": Address("run.read"),
        "run-cancel": Address(post="run.start"),
        # --- Plans on their way -----------------------------------------------------------
        "plan-detail": Address("plan.read"),
        "plan-xlsx": Address("plan.export"),
        "plan-teams": Address("plan.export"),
        "plan-document": Address("exchange.export"),
        "plan-state": Address("plan.read"),
        "plan-propose": Address(post="plan.propose"),
        "plan-take-back": Address(post="plan.propose"),
        "plan-return": Address(PAGE, "plan.approve"),
        "plan-approve": Address(post="plan.approve"),
        "plan-publish": Address(post="plan.publish"),
        "desk": Address("draft.read"),
        "desk-live": Address("draft.read"),
        "desk-open": Address(post="draft.edit"),
        "desk-edit": _EDITS,
        "desk-undo": _EDITS,
        "desk-redo": _EDITS,
        "desk-barred": _EDITS,
        "desk-pin": _EDITS,
        "desk-unpin": _EDITS,
        "desk-duties": _EDITS,
        "desk-usual-duties": _EDITS,
        "desk-check": _EDITS,
        "desk-solve": Address(PAGE, "draft.solve"),
        "publication-detail": Address("publication.read"),
        "publication-document": Address("publication.export"),
        "publication-withdraw": Address(PAGE, "publication.withdraw"),
        # --- Teams at work ------------------------------------------------------------------
        "publication-teams": Address("publication.read", "authorisation.propose"),
        "authorisations": Address("authorisation.read"),
        "authorisation-detail": Address("authorisation.read"),
        "authorisation-grant": Address(PAGE, "authorisation.grant"),
        "authorisation-refuse": Address(PAGE, "authorisation.grant"),
        "authorisation-admit": Address(post="authorisation.grant"),
        "authorisation-end": Address(post="authorisation.end"),
        "authorisation-follow": Address(post="authorisation.end"),
        "authorisation-revoke": Address(PAGE, "authorisation.end"),
        "rooms": Address("room.work"),
        "room-detail": Address("room.work"),
        "my-room": Address("room.work"),
        # --- Papers, findings, reports ------------------------------------------------------
        "papers": Address("paper.read"),
        "paper-new": Address("paper.write", "paper.write"),
        "paper-detail": Address("paper.read"),
        "paper-edit": Address("paper.write", "paper.write"),
        "paper-versions": Address("paper.read"),
        "paper-act": Address(PAGE, "paper.write|paper.sign"),
        "findings": Address(_FINDINGS),
        "finding-detail": Address(_FINDINGS),
        "finding-comment": Address(PAGE, "report.comment|report.feed_back"),
        "reports": Address(_REPORTS),
        "report-new": Address(post="report.write"),
        "report-detail": Address(_REPORTS),
        "report-text": Address("report.write", "report.write"),
        "report-feedback": Address(_FEEDS_BACK, _FEEDS_BACK),
        "report-papers": Address(PAGE, "report.write"),
        "report-act": Address(PAGE, "report.write|report.approve|report.feed_back"),
        # --- Clues --------------------------------------------------------------------------
        "clues": Address("team_clue.register"),
        "clue-new": Address("team_clue.register", "team_clue.register"),
        "clue-detail": Address("team_clue.register"),
        "clue-amend": Address("team_clue.register", "team_clue.register"),
        "clue-judge": Address(post="team_clue.screen"),
        "clue-send-back": Address(post="team_clue.screen"),
        "clue-sign": Address(post="team_clue.screen"),
        "clue-counts": Address("clue_count.read"),
        "clue-ledger": Address(_KEEPS_CLUES),
        "ledger-clue": Address(_KEEPS_CLUES),
        "ledger-take-in": Address(post="office_clue.handle"),
        "ledger-return": Address(post="office_clue.dispose"),
        "ledger-dispose": Address(post="office_clue.dispose"),
        "ledger-begin": Address(post="office_clue.dispose"),
        "ledger-result": Address(post="office_clue.dispose"),
        "ledger-urge": Address(post="office_clue.handle"),
        "ledger-ask-again": Address(post="office_clue.handle"),
        "ledger-close": Address(post="office_clue.handle"),
        "ledger-tie": Address(post=_KEEPS_CLUES),
        "hand-over-lists": Address(_KEEPS_CLUES),
        "hand-over-new": Address("office_clue.handle", "office_clue.handle"),
        "hand-over-list": Address(_KEEPS_CLUES),
        "hand-over-acknowledge": Address(post="office_clue.dispose"),
        "hand-over-document": Address(_KEEPS_CLUES),
        "clue-informant": Address("informant.enter", "informant.enter"),
        "informants": Address("informant.open"),
        "informant-open": Address(post="informant.open"),
        "informant-destroy": Address(post="informant.open"),
        "custodians": Address("custodian.name|custodian.confirm", "custodian.name"),
        "custodian-confirm": Address(post="custodian.confirm"),
        "custodian-end": Address(post="custodian.name|custodian.confirm"),
        "interference": Address("interference.report|interference.deal"),
        "interference-new": Address("interference.report", "interference.report"),
        "interference-entry": Address("interference.report|interference.deal"),
        "interference-outcome": Address(post="interference.deal"),
        "room-weekly": Address("room.work", "room.work"),
        "room-weekly-sign": Address(post="weekly_report.sign"),
        "authorisation-weekly": Address("weekly_report.read"),
        "packages-sent": Address("package.read"),
        "package-sent": Address("package.read"),
        "package-new": Address("package.make", "package.make"),
        "packages-received": Address("package.read|office_clue.dispose"),
        "package-received": Address("package.read|office_clue.dispose"),
        "package-bring": Address("package.take_in", "package.take_in"),
        "package-brought": Address("package.take_in"),
        "package-take-in": Address(post="package.take_in"),
        "package-drop": Address(post="package.take_in"),
        "package-record": Address("package.read|office_clue.dispose"),
        "package-record-answer": Address(PAGE, "package.make"),
        "package-keys": Address("package_key.keep|package_key.confirm"),
        "package-key-renew": Address(post="package_key.keep"),
        "package-key-new": Address("package_key.keep", "package_key.keep"),
        "package-key": Address("package_key.keep|package_key.confirm"),
        "package-key-confirm": Address(PAGE, "package_key.confirm"),
        "package-key-withdraw": Address(PAGE, "package_key.keep|package_key.confirm"),
        # --- The installation ---------------------------------------------------------------
        "invitation": Address(OPEN, OPEN),
        "policy-report": Address(post=OPEN),
        "webhook-hosts": Address("webhook_host.manage", "webhook_host.manage"),
        "webhook-host-remove": Address(post="webhook_host.manage"),
        "violations": Address("security_policy.set"),
        "record": Address("audit_record.read"),
        "record-csv": Address("audit_record.export"),
        "attachment": Address("attachment.read"),
        "attachment-file": Address("attachment.read"),
        "attachment-original": Address("attachment.open_original", "attachment.open_original"),
        "own-record": Address("office_record.read"),
        "own-record-others": Address("office_record.read"),
        "own-record-others-csv": Address("office_record.read"),
        "offices": Address("office.manage", "office.manage"),
        "office-detail": Address("office.manage", "office.manage"),
        "office-abolish": Address(PAGE, "office.manage"),
        "accounts": Address("account.manage", "account.manage"),
        "account": Address("account.manage", "account.manage"),
        "account-invite": Address(post="account.manage"),
        "deputies": Address("deputy.name|deputy.propose", "deputy.name|deputy.propose"),
        "deputy-revoke": Address(post="deputy.name"),
        "seats": Address("seat.propose", "seat.propose"),
        "transfers": Address("seat.transfer", "seat.transfer"),
        "seat-end": Address(post="seat.propose"),
        "seat-change-decide": Address(post="seat.decide"),
    }
)


def alternatives(needed: str) -> tuple[Rule, ...]:
    """The rules of one cell; none for a word."""
    return () if needed in WORDS else Rule.any_of(needed)


def opens(actor: Actor, name: str) -> bool:
    """Whether the page of that name is one that the actor's roles may look at. Of one that has no
    rule: no."""
    rules = alternatives(RULES.get(name, Address()).get)
    return any(MATRIX.needs[rule] <= actor.permissions for rule in rules)
