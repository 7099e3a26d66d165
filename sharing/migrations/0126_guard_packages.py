"""Keys that two people compared, packages that say what they held: docs/architecture/packages.md says
what the database insists on.
"""

from django.db import migrations

from tenancy.rls import RoleSQL, composite_fk, fence, fence_narrowed, grant

DEFINER = "SECURITY DEFINER SET search_path = pg_catalog, pg_temp"
DIRECTOR = "sec.holds_own_hand('clue', 'office_director')"
GROUP = "sec.holds_own_hand('letter', 'leading_group')"
NAME = """(SELECT person.display_name FROM public.tenancy_user AS person
              WHERE person.id = sec.user_id())"""


def refusal(sentence: str, constraint: str, table: str) -> str:
    return (
        f"RAISE EXCEPTION '{sentence}' USING ERRCODE = 'check_violation', "
        f"CONSTRAINT = '{constraint}', TABLE = 'sharing_{table}';"
    )


# As `sharing.packages.signing.fingerprint`: a test holds the two together.
FINGERPRINT = f"""
CREATE FUNCTION sec.fingerprint_of(public_key text) RETURNS text
LANGUAGE sql IMMUTABLE {DEFINER}
AS $body$
    SELECT rtrim(regexp_replace(
        left(encode(sha256(decode(public_key, 'hex')), 'hex'), 32), '(.{{4}})', '\\1 ', 'g'))
$body$
"""
# A list of clues tells all of them: whoever bears a subject's name sees no list with it.
READS_RECEIVED = f"""
CREATE FUNCTION sec.reads_received(part text, content jsonb) RETURNS boolean
LANGUAGE sql STABLE {DEFINER}
AS $body$
    SELECT part <> 'hand_over_lists' OR (
        ({DIRECTOR} OR sec.holds_own_hand('clue', 'discipline_body'))
        AND NOT jsonb_path_exists(
            (content ->> 'document')::jsonb, '$.clues[*].subject.name ? (@ == $name)',
            jsonb_build_object('name', {NAME})))
$body$
"""
GUARD_SIGNING_KEY = f"""
CREATE FUNCTION sec.guard_signing_key() RETURNS trigger LANGUAGE plpgsql {DEFINER}
AS $body$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.retired_at IS NOT DISTINCT FROM OLD.retired_at THEN
        RETURN NEW;
    END IF;
    IF NOT {DIRECTOR} OR (TG_OP = 'INSERT' AND NEW.tenant_id IS DISTINCT FROM sec.tenant()) THEN
        {refusal("The director keeps the key.", "signing_key_kept_by_the_director", "signingkey")}
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.fingerprint <> sec.fingerprint_of(NEW.public) THEN
            {refusal("That is another key.", "signing_key_fingerprint_is_its_own", "signingkey")}
        END IF;
        NEW.made_by_name := {NAME};
        NEW.made_at := clock_timestamp();
        NEW.retired_at := NULL;
        RETURN NEW;
    END IF;
    IF OLD.retired_at IS NOT NULL THEN
        {refusal("What was retired stays so.", "signing_key_stays_retired", "signingkey")}
    END IF;
    NEW := OLD;
    NEW.retired_at := clock_timestamp();
    RETURN NEW;
END
$body$
"""
GUARD_PARTNER_KEY = f"""
CREATE FUNCTION sec.guard_partner_key() RETURNS trigger LANGUAGE plpgsql {DEFINER}
AS $body$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.tenant_id IS DISTINCT FROM sec.tenant() OR NOT {DIRECTOR} THEN
            {refusal("The director registers it.", "partner_key_kept_by_the_director", "partnerkey")}
        END IF;
        IF NEW.fingerprint <> sec.fingerprint_of(NEW.public) THEN
            {refusal("That is another key.", "partner_key_fingerprint_is_its_own", "partnerkey")}
        END IF;
        NEW.registered_by_id := sec.user_id();
        NEW.registered_by_name := {NAME};
        NEW.registered_at := clock_timestamp();
        NEW.confirmed_by_name := '';
        NEW.confirmed_at := NULL;
        NEW.withdrawn_by_name := '';
        NEW.withdrawn_at := NULL;
        NEW.withdrawn_because := '';
        RETURN NEW;
    END IF;
    IF OLD.withdrawn_at IS NOT NULL THEN
        {refusal("What was withdrawn stays so.", "partner_key_stays_withdrawn", "partnerkey")}
    END IF;
    IF NEW.withdrawn_at IS NOT NULL THEN
        IF NOT ({DIRECTOR} OR {GROUP}) OR btrim(NEW.withdrawn_because) = '' THEN
            {refusal("With a reason.", "partner_key_withdrawn_with_a_reason", "partnerkey")}
        END IF;
        OLD.withdrawn_because := NEW.withdrawn_because;
        NEW := OLD;
        NEW.withdrawn_by_name := {NAME};
        NEW.withdrawn_at := clock_timestamp();
        RETURN NEW;
    END IF;
    IF OLD.confirmed_at IS NOT NULL OR NEW.confirmed_at IS NULL
       OR sec.user_id() = OLD.registered_by_id OR NOT {GROUP} THEN
        {refusal("A second person confirms it.", "partner_key_in_force_by_two", "partnerkey")}
    END IF;
    NEW := OLD;
    NEW.confirmed_by_name := {NAME};
    NEW.confirmed_at := clock_timestamp();
    RETURN NEW;
END
$body$
"""
GUARD_SENT = f"""
CREATE FUNCTION sec.guard_sent_package() RETURNS trigger LANGUAGE plpgsql {DEFINER}
AS $body$
BEGIN
    IF NEW.tenant_id IS DISTINCT FROM sec.tenant() OR NOT {DIRECTOR} THEN
        {refusal("The director makes it.", "package_made_by_the_director", "sentpackage")}
    END IF;
    IF NOT EXISTS (
        SELECT FROM public.sharing_signingkey AS own
         WHERE own.tenant_id = NEW.tenant_id AND own.fingerprint = NEW.fingerprint
           AND own.retired_at IS NULL) THEN
        {refusal("By the key of now.", "package_signed_by_the_key_of_now", "sentpackage")}
    END IF;
    IF NOT EXISTS (
        SELECT FROM public.sharing_partnerkey AS known
         WHERE known.tenant_id = NEW.tenant_id AND known.office_code = NEW.receiver_code
           AND known.confirmed_at IS NOT NULL AND known.withdrawn_at IS NULL) THEN
        {refusal("For an office that is known.", "package_for_a_known_office", "sentpackage")}
    END IF;
    NEW.by_name := {NAME};
    NEW.at := clock_timestamp();
    RETURN NEW;
END
$body$
"""
# What stood in a package is said when it is made, and never added to. Lists of clues are for the
# discipline body of the office that signed them, so they go to that office and to no other.
GUARD_SENT_RECORD = f"""
CREATE FUNCTION sec.guard_sent_record() RETURNS trigger LANGUAGE plpgsql {DEFINER}
AS $body$
DECLARE
    receiver text;
BEGIN
    SELECT package.receiver_code INTO receiver FROM public.sharing_sentpackage AS package
     WHERE package.tenant_id = NEW.tenant_id AND package.id = NEW.package_id
       AND package.tenant_id = sec.tenant() AND package.at >= transaction_timestamp();
    IF NOT FOUND OR NOT {DIRECTOR} THEN
        {refusal("With its package.", "sent_record_with_its_package", "sentrecord")}
    END IF;
    IF NEW.part = 'hand_over_lists' AND NOT EXISTS (
        SELECT FROM public.sharing_handoverlist AS list
          JOIN public.tenancy_office AS office ON office.id = list.tenant_id
         WHERE list.tenant_id = NEW.tenant_id AND list.id = NEW.ref
           AND list.signed_at IS NOT NULL AND office.code = receiver
           AND sec.reads_hand_over_list(list.id)) THEN
        {refusal("To whom the list is for.", "sent_list_to_whom_it_is_for", "sentrecord")}
    END IF;
    RETURN NEW;
END
$body$
"""
KEY_IN_FORCE = """EXISTS (
        SELECT FROM public.sharing_partnerkey AS known
         WHERE known.tenant_id = NEW.tenant_id AND known.office_code = NEW.sender_code
           AND known.fingerprint = NEW.fingerprint
           AND known.confirmed_at IS NOT NULL AND known.withdrawn_at IS NULL)"""
