"""Offices, people, their programs, the record of what was done, and the work to do."""

from tenancy.models.audit import AuditEntry, AuditHead
from tenancy.models.jobs import Job
from tenancy.models.mail import MailAddress, MailMessage
from tenancy.models.office import Office
from tenancy.models.owned import Delivered, TenantOwned
from tenancy.models.passwords import OldPassword, PasswordReset
from tenancy.models.people import Membership, User
from tenancy.models.seats import Invitation, SeatChange
from tenancy.models.security import RecoveryCode, SecondFactor, SecurityPolicy
from tenancy.models.sessions import SignInSession
from tenancy.models.tallies import SignInTally
from tenancy.models.tokens import ApiToken, IdempotencyKey
from tenancy.models.violations import PolicyViolation
from tenancy.models.webhooks import Webhook, WebhookDelivery, WebhookHost, WebhookSecret

__all__ = [
    "ApiToken",
    "AuditEntry",
    "AuditHead",
    "Delivered",
    "IdempotencyKey",
    "Invitation",
    "Job",
    "MailAddress",
    "MailMessage",
    "Membership",
    "Office",
    "OldPassword",
    "PasswordReset",
    "PolicyViolation",
    "RecoveryCode",
    "SeatChange",
    "SecondFactor",
    "SecurityPolicy",
    "SignInSession",
    "SignInTally",
    "TenantOwned",
    "User",
    "Webhook",
    "WebhookDelivery",
    "WebhookHost",
    "WebhookSecret",
]
