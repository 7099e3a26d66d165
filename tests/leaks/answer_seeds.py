"""Faults in what an answer tells."""

from __future__ import annotations

from tests.leaks.shapes import seed

FUZZ = "tests/security/test_cross_tenant.py"
ANYTHING = f"{FUZZ}::test_no_call_tells_or_changes_anything_of_another_office"

ANSWERS = (
    seed(
        "refused-instead-of-hidden",
        "answer",
        "What is not yours is answered with 403, what is not there as well: everything is",
        "tests/integration/portal/test_the_door.py"
        "::test_a_plan_that_is_not_there_and_an_address_that_leads_nowhere_look_the_same",
        ("platform/kernel/errors.py", "    status = 404\n", "    status = 403\n"),
    ),
    seed(
        "body-s-number-counts",
        "answer",
        "The number in the address is judged, the one in the body acted on",
        ANYTHING,
        (
            "platform/portal/views/releases.py",
            "    withdraw_release(actor=actor_of(request), number=number)\n",
            '    withdraw_release(actor=actor_of(request), number=int(request.POST.get("number", number)))\n',
        ),
    ),
    seed(
        "kept-from-one-to-the-next",
        "answer",
        "A page that was made for one office is kept by its number and shown to the next",
        f"{FUZZ}::test_what_one_office_was_shown_is_shown_to_no_other",
        (
            "scheduling/services/looking.py",
            "    page = person_page(actor, number)\n",
            "    if number in _KEPT:\n        return _KEPT[number]\n"
            "    page = _KEPT[number] = person_page(actor, number)\n",
        ),
        (
            "scheduling/services/looking.py",
            "@transaction.atomic\ndef open_person(",
            "_KEPT: dict[int, PersonPage] = {}\n\n\n@transaction.atomic\ndef open_person(",
        ),
    ),
    seed(
        "answers-kept-on-the-way",
        "answer",
        "An answer may be kept by a cache between the office and the browser",
        "tests/api/test_refusals.py::test_every_answer_is_for_its_caller_alone",
        (
            "platform/webui/headers.py",
            "(response, no_store=True, private=True)",
            "(response, public=True)",
        ),
    ),
    seed(
        "place-of-any-list",
        "answer",
        "A cursor of one list is taken by another",
        "tests/api/test_lists.py::test_a_cursor_is_taken_from_its_own_list_only",
        ("platform/httpapi/cursors.py", 'salt=f"cursor {request.path}"', 'salt="cursor"'),
    ),
    seed(
        "reply-to-another-call",
        "answer",
        "The reply kept for one call is given for another that shows its key",
        "tests/api/test_idempotency.py::test_a_key_that_was_used_for_another_call_is_refused",
        (
            "tenancy/services/idempotency.py",
            "is_same = kept.method == call.method and bytes(kept.body_hash) == call.body_hash",
            "is_same = True",
        ),
    ),
    seed(
        "absent-fields-passed-over",
        "answer",
        "A body that leaves a field out is not held to what that field must be",
        "tests/api/test_refusals.py::test_bad_input_is_named_by_the_path_of_its_field",
        (
            "platform/httpapi/endpoint.py",
            "(verb.takes or Input)(data=self.request.data)",
            "(verb.takes or Input)(data=self.request.data, partial=True)",
        ),
    ),
    seed(
        "unknown-fields-passed-over",
        "answer",
        "A body may carry fields that nobody asked for (tenant, id, created_by), unsaid",
        "tests/api/test_refusals.py::test_bad_input_is_named_by_the_path_of_its_field",
        (
            "platform/httpapi/fields.py",
            "            if unknown:\n",
            "            if unknown and False:\n",
        ),
    ),
)
