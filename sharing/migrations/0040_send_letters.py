"""Letters: numbered as they are signed, frozen from then on, answered by whom they are for.

docs/architecture/letters.md says what is enforced where."""

import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from sharing.models.guards import sow, sow_hands, walks
from tenancy.rls import RoleSQL, composite_fk, fence, grant

LAWFUL = [
    ("written", "draft", "draft", "office_clerk"),
    ("written", "draft", "draft", "office_director"),
    ("handed_in", "draft", "under_review", "office_clerk"),
    ("handed_in", "draft", "under_review", "office_director"),
    ("returned_to_draft", "under_review", "draft", "leading_group"),
    ("returned_to_draft", "under_review", "draft", "office_director"),
    ("signed", "under_review", "numbered", "leading_group"),
    ("signed", "under_review", "numbered", "office_director"),
    ("discarded", "draft", "discarded", "office_clerk"),
    ("discarded", "draft", "discarded", "office_director"),
    ("discarded", "under_review", "discarded", "office_clerk"),
    ("discarded", "under_review", "discarded", "office_director"),
    ("sent", "numbered", "sent", "office_clerk"),
    ("sent", "numbered", "sent", "office_director"),
    ("received", "sent", "received", "addressee"),
    ("urged", "sent", "sent", "office_clerk"),
    ("urged", "sent", "sent", "office_director"),
    ("urged", "received", "received", "office_clerk"),
    ("urged", "received", "received", "office_director"),
    ("replied", "received", "replied", "addressee"),
    ("reply_returned", "replied", "received", "office_director"),
    ("closed", "replied", "closed", "office_director"),
]
HANDS = [
    ("office_clerk", "county_clerk", "draft_letters"),
    ("office_clerk", "scheduler", "draft_letters"),
    ("office_director", "city_director", "sign_letters"),
    ("office_director", "county_director", "sign_letters"),
    ("leading_group", "leading_group", "approve_letters"),
    ("addressee", "audit_office", "answer_letters"),
    ("addressee", "county_leader", "answer_letters"),
    ("addressee", "discipline_body", "answer_letters"),
    ("addressee", "organisation_department", "answer_letters"),
    ("addressee", "petition_office", "answer_letters"),
    ("addressee", "unit_liaison", "answer_letters"),
]

LEADING_GROUP_SIGNS = "'lead_handling_letter', 'proposal_letter'"

# By whoever speaks for the unit, the person in their seat as county leader, or the body's seat.
LETTER_IS_FOR = """
CREATE FUNCTION sec.letter_is_for(of_desk bigint, of_person bigint, of_role text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT COALESCE(of_desk IS NOT NULL AND sec.speaks_for(of_desk), false)
        OR COALESCE(of_person = sec.user_id() AND sec.holds_seat('county_leader'), false)
        OR COALESCE(of_role <> '' AND sec.holds_seat(of_role), false)
$body$
"""

