"""What is seen in a package: the row alone, on record in the office that looks."""

from __future__ import annotations

from sharing.access.packages import access_received, access_received_record
from tenancy.actor import Actor
from tenancy.services.reading import Sight, sees


@sees("received_package")
def of_received_package(actor: Actor, number: int) -> Sight:
    return Sight(access_received(actor, number))


@sees("received_record")
def of_received_record(actor: Actor, number: int) -> Sight:
    return Sight(access_received_record(actor, number))
