"""Every way to write an identifier, by the name under which a form offers it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from sharing.domain.identifiers.accounts import bank_card, unit_account
from sharing.domain.identifiers.credit_codes import credit_code
from sharing.domain.identifiers.id_numbers import id_number
from sharing.domain.identifiers.identifier import Fault, Identifier
from sharing.domain.identifiers.names import person_name
from sharing.domain.identifiers.phones import phone
from sharing.domain.identifiers.units import unit_code

Reading = Callable[[str], Identifier | Fault]

# Each is idempotent: what it gives back reads as itself.
READINGS: Mapping[str, Reading] = MappingProxyType(
    {
        "person_name": person_name,
        "id_number": id_number,
        "credit_code": credit_code,
        "phone": phone,
        "bank_card": bank_card,
        "unit_account": unit_account,
        "unit_code": unit_code,
    }
)
