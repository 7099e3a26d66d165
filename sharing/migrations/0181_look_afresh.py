"""What is looked at under a lock is looked at as it stands: the quota of asking, and the rule of digests.

A lock does not make an old snapshot new. Under REPEATABLE READ whoever waited for it would still not see what
was asked meanwhile, or that a digest was made.
"""

from importlib import import_module

from django.db import migrations

from tenancy.rls import RoleSQL

COMPARING = import_module("sharing.migrations.0151_compare_clues")
DIGESTS = import_module("sharing.migrations.0161_guard_digests")

AFRESH = "    PERFORM sec.insist_on_fresh_snapshots();\n"
LOCK_OF_ASKING = (
    "    PERFORM pg_advisory_xact_lock(hashtext('sharing_clueparty'), sec.tenant()::integer);\n"
)
LOCK_OF_RULES = (
    "    PERFORM pg_advisory_xact_lock(hashtext('sharing_digestrule'), NEW.tenant_id::integer);\n"
)
PERIOD = "        SELECT * INTO period FROM sec.digest_period("


def again(function: str) -> str:
    return function.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)


def with_before(function: str, line: str, added: str) -> str:
    if function.count(line) != 1:
        raise ValueError(f"This stands there once: {line}")
    return function.replace(line, added + line)


ASK_ABOUT = again(COMPARING.ASK_ABOUT)
GUARD_RULE = again(DIGESTS.GUARD_RULE)
GUARD_DIGEST = again(DIGESTS.GUARD_DIGEST)


class Migration(migrations.Migration):
    dependencies = [("sharing", "0172_last_approval")]

    operations = [
        RoleSQL(
            [
                with_before(ASK_ABOUT, LOCK_OF_ASKING, AFRESH),
                with_before(GUARD_RULE, LOCK_OF_RULES, AFRESH),
                # The first digest fixes the minimum: it waits for who is about to change it, and they for it.
                with_before(GUARD_DIGEST, PERIOD, AFRESH + LOCK_OF_RULES),
            ],
            [ASK_ABOUT, GUARD_RULE, GUARD_DIGEST],
            "Count what was asked, and look at the rule of digests, as they stand",
        ),
    ]
