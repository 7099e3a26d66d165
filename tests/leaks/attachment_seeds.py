"""Faults in what becomes of files: a trace that passes, an original that opens, a file in plain."""

from __future__ import annotations

from tests.leaks.shapes import seed

CLEANING = "tests/unit/sharing/attachments/test_cleaning.py"
OUTSIDE = "tests/unit/sharing/attachments/test_outside.py"
SCAN = "tests/integration/attachments/test_byte_scan.py"
LIFE = "tests/integration/attachments/test_a_file_s_life.py"
BY_SQL = "tests/integration/attachments/test_what_the_database_refuses.py"
EVIDENCE = "tests/integration/sharing/test_evidence_files.py"
CLAIMS = "tests/integration/sharing/test_files_of_claims.py"
NOTHING_LEFT = f"{CLEANING}::test_nothing_planted_is_left_and_it_was_there"

ATTACHMENTS = (
    seed(
        "file-says-who-commented",
        "content",
        "A document's comments and changes keep their authors",
        NOTHING_LEFT,
        (
            "sharing/attachments/office_xml.py",
            "            one.set(key, names.NOBODY)\n            remarks",
            "            remarks",
        ),
    ),
    seed(
        "photograph-in-a-pdf-kept",
        "content",
        "What a camera wrote stays in the photographs of a PDF",
        NOTHING_LEFT,
        ("sharing/attachments/pdf_objects.py", "        _bare_picture(stream)\n", ""),
    ),
    seed(
        "cleaner-opens-files",
        "who",
        "The process that reads strangers' files may open others",
        f"{OUTSIDE}::test_it_can_do_nothing_else",
        ("sharing/attachments/sandbox.py", '"2 257 437 85 41', '"85 41'),
    ),
    seed(
        "upload-in-plain",
        "content",
        "A large upload is written in plain to the folder for temporary files",
        f"{SCAN}::test_a_large_upload_is_never_written_in_plain",
        (
            "platform/config/settings/base.py",
            'FILE_UPLOAD_HANDLERS = ["httpapi.uploads.InMemory"]\n',
            "",
        ),
    ),
    seed(
        "file-of-any-record",
        "service",
        "A file opens to everybody of the office, whatever it hangs on",
        f"{LIFE}::test_it_is_read_exactly_by_who_may_read_what_it_hangs_on",
        (
            "sharing/access/attachments.py",
            "    except DomainError:\n        return False\n",
            "    except DomainError:\n        return True\n",
        ),
    ),
    seed(
        "original-to-anybody",
        "fence",
        "The database hands an original to whoever asks for it",
        f"{BY_SQL}::test_originals_are_handed_to_custodians_alone",
        (
            "sharing/migrations/0060_attachments.py",
            "              AND seat.role IN ('city_director', 'county_director', 'discipline_body')\n",
            "",
        ),
    ),
    seed(
        "evidence-of-any-version",
        "service",
        "Whoever reads a finding gets the files of texts that were in no report",
        f"{EVIDENCE}::test_the_office_reads_no_file_of_a_text_that_was_in_no_report",
        (
            "sharing/access/evidence.py",
            "    return version.number in (told if actor.may(Permission.VIEW_REPORTS) else told[-1:])",
            "    return bool(told)",
        ),
    ),
    seed(
        "files-told-at-home",
        "content",
        "An office reads from its own record how many files a team has handed in",
        f"{EVIDENCE}::test_the_office_s_own_record_tells_of_no_file",
        ("tenancy/domain/acts.py", " | _IN_A_ROOM | _OF_FILES", " | _IN_A_ROOM"),
    ),
    seed(
        "file-of-any-claim",
        "service",
        "The files of a claim open to everybody of the office",
        f"{CLAIMS}::test_a_claim_comes_with_its_files_for_whoever_reads_the_item",
        ("sharing/access/files_of_claims.py", "    access_item(actor, found.item_id)\n", ""),
    ),
    seed(
        "file-passed-on-unread",
        "service",
        "A file that one may not read is hung on a record of one's own, and read there",
        f"{LIFE}::test_nobody_hangs_up_what_they_may_not_read",
        (
            "sharing/services/attaching.py",
            "    found = access_attachment(actor, number)\n    if not links(",
            "    found = Attachment.objects.get(tenant_id=actor.tenant_id, pk=number)\n    if not links(",
        ),
    ),
    seed(
        "file-off-the-record-still-read",
        "filter",
        "A file that was taken off a record is read on by those who read the record",
        f"{LIFE}::test_hung_on_a_second_record_its_readers_read_it_until_it_is_taken_off",
        (
            "sharing/access/attachments.py",
            "tenant_id=actor.tenant_id, detached_at__isnull=True, **which",
            "tenant_id=actor.tenant_id, **which",
        ),
    ),
)
