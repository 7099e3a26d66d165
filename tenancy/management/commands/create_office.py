from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kernel.errors import DomainError
from tenancy.models import Office
from tenancy.services.offices import create_office


class Command(BaseCommand):
    help = "Add an office to the tree of offices. As the schema's owner."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="short and lasting, for instance zhoushan")
        parser.add_argument("--name", required=True, help="中共……巡察工作领导小组办公室")
        parser.add_argument("--short-name", required=True)
        parser.add_argument("--kind", required=True, choices=Office.Kind.values)
        parser.add_argument("--parent", metavar="CODE")
        parser.add_argument("--lon", type=float, metavar="DEGREES")
        parser.add_argument("--lat", type=float, metavar="DEGREES")

    def handle(self, **options: Any) -> None:
        try:
            office = create_office(
                code=options["code"],
                name=options["name"],
                short_name=options["short_name"],
                kind=Office.Kind(options["kind"]),
                parent_code=options["parent"],
                lon=options["lon"],
                lat=options["lat"],
            )
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{office.code}: {office.name}")
