"""Every table of an office is fenced: asked of PostgreSQL's own catalogue, in SQL of its own.

`tenancy.catalogue` asks too, at start-up. This asks again in other words, and more sharply:
whatever is not expected here is a fault, also what would be harmless.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from psycopg2.extensions import connection as Connection

from kernel.clock import today
from sharing.models.office_clues import ClueTie
from sharing.models.share_grants import ShareDisclosure, ShareGrant, ShareGrantStep, ShownView
from tenancy.models import (
    ApiToken,
    AuditEntry,
    Delivered,
    IdempotencyKey,
    MailAddress,
    Membership,
    TenantOwned,
)

APP, WORKER, OWNER, AUDIT, BACKUP, MATCHER, STATISTICS = (
    settings.DB_ROLES[role]
    for role in ("app", "worker", "owner", "audit", "backup", "matcher", "statistics")
)
SERVING = {APP, WORKER}

# Tables that belong to no office. A new one needs a reason to stand here.
UNFENCED = {
    "tenancy_office": "the public directory of offices",
    "tenancy_user": "accounts; seats are in tenancy_membership",
    "tenancy_webhookhost": "the installation's list of hosts; functions alone write it",
    "tenancy_policyviolation": "what browsers report; counted and told by functions alone",
    "tenancy_audithead": "where each chain stands; nobody who serves people reads it",
    "django_session": "sessions, before an office is chosen",
    "tenancy_signinsession": "of people, not offices; functions alone reach it",
    "tenancy_signintally": "wrong tries, before an office is chosen; functions alone reach it",
    "tenancy_oldpassword": "of people, not offices; functions alone reach it",
    "tenancy_passwordreset": "of people, not offices; functions alone reach it",
    "axes_accessattempt": "not used, not granted",
    "axes_accessattemptexpiration": "not used, not granted",
    "tenancy_secondfactor": "of people, not offices; functions alone reach it",
    "tenancy_recoverycode": "of people, not offices; functions alone reach it",
    "tenancy_securitypolicy": "one row, of the installation; changed by a function alone",
    "sharing_lawfulstep": "the life cycles, the same for every office; written by migrations",
    "sharing_handrole": "which role acts in which life; written by migrations",
    "axes_accessfailurelog": "not used, not granted",
    "axes_accesslog": "not used, not granted",
    "auth_group": "not used, not granted",
    "auth_group_permissions": "not used, not granted",
    "auth_permission": "names of permissions on objects",
    "django_content_type": "names of tables",
    "django_migrations": "names of migrations",
}
NOT_USED = {table for table, why in UNFENCED.items() if why == "not used, not granted"}

MINE = "(tenant_id = ( SELECT sec.tenant() AS tenant))"
SENT = (
    "((sender_id = ( SELECT sec.tenant() AS tenant)) AND (tenant_id = ANY"
    " (( SELECT sec.related_offices() AS related_offices)::bigint[])))"
)
MINE_OR_SENT = (
    "((tenant_id = ( SELECT sec.tenant() AS tenant)) OR (sender_id = ( SELECT sec.tenant()"
    " AS tenant)))"
)
MINE_OR_MY_SEAT = (
    "((tenant_id = ( SELECT sec.tenant() AS tenant)) OR (user_id = ( SELECT sec.user_id()"
    " AS user_id)))"
)
MINE_AND_MY_OWN = (
    "((tenant_id = ( SELECT sec.tenant() AS tenant)) AND (user_id = ( SELECT sec.user_id()"
    " AS user_id)))"
)


NEIGHBOURS = "(( SELECT sec.neighbours() AS neighbours)::bigint[])"
SENT_TO_NEIGHBOURS = (
    f"((sender_id = ( SELECT sec.tenant() AS tenant)) AND (tenant_id = ANY {NEIGHBOURS}))"
)
RECEIVED = "(receiver_id = ( SELECT sec.tenant() AS tenant))"
BESIDE = (
    f"(({MINE} OR {RECEIVED} OR (watcher_id = ( SELECT sec.tenant() AS tenant)))"
    " AND (('clue'::text <> ALL ((kinds)::text[]))"
    " OR ( SELECT sec.may_know_of_clues() AS may_know_of_clues)))"
)
BETWEEN = (
    f"(({MINE} OR {RECEIVED}) AND (tenant_id = ANY {NEIGHBOURS})"
    f" AND (receiver_id = ANY {NEIGHBOURS}))"
)
SHOWN = (
    f"(({MINE} AND (taken_back_at IS NULL) AND (until_on > ( SELECT sec.today() AS today))"
    " AND ((roles)::text[] && ( SELECT sec.own_roles() AS own_roles))"
    " AND ((concerns)::text <> ( SELECT sec.own_name() AS own_name)))"
    " OR ((sender_id = ( SELECT sec.tenant() AS tenant)) AND (((kind)::text <> 'clue'::text)"
    " OR ( SELECT sec.may_know_of_clues() AS may_know_of_clues))))"
)

# Of their own office only what the function says, which `sharing` made for the table.
NARROWED = {
    "sharing_clue": "sec.reads_team_clue(room_id, registered_by_id)",
    "sharing_cluestep": "sec.sees_team_clue(record_id)",
    "sharing_officeclue": "sec.reads_office_clue(id, (subject_name)::text, handed_over_at)",
    "sharing_officecluestep": "sec.sees_office_clue(record_id)",
    "sharing_clueimport": "sec.takes_in_clues(tenant_id)",
    "sharing_stagedclue": "sec.reads_staged_clue(tenant_id, said, quote)",
    "sharing_pastclue": "sec.reads_past_clue(tenant_id, (subject_name)::text)",
    "sharing_clueoutcome": "sec.sees_office_clue(clue_id)",
    "sharing_handoverlist": "sec.reads_hand_over_list(id)",
    "sharing_handoverentry": "sec.sees_office_clue(clue_id)",
    "sharing_handoverurging": "sec.reads_hand_over_list(list_id)",
    "sharing_deadline": "sec.reads_clock((life)::text, number)",
    "sharing_deadlinepause": "sec.sees_clock(deadline_id)",
    "sharing_deadlinetold": "sec.sees_clock(deadline_id)",
    "sharing_informant": "sec.sees_informant(clue_id)",
    "sharing_petition": "sec.reads_petition(room_id)",
    "sharing_interviewstratum": "sec.reads_interviews(room_id)",
    "sharing_interview": "sec.reads_interviews(room_id)",
    "sharing_clueparty": "sec.sees_office_clue(clue_id)",
    "sharing_hitnotice": "sec.sees_office_clue(clue_id)",
    "sharing_hitnoticestep": "sec.sees_hit_notice(record_id)",
    "sharing_ledpartner": "sec.sees_office_clue(clue_id)",
    "sharing_probingalert": "sec.reads_probing_alert(person_id)",
    "sharing_documentrequest": (
        "sec.reads_document_request(room_id, (unit_code)::text, is_accounts)"
    ),
    "sharing_documentrequeststep": "sec.sees_document_request(record_id)",
    "sharing_roompost": "sec.in_room(room_id)",
    "sharing_receivedrecord": "sec.reads_received((part)::text, content)",
    "sharing_shareview": "sec.reads_share_view((kind)::text, object_id, (concerns)::text)",
    "sharing_sharenote": "sec.reads_share_note((kind)::text, written_by_id, (concerns)::text)",
    "sharing_interferenceentry": ("sec.reads_interference(room_id, registered_by_id, past_leader)"),
}


@pytest.fixture
def ask(superuser_connection: Connection) -> Any:
    def rows(sql: str, *values: Any) -> list[tuple[Any, ...]]:
        with superuser_connection.cursor() as cursor:
            cursor.execute(sql, values or None)
            return list(cursor.fetchall())

    return rows


def models_of_offices() -> dict[str, type[TenantOwned]]:
    return {
        model._meta.db_table: model
        for model in apps.get_models(include_auto_created=True)
        if issubclass(model, TenantOwned)
    }


def policies_expected(model: type[TenantOwned]) -> set[tuple[Any, ...]]:
    """(command, roles, what may be read or touched, what may be written)"""
    read, insert, change = MINE, MINE, MINE
    if issubclass(model, Delivered):
        read, insert = MINE_OR_SENT, SENT
    if model in (ShareGrantStep, ShareDisclosure, ShownView):
        insert = SENT_TO_NEIGHBOURS
        read = SHOWN if model is ShownView else MINE_OR_SENT
        if model is ShareGrantStep:
            read = f"({MINE_OR_SENT} AND sec.sees_share(tenant_id, record_id))"
        if model is ShareDisclosure:
            read = f"({MINE_OR_SENT} AND sec.knows_of((kind)::text))"
    if model is ShareGrant:
        read, insert = BESIDE, BETWEEN
    if model is Membership:
        read = MINE_OR_MY_SEAT
    if (narrowed := NARROWED.get(model._meta.db_table)) is not None:
        read = change = f"({MINE} AND {narrowed})"
    if model in (ApiToken, IdempotencyKey, ClueTie, MailAddress):
        read = insert = change = MINE_AND_MY_OWN
    both = frozenset(SERVING)
    audit = {("SELECT", frozenset({AUDIT}), "true", None)} if model is AuditEntry else set()
    return audit | {
        ("SELECT", both, read, None),
        ("INSERT", both, None, insert),
        ("UPDATE", both, change, change),
        ("DELETE", both, change, None),
        ("ALL", frozenset({OWNER}), "true", "true"),
    }


def test_every_table_is_an_offices_or_is_known_to_be_nobodys(ask: Any) -> None:
    tables = {name for (name,) in ask("SELECT tablename FROM pg_tables WHERE schemaname='public'")}

    assert tables == set(models_of_offices()) | set(UNFENCED)


def test_a_column_that_names_an_office_means_a_model_of_an_office(ask: Any) -> None:
    tables = ask(
        "SELECT table_name FROM information_schema.columns"
        " WHERE table_schema = 'public' AND column_name IN ('tenant_id', 'sender_id')"
    )

    assert {table for (table,) in tables} == set(models_of_offices())


def test_every_fence_is_on_and_binds_the_owner(ask: Any) -> None:
    fenced = ask(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        " AND relrowsecurity AND relforcerowsecurity"
    )

    assert {table for (table,) in fenced} == set(models_of_offices())


def test_every_policy_is_one_of_the_vocabulary_and_there_is_no_other(ask: Any) -> None:
    found: dict[str, set[tuple[Any, ...]]] = {}
    for table, permissive, *policy in ask(
        "SELECT tablename, permissive, cmd, roles::text[], qual, with_check FROM pg_policies"
    ):
        command, roles, using, check = policy
        assert permissive == "PERMISSIVE"
        found.setdefault(table, set()).add((command, frozenset(roles), using, check))

    expected = {table: policies_expected(model) for table, model in models_of_offices().items()}
    assert found == expected


def test_every_table_of_an_office_has_a_key_that_leads_with_it(ask: Any) -> None:
    keyed = ask(
        "SELECT conrelid::regclass::text FROM pg_constraint WHERE contype = 'u'"
        " AND pg_get_constraintdef(oid) = 'UNIQUE (tenant_id, id)'"
    )

    assert {table for (table,) in keyed} == set(models_of_offices())


def test_no_unique_key_spans_offices(ask: Any) -> None:
    """It would refuse a value because another office has it, and so betray that it does."""
    spanning = ask(
        "SELECT i.indexrelid::regclass::text FROM pg_index AS i"
        "  JOIN pg_class AS c ON c.oid = i.indrelid"
        "  JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]"
        " WHERE c.relrowsecurity AND i.indisunique AND NOT i.indisprimary"
        "   AND a.attname <> 'tenant_id'"
    )

    assert spanning == []


def test_every_foreign_key_into_an_offices_table_names_the_office(ask: Any) -> None:
    """PostgreSQL checks foreign keys behind the policies' back."""
    wrong = ask(
        "SELECT k.conname FROM pg_constraint AS k JOIN pg_class AS target ON target.oid = k.confrelid"
        " WHERE k.contype = 'f' AND target.relrowsecurity AND NOT EXISTS ("
        "   SELECT FROM unnest(k.conkey, k.confkey) AS pair (own, theirs)"
        "     JOIN pg_attribute AS a ON a.attrelid = k.conrelid AND a.attnum = pair.own"
        "     JOIN pg_attribute AS b ON b.attrelid = k.confrelid AND b.attnum = pair.theirs"
        "    WHERE a.attname IN ('tenant_id', 'sender_id') AND b.attname = 'tenant_id')"
    )

    assert wrong == []