# A number is counted in the act of signing: rolled back with it, so there is no gap.
GUARD_LETTER = """
CREATE FUNCTION sec.guard_letter() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    is_office boolean := sec.holds_hand('letter', 'office_clerk')
                      OR sec.holds_hand('letter', 'office_director');
    series text;
    copies text;
    signer text;
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.year IS NOT NULL OR NEW.number IS NOT NULL OR NEW.signed_on IS NOT NULL
           OR NEW.due_on IS NOT NULL OR NEW.urged <> 0
           OR NEW.reference <> '' OR NEW.frozen <> '' OR NEW.digest <> '' THEN
            RAISE EXCEPTION 'A letter begins unsigned.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'letter_begins_unsigned',
                      TABLE = 'sharing_letter';
        END IF;
    ELSIF OLD.state = 'under_review' AND NEW.state = 'numbered' THEN
        NEW.signed_on := sec.today();
        NEW.year := extract(year FROM NEW.signed_on);
        INSERT INTO public.sharing_letterseries AS counted (tenant_id, kind, year, last)
        VALUES (NEW.tenant_id, NEW.kind, NEW.year, 1)
        ON CONFLICT (tenant_id, kind, year) DO UPDATE SET last = counted.last + 1
        RETURNING last INTO NEW.number;
        series := CASE NEW.kind
            WHEN 'notification_letter' THEN '巡函' WHEN 'lead_handling_letter' THEN '巡领'
            WHEN 'proposal_letter' THEN '巡建' WHEN 'rectification_notice' THEN '巡整'
            WHEN 'secondment_letter' THEN '巡调' WHEN 'urging_letter' THEN '巡催' END;
        NEW.reference := series || '〔' || NEW.year || '〕' || NEW.number || '号';
        SELECT string_agg(copy.addressee, '、' ORDER BY copy.id) INTO copies
          FROM public.sharing_lettercopy AS copy
         WHERE copy.tenant_id = NEW.tenant_id AND copy.letter_id = NEW.id;
        SELECT person.display_name INTO signer
          FROM public.tenancy_user AS person WHERE person.id = sec.user_id();
        NEW.frozen := concat_ws(chr(10), '文号：' || NEW.reference, '标题：' || NEW.title,
            '主送：' || NEW.addressee, '抄送：' || COALESCE(copies, '无'),
            '回复期限：' || to_char(NEW.due_on, 'YYYY-MM-DD'), '签发：' || signer,
            '签发日期：' || to_char(NEW.signed_on, 'YYYY-MM-DD'), '正文：', NEW.body);
        NEW.digest := encode(sha256(convert_to(NEW.frozen, 'UTF8')), 'hex');
        RETURN NEW;
    ELSIF NEW.due_on IS DISTINCT FROM OLD.due_on THEN
        IF OLD.state <> 'under_review' OR NOT (sec.holds_hand('letter', 'office_director')
                                               OR sec.holds_hand('letter', 'leading_group')) THEN
            RAISE EXCEPTION 'The due day is set by who signs.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'letter_due_set_by_who_signs',
                      TABLE = 'sharing_letter';
        END IF;
    ELSIF (NEW.kind, NEW.goes_to, NEW.desk_id, NEW.person_id, NEW.role, NEW.addressee, NEW.title,
           NEW.body, NEW.reply_days, NEW.urges_id, NEW.drafted_by, NEW.drafted_at)
          IS NOT DISTINCT FROM
          (OLD.kind, OLD.goes_to, OLD.desk_id, OLD.person_id, OLD.role, OLD.addressee, OLD.title,
           OLD.body, OLD.reply_days, OLD.urges_id, OLD.drafted_by, OLD.drafted_at) THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.due_on IS DISTINCT FROM OLD.due_on THEN
        RETURN NEW;
    END IF;
    IF NOT is_office OR (TG_OP = 'UPDATE' AND OLD.state <> 'draft') THEN
        RAISE EXCEPTION 'A letter is written by its office, as a draft.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'letter_written_as_a_draft',
                  TABLE = 'sharing_letter';
    END IF;
    IF NEW.urges_id IS NOT NULL AND (NEW.kind <> 'urging_letter' OR NOT EXISTS (
        SELECT FROM public.sharing_letter AS urged
         WHERE urged.tenant_id = NEW.tenant_id AND urged.id = NEW.urges_id
           AND urged.state IN ('sent', 'received')
           AND (urged.goes_to, urged.desk_id, urged.person_id, urged.role)
               IS NOT DISTINCT FROM (NEW.goes_to, NEW.desk_id, NEW.person_id, NEW.role))) THEN
        RAISE EXCEPTION 'What is urged was sent, to the same addressee.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'letter_urges_what_was_sent',
                  TABLE = 'sharing_letter';
    END IF;
    RETURN NEW;
END
$body$
"""