GUARD_BROUGHT = f"""
CREATE FUNCTION sec.guard_brought_package() RETURNS trigger LANGUAGE plpgsql {DEFINER}
AS $body$
BEGIN
    IF NEW.tenant_id IS DISTINCT FROM sec.tenant() OR NOT {DIRECTOR} THEN
        {refusal("The director brings it.", "package_brought_by_the_director", "broughtpackage")}
    END IF;
    IF NOT {KEY_IN_FORCE} THEN
        {refusal("By a key in force.", "package_by_a_key_in_force", "broughtpackage")}
    END IF;
    IF EXISTS (
        SELECT FROM public.sharing_receivedpackage AS one
         WHERE one.tenant_id = NEW.tenant_id AND one.sender_code = NEW.sender_code
           AND one.number = NEW.number) THEN
        {refusal("It is here already.", "package_taken_in_once", "broughtpackage")}
    END IF;
    NEW.by_name := {NAME};
    NEW.at := clock_timestamp();
    RETURN NEW;
END
$body$
"""
# What was looked at, word for word, and by a key that holds to this moment. Both rows are locked:
# whoever drops the package or withdraws the key waits, or was first.
GUARD_RECEIVED = f"""
CREATE FUNCTION sec.guard_received_package() RETURNS trigger LANGUAGE plpgsql {DEFINER}
AS $body$
BEGIN
    IF NEW.tenant_id IS DISTINCT FROM sec.tenant() OR NOT {DIRECTOR} THEN
        {refusal("The director takes it in.", "package_taken_in_by_the_director", "receivedpackage")}
    END IF;
    PERFORM FROM public.sharing_partnerkey AS known
      WHERE known.tenant_id = NEW.tenant_id AND known.fingerprint = NEW.fingerprint FOR SHARE;
    IF NOT {KEY_IN_FORCE} THEN
        {refusal("By a key in force.", "package_by_a_key_in_force", "receivedpackage")}
    END IF;
    PERFORM FROM public.sharing_broughtpackage AS one
      WHERE one.tenant_id = NEW.tenant_id AND one.sender_code = NEW.sender_code
        AND one.number = NEW.number AND one.sha256 = NEW.sha256 AND one.parts = NEW.parts
        AND one.fingerprint = NEW.fingerprint AND one.purpose = NEW.purpose
        AND one.made_at = NEW.made_at
        FOR UPDATE;
    IF NOT FOUND THEN
        {refusal("As it was looked at.", "package_taken_in_as_it_was_brought", "receivedpackage")}
    END IF;
    NEW.by_name := {NAME};
    NEW.at := clock_timestamp();
    RETURN NEW;
END
$body$
"""
# An answer is tied to a record only if that record went to the office that answers. A list of clues
# comes from a machine of this very office, and can be asked for names.
GUARD_RECEIVED_RECORD = f"""
CREATE FUNCTION sec.guard_received_record() RETURNS trigger LANGUAGE plpgsql {DEFINER}
AS $body$
DECLARE
    sender text;
BEGIN
    SELECT package.sender_code INTO sender FROM public.sharing_receivedpackage AS package
     WHERE package.tenant_id = NEW.tenant_id AND package.id = NEW.package_id
       AND package.tenant_id = sec.tenant() AND package.at >= transaction_timestamp();
    IF NOT FOUND OR NOT {DIRECTOR} THEN
        {refusal("With its package.", "received_record_with_its_package", "receivedrecord")}
    END IF;
    IF NEW.part = 'hand_over_lists' AND (
        jsonb_typeof((NEW.content ->> 'document')::jsonb -> 'clues') IS DISTINCT FROM 'array'
        OR NOT EXISTS (
            SELECT FROM public.tenancy_office AS office
             WHERE office.id = NEW.tenant_id AND office.code = sender)) THEN
        {refusal("Of this office.", "received_list_of_this_office", "receivedrecord")}
    END IF;
    IF (NEW.letter_id IS NOT NULL OR NEW.item_id IS NOT NULL) AND NOT EXISTS (
        SELECT FROM public.sharing_sentrecord AS went
          JOIN public.sharing_sentpackage AS package
            ON package.tenant_id = went.tenant_id AND package.id = went.package_id
         WHERE went.tenant_id = NEW.tenant_id AND package.receiver_code = sender
           AND NEW.part = 'answers' AND package.number = NEW.content ->> 'package'
           AND went.part = NEW.content ->> 'part'
           AND ((went.part = 'letters' AND went.ref = NEW.letter_id AND NEW.item_id IS NULL)
                OR (went.part = 'items' AND went.ref = NEW.item_id AND NEW.letter_id IS NULL))) THEN
        {refusal("Of what went there.", "answer_of_what_was_sent", "receivedrecord")}
    END IF;
    RETURN NEW;
END
$body$
"""
GUARD_ANSWER = f"""
CREATE FUNCTION sec.guard_package_answer() RETURNS trigger LANGUAGE plpgsql {DEFINER}
AS $body$
BEGIN
    IF NEW.tenant_id IS DISTINCT FROM sec.tenant() OR NOT {DIRECTOR} OR NOT EXISTS (
        SELECT FROM public.sharing_receivedrecord AS record
         WHERE record.tenant_id = NEW.tenant_id AND record.id = NEW.record_id
           AND ((record.part = 'letters' AND NEW.kind IN ('receipt', 'reply'))
                OR (record.part = 'items' AND NEW.kind IN ('progress', 'result')))) THEN
        {refusal("The director answers.", "package_answer_by_the_director", "packageanswer")}
    END IF;
    NEW.by_name := {NAME};
    NEW.at := clock_timestamp();
    RETURN NEW;
END
$body$
"""
FUNCTIONS = {
    "fingerprint_of(text)": FINGERPRINT,
    "reads_received(text, jsonb)": READS_RECEIVED,
    "guard_signing_key()": GUARD_SIGNING_KEY,
    "guard_partner_key()": GUARD_PARTNER_KEY,
    "guard_sent_package()": GUARD_SENT,
    "guard_sent_record()": GUARD_SENT_RECORD,
    "guard_brought_package()": GUARD_BROUGHT,
    "guard_received_package()": GUARD_RECEIVED,
    "guard_received_record()": GUARD_RECEIVED_RECORD,
    "guard_package_answer()": GUARD_ANSWER,
}
TRIGGERS = (
    ("BEFORE INSERT OR UPDATE", "signingkey", "guard_signing_key"),
    ("BEFORE INSERT OR UPDATE", "partnerkey", "guard_partner_key"),
    ("BEFORE INSERT", "sentpackage", "guard_sent_package"),
    ("BEFORE INSERT", "sentrecord", "guard_sent_record"),
    ("BEFORE INSERT", "broughtpackage", "guard_brought_package"),
    ("BEFORE INSERT", "receivedpackage", "guard_received_package"),
    ("BEFORE INSERT", "receivedrecord", "guard_received_record"),
    ("BEFORE INSERT", "packageanswer", "guard_package_answer"),
)
OWN = ("signingkey", "partnerkey", "sentpackage", "sentrecord", "broughtpackage")


