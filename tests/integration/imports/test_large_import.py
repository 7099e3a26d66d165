"""100,000 rows in at most 90 seconds and 300 MB."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from launcher.folders import CHECKOUT
from tenancy.actor import Actor


@pytest.mark.nightly
def test_100_000_rows_stay_within_the_limits(
    wu: Actor, process_environment: dict[str, str]
) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "bench_import", "--office", "dinghai"],
        cwd=CHECKOUT,
        env=process_environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    figures = json.loads(done.stdout)
    assert figures["outcome"] == "done"
    assert figures["counts"]["add"] + figures["counts"]["review"] == 100_000