def test_every_foreign_key_of_a_model_is_one_in_the_database(ask: Any) -> None:
    """`db_constraint=False` leaves it to the migration; this notices when that forgot."""
    kept = set(
        ask(
            "SELECT k.conrelid::regclass::text, a.attname FROM pg_constraint AS k"
            "  JOIN pg_attribute AS a ON a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey)"
            " WHERE k.contype = 'f'"
        )
    )
    declared = {
        (table, field.column)
        for table, model in models_of_offices().items()
        for field in model._meta.concrete_fields
        if field.is_relation
    }

    assert declared - kept == set()


def test_no_foreign_key_deletes_or_changes_rows_by_itself(ask: Any) -> None:
    """A cascade runs as the owner: it would reach rows that the policies hide."""
    cascading = ask(
        "SELECT conname FROM pg_constraint WHERE contype = 'f'"
        " AND (confdeltype NOT IN ('a', 'r') OR confupdtype NOT IN ('a', 'r'))"
        " AND connamespace = 'public'::regnamespace"
    )

    assert cascading == []


def test_nobody_who_serves_people_holds_what_the_policies_do_not_govern(ask: Any) -> None:
    granted = ask(
        "SELECT c.relname, r.rolname, p.privilege_type FROM pg_class AS c,"
        " aclexplode(c.relacl) AS p LEFT JOIN pg_roles AS r ON r.oid = p.grantee"
        " WHERE c.relnamespace IN ('public'::regnamespace, 'sec'::regnamespace)"
        "   AND p.grantee <> c.relowner"
    )

    assert {(table, what) for table, role, what in granted if role == AUDIT} == {
        ("tenancy_auditentry", "SELECT"),
        ("tenancy_audithead", "SELECT"),
    }
    granted = [line for line in granted if line[1] != AUDIT]
    assert {role for (_, role, _) in granted} <= SERVING, "somebody else, or everybody"
    allowed = {"SELECT", "INSERT", "UPDATE", "DELETE"}
    assert {what for (_, _, what) in granted} <= allowed
    assert not {table for (table, *_) in granted} & (NOT_USED | {"context_key"})


