"""Who was named to a desk in which capacity."""

from __future__ import annotations

from types import MappingProxyType

from kernel.text import Text
from sharing.models.contacts import SPEAK, SUPERVISE, UnitDesk
from tenancy import object_permissions
from tenancy.models import User

CAPACITIES = MappingProxyType(
    {
        SPEAK: Text(zh="单位联络员", en="liaison"),
        SUPERVISE: Text(zh="整改监督人", en="supervisor"),
    }
)


def named_in(desk: UnitDesk, capacity: str, person: int) -> User | None:
    return object_permissions.named_to(desk, capacity).filter(pk=person).first()


def named_in_another(desk: UnitDesk, capacity: str, person: int) -> User | None:
    found = (named_in(desk, other, person) for other in CAPACITIES if other != capacity)
    return next((one for one in found if one is not None), None)