class Migration(migrations.Migration):
    dependencies = [
        ("sharing", "0125_packages"),
        ("tenancy", "0086_tell_guests_apart"),
    ]

    operations = [
        RoleSQL(
            [
                *FUNCTIONS.values(),
                *(f"REVOKE ALL ON FUNCTION sec.{name} FROM PUBLIC" for name in FUNCTIONS),
                "GRANT EXECUTE ON FUNCTION sec.reads_received(text, jsonb) TO @app@",
            ],
            [f"DROP FUNCTION sec.{name}" for name in reversed(FUNCTIONS)],
            "Say who keeps keys, makes packages and takes them in",
        ),
        *(fence(f"sharing_{table}") for table in OWN),
        fence("sharing_receivedpackage"),
        fence_narrowed("sharing_receivedrecord", "sec.reads_received(part, content)"),
        fence("sharing_packageanswer"),
        composite_fk("sharing_sentrecord", "package_id", "sharing_sentpackage"),
        composite_fk("sharing_receivedrecord", "package_id", "sharing_receivedpackage"),
        composite_fk("sharing_receivedrecord", "letter_id", "sharing_letter"),
        composite_fk("sharing_receivedrecord", "item_id", "sharing_rectificationitem"),
        composite_fk("sharing_packageanswer", "record_id", "sharing_receivedrecord"),
        # The worker wraps keys anew and removes what nobody took in.
        grant(
            "sharing_signingkey",
            app="SELECT, INSERT, UPDATE (retired_at)",
            worker="SELECT, UPDATE (key, wrapped)",
        ),
        grant(
            "sharing_partnerkey",
            app="SELECT, INSERT, UPDATE (confirmed_at, withdrawn_at, withdrawn_because)",
        ),
        grant("sharing_sentpackage", app="SELECT, INSERT"),
        grant("sharing_sentrecord", app="SELECT, INSERT"),
        grant(
            "sharing_broughtpackage",
            app="SELECT, INSERT, DELETE",
            worker="SELECT, UPDATE (key, wrapped), DELETE",
        ),
        grant("sharing_receivedpackage", app="SELECT, INSERT"),
        grant("sharing_receivedrecord", app="SELECT, INSERT"),
        grant("sharing_packageanswer", app="SELECT, INSERT"),
        RoleSQL(
            [
                f"CREATE TRIGGER guard {when} ON sharing_{table} FOR EACH ROW "
                f"EXECUTE FUNCTION sec.{function}()"
                for when, table, function in TRIGGERS
            ],
            [f"DROP TRIGGER guard ON sharing_{table}" for _, table, _ in reversed(TRIGGERS)],
            "Keep keys and packages as they were said",
        ),
    ]