def test_no_column_is_granted_to_everybody(ask: Any) -> None:
    granted = ask(
        "SELECT DISTINCT r.rolname, a.attrelid::regclass::text, a.attname FROM pg_attribute AS a, aclexplode(a.attacl) AS p"
        " LEFT JOIN pg_roles AS r ON r.oid = p.grantee WHERE a.attacl IS NOT NULL"
        "  AND a.attrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)"
    )

    assert {role for (role, *_) in granted} <= SERVING | {AUDIT}
    assert {tuple(what) for role, *what in granted if role == AUDIT} == {
        ("tenancy_office", "id"),
        ("tenancy_office", "code"),
        ("tenancy_office", "short_name"),
    }


def test_guardian_has_no_rows_of_any_object(ask: Any) -> None:
    """They outlive what they point at. Permissions on objects are in tables of ours."""
    assert ask("SELECT relname FROM pg_class WHERE relname LIKE 'guardian%'") == []
    assert ask("SELECT count(*) FROM tenancy_user WHERE username ILIKE '%anonymous%'") == [(0,)]


def test_names_of_permissions_are_read_and_never_written(ask: Any) -> None:
    for role in SERVING:
        for table in ("auth_permission", "django_content_type"):
            for command in ("INSERT", "UPDATE", "DELETE"):
                asked = "SELECT has_table_privilege(%s, %s, %s)"
                assert ask(asked, role, table, command) == [(False,)]


