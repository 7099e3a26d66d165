from __future__ import annotations

import logging
import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, connection

from kernel.clock import now
from sharing.domain.corroboration.classes import TokenClass
from sharing.domain.corroboration.matching import MatchingRules
from sharing.domain.corroboration.moments import Moments
from sharing.domain.corroboration.telling import TellingRules
from sharing.mapping.matcher_keyring import MatcherKeys, matcher_keys, stop_list_of
from sharing.services.making_tokens import take_in
from sharing.services.matching import Course, look
from sharing.vault.matcher_keys import make_keys as make_missing
from tenancy.checks import refuse_to_start_without_context

EVERY_S = 30.0

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Compare clues without showing any: make tokens of what was sealed to this process, and at"
        " fixed moments match, tell and lead together. One such process suffices, on a machine of"
        " its own; two do no harm. As the matcher (xuncha_matcher)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="look once and end")

        parser.add_argument(
            "--make-keys",
            action="store_true",
            help="make keys that are missing first: on one's own machine, where the web finds the"
            " public half beside them",
        )

    def handle(self, *, once: bool, make_keys: bool, **options: Any) -> None:
        refuse_to_start_without_context()
        if make_keys:
            make_missing(settings.MATCHER_KEYS_FOLDER, TokenClass)
        keys = matcher_keys()
        course = course_of_settings(keys)
        ended = threading.Event()
        if not once:
            for name in (signal.SIGTERM, signal.SIGINT):
                signal.signal(name, lambda *_: ended.set())
        while not ended.is_set():
            self._look(keys, course)
            if once:
                return
            ended.wait(EVERY_S)

    def _look(self, keys: MatcherKeys, course: Course) -> None:
        try:
            take_in(keys)
            look(now(), course)
        except (OperationalError, InterfaceError):
            log.warning("The database does not answer; looking again soon.", exc_info=True)
            connection.close()


def course_of_settings(keys: MatcherKeys) -> Course:
    moments = Moments(settings.MATCHING_FIRST_DAY, settings.MATCHING_EVERY_DAYS)
    return Course(TellingRules(moments), MatchingRules(stop_list=stop_list_of(keys)))
