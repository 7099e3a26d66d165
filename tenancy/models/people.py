"""Accounts, and who holds which seat in which office."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import check_password, make_password
from django.db import connection, models
from django.db.models import F, Q
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _

from kernel.text import Text
from tenancy.context import as_user
from tenancy.domain.deputies import LONGEST_DAYS, deputy_title
from tenancy.domain.roles import ROLE_TITLES, Role
from tenancy.models.owned import TenantOwned

# What a guest may be: a seat of a team, and nothing else.
TEAM_SEATS = [Role.TEAM_LEADER.value, Role.DEPUTY_LEADER.value, Role.TEAM_MEMBER.value]


class User(AbstractBaseUser):
    """An account. What it may do stands in its memberships, never here."""

    username = models.CharField(max_length=150, unique=True)
    display_name = models.CharField(max_length=100)
    language = models.CharField(max_length=10, default="zh-hans")
    is_active = models.BooleanField(default=True)
    expires_on = models.DateField(null=True, blank=True, help_text=_("The first day without."))
    password_set_at = models.DateTimeField(db_default=Now(), help_text=_("By its person."))
    password_must_change = models.BooleanField(db_default=False)
    # `password` and `last_login` come from AbstractBaseUser.

    objects = BaseUserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["display_name"]

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="username_in_lower_case", condition=Q(username=Lower("username"))
            )
        ]

    def __str__(self) -> str:
        return self.display_name

    def is_open_on(self, on: date) -> bool:
        """Neither closed nor run out. Told apart from a closed one nowhere."""
        return self.is_active and (self.expires_on is None or self.expires_on > on)

    def check_password(self, raw_password: str | None) -> bool:
        """Whether it is the right one. A hash of an older kind is renewed with it.

        By `sec.renew_password`, signed for this account: the web's role writes no password.
        """
        return check_password(raw_password, self.password, self._renew_hash)

    def _renew_hash(self, raw_password: str) -> None:
        hashed = make_password(raw_password)
        with as_user(self.pk), connection.cursor() as cursor:
            cursor.execute("SELECT sec.renew_password(%s, %s)", [self.password, hashed])
            (is_renewed,) = cursor.fetchone()
        if is_renewed:
            self.password = hashed
        else:
            # Somebody else was first: the session is bound to what is kept.
            self.refresh_from_db(fields=["password"])

    @property
    def awaits_password(self) -> bool:
        """Nobody has followed its invitation yet."""
        return not self.has_usable_password()


class MembershipQuerySet(models.QuerySet["Membership"]):
    def in_force(self, on: date) -> Self:
        """Seats held on that day, in accounts that are open then; a deputy's while also the account
        of whom they stand in for is."""
        is_open = Q(user__expires_on__isnull=True) | Q(user__expires_on__gt=on)
        is_own = Q(principal__isnull=True)
        is_there = Q(principal__expires_on__isnull=True) | Q(principal__expires_on__gt=on)
        is_there &= Q(principal__is_active=True)
        held = Q(until_on__isnull=True) | Q(until_on__gt=on)
        return self.filter(held, is_open, is_own | is_there, since_on__lte=on, user__is_active=True)

    def not_over(self, on: date) -> Self:
        """In force, or to be."""
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gt=on))

    def own(self) -> Self:
        """Held in one's own name, not a deputy's."""
        return self.filter(principal__isnull=True)


class Membership(TenantOwned):
    """A seat: somebody holds a role in an office, for a time.

    Besides their office, people see their own seats anywhere: they choose one at sign-in. A deputy's
    seat names whose it is (`principal`, in the seat `stands_for`) and what of it is withheld.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    role = models.CharField(
        max_length=40, choices=[(role.value, ROLE_TITLES[role].en) for role in Role]
    )
    since_on = models.DateField()
    until_on = models.DateField(null=True, blank=True, help_text=_("The first day without."))
    principal = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    stands_for = models.BigIntegerField(null=True, blank=True, help_text=_("Number of the seat."))
    withheld = models.JSONField(
        null=True, blank=True, help_text=_("Codes of permissions that are not passed on.")
    )
    is_guest = models.BooleanField(
        default=False,
        db_default=False,
        help_text=_("Came with a team's authorisation, and ends with it."),
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="membership_once_per_role_and_day",
                fields=["tenant", "user", "role", "since_on", "is_guest"],
                condition=Q(principal__isnull=True),
            ),
            models.CheckConstraint(
                name="membership_guest_is_of_a_team_for_a_term",
                condition=Q(is_guest=False)
                | Q(role__in=TEAM_SEATS, principal__isnull=True, until_on__isnull=False),
            ),
            models.CheckConstraint(
                name="membership_deputises_whole_for_another_for_a_term",
                condition=Q(principal__isnull=True, stands_for__isnull=True, withheld__isnull=True)
                | Q(
                    ~Q(principal=F("user")),
                    principal__isnull=False,
                    stands_for__isnull=False,
                    withheld__isnull=False,
                    until_on__isnull=False,
                    until_on__lte=F("since_on") + timedelta(days=LONGEST_DAYS),
                ),
            ),
            models.CheckConstraint(
                name="membership_ends_after_it_starts",
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("since_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} ({self.since_on})"

    @property
    def title(self) -> Text:
        title = ROLE_TITLES[Role(self.role)]
        return title if self.principal is None else deputy_title(self.principal.display_name, title)