@pytest.mark.parametrize("table", ["tenancy_auditentry", "tenancy_audithead"])
def test_the_record_is_for_appending(ask: Any, table: str) -> None:
    for role in SERVING:
        for command in ("UPDATE", "DELETE", "TRUNCATE"):
            assert ask("SELECT has_table_privilege(%s, %s, %s)", role, table, command) == [(False,)]


def test_the_roles_are_as_small_as_they_should_be(ask: Any) -> None:
    roles = ask(
        "SELECT rolname, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication,"
        " rolcanlogin FROM pg_roles WHERE rolname = ANY (%s) ORDER BY rolname",
        sorted(SERVING | {OWNER}),
    )
    memberships = ask(
        "SELECT r.rolname FROM pg_auth_members AS m JOIN pg_roles AS r ON r.oid = m.member"
        " WHERE r.rolname = ANY (%s)",
        sorted(SERVING | {OWNER}),
    )

    assert roles == [
        (name, False, False, False, False, False, name in SERVING)
        for name in sorted(SERVING | {OWNER})
    ]
    assert memberships == []


def test_the_backup_alone_bypasses_and_neither_it_nor_the_auditor_writes(ask: Any) -> None:
    ours = ask("SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname LIKE 'xuncha%'")
    memberships = ask(
        "SELECT m.member::regrole::text, m.roleid::regrole::text FROM pg_auth_members AS m"
        " WHERE m.member::regrole::text = ANY (%s)",
        [AUDIT, BACKUP, STATISTICS],
    )

    assert {name for name, is_super, _ in ours if is_super} == set()
    assert {name for name, _, bypasses in ours if bypasses} == {BACKUP}
    # Reads every table; no right to write any, and none to act as somebody else.
    assert memberships == [(BACKUP, "pg_read_all_data")]
    for role in (AUDIT, BACKUP, STATISTICS):
        for command in ("INSERT", "UPDATE", "DELETE", "TRUNCATE"):
            asked = (
                "SELECT tablename FROM pg_tables WHERE schemaname IN ('public', 'sec')"
                " AND has_table_privilege(%s, format('%%I.%%I', schemaname, tablename), %s)"
            )
            assert ask(asked, role, command) == []
        assert ask("SELECT has_schema_privilege(%s, 'public', 'CREATE')", role) == [(False,)]