GUARD_COPY = """
CREATE FUNCTION sec.guard_lettercopy() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    one public.sharing_lettercopy%ROWTYPE;
    current_state text;
BEGIN
    IF TG_OP = 'DELETE' THEN one := OLD; ELSE one := NEW; END IF;
    SELECT letter.state INTO current_state FROM public.sharing_letter AS letter
     WHERE letter.tenant_id = sec.tenant() AND letter.tenant_id = one.tenant_id
       AND letter.id = one.letter_id FOR NO KEY UPDATE;
    IF current_state IS DISTINCT FROM 'draft' OR NOT (sec.holds_hand('letter', 'office_clerk')
                                       OR sec.holds_hand('letter', 'office_director')) THEN
        RAISE EXCEPTION 'Copies are named in the draft.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'letter_written_as_a_draft',
                  TABLE = 'sharing_lettercopy';
    END IF;
    RETURN one;
END
$body$
"""

GUARD_REPLY = """
CREATE FUNCTION sec.guard_letterreply() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    one public.sharing_letter%ROWTYPE;
BEGIN
    SELECT * INTO one FROM public.sharing_letter AS letter
     WHERE letter.tenant_id = sec.tenant() AND letter.tenant_id = NEW.tenant_id
       AND letter.id = NEW.letter_id FOR NO KEY UPDATE;
    IF NOT FOUND OR one.state <> 'received'
       OR NOT (sec.holds_hand('letter', 'addressee')
               AND sec.letter_is_for(one.desk_id, one.person_id, one.role)) THEN
        RAISE EXCEPTION 'The addressee answers what was signed for.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'letter_answered_by_its_addressee',
                  TABLE = 'sharing_letterreply';
    END IF;
    SELECT person.display_name INTO NEW.by_name
      FROM public.tenancy_user AS person WHERE person.id = sec.user_id();
    NEW.at := clock_timestamp();
    RETURN NEW;
END
$body$
"""

COUNT_URGED = """
CREATE FUNCTION sec.count_urged() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    UPDATE public.sharing_letter AS letter SET urged = letter.urged + 1
     WHERE letter.tenant_id = NEW.tenant_id AND letter.id = NEW.record_id;
    RETURN NULL;
END
$body$
"""

# Each urging on record is one urging letter that went out.
URGING_SENT = """(NEW.act <> 'urged' OR one.urged < (
        SELECT count(*) FROM public.sharing_letter AS urging
         WHERE urging.tenant_id = one.tenant_id AND urging.urges_id = one.id
           AND urging.state NOT IN ('draft', 'under_review', 'numbered', 'discarded')))"""
REPLY_WRITTEN = """(NEW.act <> 'replied' OR
        (SELECT count(*) FROM public.sharing_letterreply AS reply
          WHERE reply.tenant_id = one.tenant_id AND reply.letter_id = one.id)
        > (SELECT count(*) FROM public.sharing_letterstep AS done
            WHERE done.tenant_id = one.tenant_id AND done.record_id = one.id
              AND done.act = 'replied'))"""
SIGNED = "(NEW.act <> 'signed' OR (one.due_on IS NOT NULL AND one.kind {} IN ({})))"

ASKS = {
    "office_clerk": URGING_SENT,
    "office_director": f"{URGING_SENT} AND {SIGNED.format('NOT', LEADING_GROUP_SIGNS)}",
    "leading_group": SIGNED.format("", LEADING_GROUP_SIGNS),
    "addressee": f"sec.letter_is_for(one.desk_id, one.person_id, one.role) AND {REPLY_WRITTEN}",
}

FUNCTIONS = {
    "letter_is_for(bigint, bigint, text)": LETTER_IS_FOR,
    "guard_letter()": GUARD_LETTER,
    "guard_lettercopy()": GUARD_COPY,
    "guard_letterreply()": GUARD_REPLY,
    "count_urged()": COUNT_URGED,
}
TRIGGERS = {
    "guard ON sharing_letter": "BEFORE INSERT OR UPDATE",
    "guard ON sharing_lettercopy": "BEFORE INSERT OR DELETE",
    "guard ON sharing_letterreply": "BEFORE INSERT",
}
WRITTEN = "goes_to, desk_id, person_id, role, addressee, title, body, reply_days, due_on"


