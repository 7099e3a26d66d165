"""Offices, people, the record of what was done, and the work to do."""

from tenancy.models.audit import AuditEntry, AuditHead
from tenancy.models.jobs import Job
from tenancy.models.office import Office
from tenancy.models.owned import Delivered, TenantOwned
from tenancy.models.people import Membership, User

__all__ = [
    "AuditEntry",
    "AuditHead",
    "Delivered",
    "Job",
    "Membership",
    "Office",
    "TenantOwned",
    "User",
]