def test_nobody_who_serves_people_makes_anything(ask: Any) -> None:
    for role in SERVING:
        for schema in ("public", "sec"):
            assert ask("SELECT has_schema_privilege(%s, %s, 'CREATE')", role, schema) == [(False,)]
        for what in ("CREATE", "TEMPORARY"):
            asked = "SELECT has_database_privilege(%s, current_database(), %s)"
            assert ask(asked, role, what) == [(False,)]


def test_everything_belongs_to_the_owner(ask: Any) -> None:
    owners = ask(
        "SELECT DISTINCT r.rolname FROM pg_class AS c JOIN pg_roles AS r ON r.oid = c.relowner"
        " WHERE c.relnamespace IN ('public'::regnamespace, 'sec'::regnamespace)"
    )

    assert owners == [(OWNER,)]


def test_there_is_no_view_and_no_partition_to_read_past_a_fence(ask: Any) -> None:
    """A view reads as its owner; a partition, named directly, has policies of its own or none."""
    others = ask(
        "SELECT relname FROM pg_class WHERE relnamespace IN ('public'::regnamespace,"
        " 'sec'::regnamespace) AND (relkind IN ('v', 'm', 'f', 'p') OR relispartition)"
    )

    assert others == []


def test_a_function_that_acts_as_the_owner_is_in_sec_with_its_path_pinned(ask: Any) -> None:
    functions = ask(
        "SELECT n.nspname, p.proname, p.prosecdef, COALESCE(p.proconfig, '{}')"
        "  FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace"
        " WHERE n.nspname NOT IN ('pg_catalog', 'information_schema')"
        "   AND NOT EXISTS (SELECT FROM pg_depend AS d WHERE d.objid = p.oid AND d.deptype = 'e')"
    )

    assert {
        name for schema, name, is_definer, _ in functions if is_definer and schema != "sec"
    } == set()
    for schema, name, _, configuration in functions:
        if schema == "sec":
            assert configuration == ["search_path=pg_catalog, pg_temp"], name