class Migration(migrations.Migration):
    dependencies = [
        ("sharing", "0082_keep_rules"),
        ("tenancy", "0072_verify_contexts_sooner"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Letter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("state", models.CharField(max_length=40)),
                (
                    "steps",
                    models.PositiveIntegerField(default=0, help_text="How many acts were done."),
                ),
                (
                    "goes_to",
                    models.CharField(
                        choices=[
                            ("unit", "A unit or department"),
                            ("leader", "A county leader"),
                            ("body", "A body beside the office"),
                            ("supervisors", "Who supervises a unit"),
                        ],
                        max_length=12,
                    ),
                ),
                ("role", models.CharField(blank=True, max_length=40)),
                ("addressee", models.CharField(max_length=200)),
                ("kind", models.CharField(max_length=30)),
                ("title", models.CharField(max_length=200)),
                ("body", models.CharField(blank=True, max_length=20000)),
                ("reply_days", models.PositiveSmallIntegerField()),
                ("due_on", models.DateField(help_text="The last day for the reply.", null=True)),
                ("year", models.PositiveSmallIntegerField(null=True)),
                ("number", models.PositiveIntegerField(null=True)),
                ("reference", models.CharField(blank=True, max_length=60)),
                ("frozen", models.TextField(blank=True, help_text="The text as it was signed.")),
                ("digest", models.CharField(blank=True, help_text="SHA-256 of it.", max_length=64)),
                ("signed_on", models.DateField(null=True)),
                ("urged", models.PositiveIntegerField(default=0)),
                ("drafted_by", models.CharField(max_length=100)),
                ("drafted_at", models.DateTimeField()),
                (
                    "desk",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sharing.unitdesk",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        db_column="tenant_id",
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.office",
                    ),
                ),
                (
                    "urges",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="urgings",
                        to="sharing.letter",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LetterCopy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "goes_to",
                    models.CharField(
                        choices=[
                            ("unit", "A unit or department"),
                            ("leader", "A county leader"),
                            ("body", "A body beside the office"),
                            ("supervisors", "Who supervises a unit"),
                        ],
                        max_length=12,
                    ),
                ),
                ("role", models.CharField(blank=True, max_length=40)),
                ("addressee", models.CharField(max_length=200)),
                (
                    "desk",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sharing.unitdesk",
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="copies",
                        to="sharing.letter",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        db_column="tenant_id",
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.office",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LetterReply",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=10000)),
                ("by_name", models.CharField(max_length=100)),
                ("at", models.DateTimeField()),
                (
                    "letter",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replies",
                        to="sharing.letter",
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        db_column="tenant_id",
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.office",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LetterSeries",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=30)),
                ("year", models.PositiveSmallIntegerField()),
                ("last", models.PositiveIntegerField(default=0)),
                (
                    "tenant",
                    models.ForeignKey(
                        db_column="tenant_id",
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.office",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LetterStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(default=0)),
                ("act", models.CharField(max_length=40)),
                ("hand", models.CharField(max_length=40)),
                ("before", models.CharField(default="", max_length=40)),
                ("after", models.CharField(max_length=40)),
                ("by_name", models.CharField(default="", max_length=100)),
                (
                    "on_behalf_of",
                    models.CharField(default="", help_text="Of a deputy: whose.", max_length=100),
                ),
                ("reason", models.CharField(blank=True, max_length=2000)),
                (
                    "facts",
                    models.JSONField(
                        default=dict,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        help_text="What the act was asked for: days, opinions, numbers. Content, and in no log.",
                    ),
                ),
                ("at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        db_column="record_id",
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acts",
                        to="sharing.letter",
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        db_column="tenant_id",
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.office",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(fields=["tenant", "state", "-id"], name="letter_by_state"),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(fields=["tenant", "desk", "-id"], name="letter_by_desk"),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(fields=["tenant", "person", "-id"], name="letter_by_person"),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(fields=["tenant", "urges"], name="letter_by_urged"),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.UniqueConstraint(
                fields=("tenant", "kind", "year", "number"), name="letter_numbered_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("desk__isnull", False),
                        ("goes_to__in", ["unit", "supervisors"]),
                        ("person__isnull", True),
                        ("role", ""),
                    ),
                    models.Q(
                        ("desk__isnull", True),
                        ("goes_to", "leader"),
                        ("person__isnull", False),
                        ("role", ""),
                    ),
                    models.Q(
                        ("desk__isnull", True),
                        ("goes_to", "body"),
                        ("person__isnull", True),
                        models.Q(("role", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="letter_has_one_addressee",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(("goes_to", "supervisors"), _negated=True),
                name="letter_goes_to_who_answers",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(("title__regex", "[\\n\\r]"), _negated=True),
                name="letter_title_is_one_line",
            ),
        ),
        migrations.AddConstraint(
            model_name="lettercopy",
            constraint=models.UniqueConstraint(
                fields=("tenant", "letter", "goes_to", "desk", "person", "role"),
                name="letter_copied_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="lettercopy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("desk__isnull", False),
                        ("goes_to__in", ["unit", "supervisors"]),
                        ("person__isnull", True),
                        ("role", ""),
                    ),
                    models.Q(
                        ("desk__isnull", True),
                        ("goes_to", "leader"),
                        ("person__isnull", False),
                        ("role", ""),
                    ),
                    models.Q(
                        ("desk__isnull", True),
                        ("goes_to", "body"),
                        ("person__isnull", True),
                        models.Q(("role", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="copy_has_one_addressee",
            ),
        ),
        migrations.AddIndex(
            model_name="letterreply",
            index=models.Index(fields=["tenant", "letter"], name="letter_reply_by_letter"),
        ),
        migrations.AddConstraint(
            model_name="letterseries",
            constraint=models.UniqueConstraint(
                fields=("tenant", "kind", "year"), name="letter_series_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="letterstep",
            constraint=models.UniqueConstraint(
                fields=("tenant", "record", "number"), name="letter_step_once"
            ),
        ),
        fence("sharing_letter"),
        composite_fk("sharing_letter", "desk_id", "sharing_unitdesk"),
        composite_fk("sharing_letter", "urges_id", "sharing_letter"),
        fence("sharing_lettercopy"),
        composite_fk("sharing_lettercopy", "letter_id", "sharing_letter"),
        composite_fk("sharing_lettercopy", "desk_id", "sharing_unitdesk"),
        fence("sharing_letterreply"),
        composite_fk("sharing_letterreply", "letter_id", "sharing_letter"),
        fence("sharing_letterseries"),
        fence("sharing_letterstep"),
        composite_fk("sharing_letterstep", "record_id", "sharing_letter"),
        grant("sharing_letter", app=f"SELECT, INSERT, UPDATE ({WRITTEN})", worker="SELECT"),
        grant("sharing_lettercopy", app="SELECT, INSERT, DELETE", worker="SELECT"),
        grant("sharing_letterreply", app="SELECT, INSERT", worker="SELECT"),
        grant("sharing_letterstep", app="SELECT, INSERT", worker="SELECT"),
        sow("letter", LAWFUL),
        sow_hands("letter", HANDS),
        RoleSQL(
            [
                *FUNCTIONS.values(),
                *(f"REVOKE ALL ON FUNCTION sec.{name} FROM PUBLIC" for name in FUNCTIONS),
                *(
                    f"CREATE TRIGGER {name.replace(' ON', f' {when} ON')} FOR EACH ROW"
                    f" EXECUTE FUNCTION sec.guard_{name.rpartition('_')[2]}()"
                    for name, when in TRIGGERS.items()
                ),
                "CREATE TRIGGER count_urged AFTER INSERT ON sharing_letterstep FOR EACH ROW"
                " WHEN (NEW.act = 'urged') EXECUTE FUNCTION sec.count_urged()",
            ],
            [
                "DROP TRIGGER count_urged ON sharing_letterstep",
                *(f"DROP TRIGGER {name}" for name in TRIGGERS),
                *(f"DROP FUNCTION sec.{name}" for name in reversed(FUNCTIONS)),
            ],
            "Number a letter as it is signed, and keep what was signed",
        ),
        walks("letter", step="letterstep", life="letter", begins_as="draft", asks=ASKS),
    ]
