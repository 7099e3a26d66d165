"""Faults in whom the database and the worker believe to act."""

from __future__ import annotations

from tests.leaks.shapes import seed

CONTEXT = "tests/integration/tenancy/test_signed_context.py"
VERIFIED = "tenancy/migrations/0072_verify_contexts_sooner.py"

SIGNATURE = (
    seed(
        "signature-not-checked",
        "context",
        "The database believes a context that nobody signed",
        f"{CONTEXT}::test_not_believed",
        (
            VERIFIED,
            "    IF sha256(key.opad || expected) <>",
            "    IF false AND sha256(key.opad || expected) <>",
        ),
    ),
    seed(
        "context-never-expires",
        "context",
        "A context that leaked is good for ever",
        f"{CONTEXT}::test_it_expires_within_a_transaction",
        (VERIFIED, "OR part[4]::bigint <= extract(epoch FROM clock_timestamp()) THEN", "THEN"),
    ),
    seed(
        "context-outlives-its-transaction",
        "context",
        "The office of one request is still set for the next on the same connection",
        "tests/integration/tenancy/test_context.py::test_after_a_real_commit_the_office_is_left",
        (
            "tenancy/context.py",
            "set_config('app.context', %s, true)",
            "set_config('app.context', %s, false)",
        ),
    ),
    seed(
        "worker-without-context",
        "context",
        "A worker's handler writes outside of any office",
        "tests/integration/tenancy/test_queue.py::test_who_holds_the_lease_writes",
        (
            "tenancy/lease.py",
            "        with in_office(self.tenant_id, self.actor.user_id):\n            yield",
            "        with transaction.atomic():\n            yield",
        ),
    ),
    seed(
        "job-with-content",
        "context",
        "A message to the broker carries words and not numbers alone",
        "tests/integration/tenancy/test_queue.py"
        "::test_a_job_needs_a_transaction_a_handler_and_numbers",
        (
            "tenancy/queue.py",
            "if not all(type(number) is int for",
            "if not all(number is not None for",
        ),
    ),
    seed(
        "worker-with-yesterday-s-seats",
        "context",
        "Seats that ended still open the office",
        "tests/integration/tenancy/test_requests.py::test_who_loses_the_seat_is_out_at_the_next_request",
        (
            "tenancy/models/people.py",
            "return self.filter(held, is_open, is_own",
            "return self.filter(is_open, is_own",
        ),
    ),
    seed(
        "any-seat-may-be-worn",
        "context",
        "Whoever chooses a colleague's seat is taken for somebody who has one",
        "tests/integration/tenancy/test_requests.py::test_nobody_wears_a_colleagues_seat",
        (
            "tenancy/services/sign_in.py",
            "    if tenant_id is None:\n        raise NotYourSeat\n    (left, was)",
            "    tenant_id = tenant_id or chosen_office(request) or 0\n    (left, was)",
        ),
        (
            "tenancy/services/sign_in.py",
            "actor = Actor.wearing(number, user_id=user_id, tenant_id=tenant_id)",
            "actor = Actor.seated(user_id=user_id, tenant_id=tenant_id)",
        ),
    ),
)