def test_every_function_asks_for_the_day_in_china(ask: Any) -> None:
    """A session's own day is that of UTC: until eight in the morning it is yesterday."""
    named = ask(
        "SELECT proname FROM pg_proc WHERE pronamespace = 'sec'::regnamespace"
        " AND prosrc ~* '(current_date|localtimestamp|current_time|now\\(\\)::date)'"
    )

    assert named == []


def test_the_database_and_we_write_the_same_day(ask: Any) -> None:
    before = today()
    [(day,)] = ask("SELECT sec.today()")

    assert before <= day <= today()


CALLABLE = {
    "tenant": SERVING,
    "user_id": SERVING,
    "related_offices": SERVING,
    "today": SERVING,
    "neighbours": SERVING,
    "own_roles": SERVING,
    "own_name": SERVING,
    "may_know_of_clues": SERVING,
    "reads_share_view": SERVING,
    "reads_share_note": SERVING,
    "sees_share": SERVING,
    "knows_of": SERVING,
    "share_digest": {APP},
    "share_is_whole": {APP},
    "stepped_back": {APP},
    "completes_share": {APP},
    "show_view": {APP},
    "record_refused_sign_in": {APP},
    "office_of_job": {WORKER},
    "due_jobs": {WORKER},
    "barred_seats": SERVING,
    "take_sealed_export": {APP},
    "holder_of_token": {APP},
    "purge_idempotency_keys": {WORKER},
    "stale_imports": {WORKER},
    "note_violation": {APP},
    "remind_of_tokens": {WORKER},
    "tokens_shown": {APP},
    "revoke_token": {APP},
    "queue_deliveries": {WORKER},
    "forget_deliveries": {WORKER},
    "offices_to_tell": {WORKER},
    "queue_mails": {WORKER},
    "forget_mails": {WORKER},
    "allow_webhook_host": {APP},
    "refuse_webhook_host": {APP},
    "violations": {APP},
    "forget_sealed_exports": {WORKER},
    "open_requests": {APP},
    "in_room": {APP},
    "for_outsiders": {APP},
    "holds_post": {APP},
    "ask_about_party": {APP},
    "withdraw_party": {APP},
    "answers_elsewhere": {APP},
    "sees_hit_notice": SERVING,
    "answers_hit": SERVING,
    "sees_probing_alert": SERVING,
    "blur_notices": {MATCHER},
    "reads_probing_alert": {APP},
    "tell_of_hit": {MATCHER},
    "answers_to_hits": {MATCHER},
    "lead_together": {MATCHER},
    "raise_probing_alert": {MATCHER},
    "reads_document_request": {APP},
    "sees_document_request": {APP},
    "reads_interviews": {APP},
    "reads_petition": {APP},
    "open_authorisations": {APP},
    "propose_authorisation": {APP},
    "answer_authorisation": {APP},
    "team_now": {APP},
    "admit_member": {APP},
    "end_member": {APP},
    "follow_correction": {APP},
    "revoke_authorisation": {APP},
    "reads_team_clue": {APP},
    "sees_team_clue": {APP},
    "reads_office_clue": {APP},
    "reads_past_clue": {APP},
    "takes_in_clues": {APP},
    "reads_staged_clue": {APP},
    "sees_whole_clue_import": {APP},
    "sees_office_clue": SERVING,
    "reads_clock": SERVING,
    "sees_clock": SERVING,
    "reads_hand_over_list": SERVING,
    "next_hand_over_number": {APP},
    "keeps_informants": {APP},
    "sees_informant": {APP},
    "open_informant": {APP},
    "destroy_informant": {APP},
    "reads_interference": {APP},
    "reads_received": {APP},
    "propose_seat": {APP},
    "decide_seat": {APP},
    "seats_in_force": {APP},
    "propose_deputy": {APP},
    "revoke_deputy": {APP},
    "propose_transfer": {APP},
    "ask_emergency": {APP},
    "decide_emergency": {APP},
    "end_emergency": {APP},
    "open_in_emergency": {APP},
    "emergencies": {APP},
    "make_account": {APP},
    "set_account": {APP},
    "invite": {APP},
    "invited": {APP},
    "accept_invitation": {APP},
    "renew_password": {APP},
    "make_office": {APP},
    "rename_office": {APP},
    "close_office": {APP},
    "open_session": {APP},
    "look_at_session": {APP},
    "close_session": {APP},
    "prove_session": {APP},
    "sessions_shown": {APP},
    "end_session": {APP},
    "forget_sign_ins": {WORKER},
    "own_second_factor": {APP},
    "begin_second_factor": {APP},
    "confirm_second_factor": {APP},
    "use_factor_step": {APP},
    "use_recovery_code": {APP},
    "renew_recovery_codes": {APP},
    "give_up_second_factor": {APP},
    "reset_second_factor": {APP},
    "second_factors_shown": {APP},
    "set_security_policy": {APP},
    "read_record": {APP},
    "change_password": {APP},
    "own_old_passwords": {APP},
    "make_password_reset": {APP},
    "password_reset_of": {APP},
    "use_password_reset": {APP},
    "password_resets_shown": {APP},
    "sign_in_held": {APP},
    "note_wrong_try": {APP},
    "forget_wrong_tries": {APP},
    "holds_shown": {APP},
    "lift_hold": {APP},
    "seen_by_others": {APP},
    "original_of": {APP},
    "informant_keys": {WORKER},
    "rewrap_informant": {WORKER},
    # The city digest is counted by a role that holds nothing but these.
    "ask_counts": {STATISTICS},
    "told_counts": {STATISTICS},
    "earlier_digests": {STATISTICS},
}


