"""What was brought and nobody took in is not kept for ever."""

from __future__ import annotations

from sharing.services.taking_packages import forget_brought
from tenancy.relay import chore

chore(forget_brought)