def test_each_function_of_sec_is_called_by_whom_it_is_for(ask: Any) -> None:
    granted: dict[str, set[str | None]] = {}
    for name, role in ask(
        "SELECT p.proname, r.rolname FROM pg_proc AS p,"
        " aclexplode(COALESCE(p.proacl, acldefault('f', p.proowner))) AS a"
        " LEFT JOIN pg_roles AS r ON r.oid = a.grantee"
        " WHERE p.pronamespace = 'sec'::regnamespace AND a.grantee <> p.proowner"
    ):
        granted.setdefault(name, set()).add(role)

    assert granted == CALLABLE


def test_the_index_of_tokens_is_the_matchers_alone(ask: Any) -> None:
    granted = ask(
        "SELECT DISTINCT r.rolname FROM pg_class AS c, aclexplode(c.relacl) AS p"
        " LEFT JOIN pg_roles AS r ON r.oid = p.grantee"
        " WHERE c.relnamespace = 'matcher'::regnamespace AND p.grantee <> c.relowner"
    )
    uses = ask(
        "SELECT rolname FROM pg_roles WHERE rolname LIKE 'xuncha%'"
        " AND has_schema_privilege(oid, 'matcher', 'USAGE') ORDER BY 1"
    )

    assert granted == [(MATCHER,)]
    assert uses == [(BACKUP,), (MATCHER,), (OWNER.replace("owner", "migrator"),), (OWNER,)]


def test_the_matcher_is_bound_like_those_who_serve(ask: Any) -> None:
    assert ask(
        "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication"
        " FROM pg_roles WHERE rolname = %s",
        MATCHER,
    ) == [(False,) * 5]
    assert ask("SELECT 1 FROM pg_auth_members WHERE member = %s::regrole", MATCHER) == []


def test_the_server_is_one_whose_fences_have_no_known_hole(ask: Any) -> None:
    """CVE-2025-8713: statistics showed hidden rows; mended in 15.14, 16.10 and 17.6."""
    [(version,)] = ask("SELECT current_setting('server_version_num')::int")

    major, minor = divmod(version, 10_000)
    assert minor >= {15: 14, 16: 10, 17: 6}.get(major, 0 if major > 17 else 10_000)
