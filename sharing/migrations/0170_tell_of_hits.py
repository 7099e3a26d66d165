"""Whoever may answer a hit is told of it by the bell, at the matcher's moment and by nobody else's act.

The rows of a side tell that side: what the bell says is on its page, and nothing of the other's goes in.
"""

from django.db import migrations

from tenancy.rls import RoleSQL

DEFINER = "SECURITY DEFINER SET search_path = pg_catalog, pg_temp"

# Numbers of notices run through for all offices. What is let go at each moment of the matcher, whether
# or not anybody is told, hides how many others were.
BLUR = f"""
CREATE FUNCTION sec.blur_notices() RETURNS void LANGUAGE sql VOLATILE {DEFINER}
AS $body$
    SELECT count(nextval(pg_get_serial_sequence('public.scheduling_notice', 'id')))
      FROM generate_series(0, ('x' || left(gen_random_uuid()::text, 3))::bit(12)::integer)
$body$
"""

# `at` is the moment that was drawn, also where the matcher was late.
TELL_OF_HIT = f"""
CREATE FUNCTION sec.tell_by_hit() RETURNS trigger LANGUAGE plpgsql {DEFINER}
AS $body$
BEGIN
    INSERT INTO public.scheduling_notice (tenant_id, sender_id, kind, about, link, number, at)
    VALUES (NEW.tenant_id, NEW.tenant_id, 'hit_told',
            jsonb_build_object('until', to_char(NEW.answer_until AT TIME ZONE 'Asia/Shanghai',
                                                'YYYY-MM-DD HH24:MI')),
            'hit', NEW.id, NEW.told_at);
    RETURN NULL;
END
$body$
"""

# Once, however many are named at that moment: they stand on one page.
TELL_OF_PARTNER = f"""
CREATE FUNCTION sec.tell_by_partner() RETURNS trigger LANGUAGE plpgsql {DEFINER}
AS $body$
BEGIN
    INSERT INTO public.scheduling_notice (tenant_id, sender_id, kind, about, link, number, at)
    SELECT NEW.tenant_id, NEW.tenant_id, 'hit_led', '{{}}', 'hit', NEW.notice_id, NEW.led_at
     WHERE NOT EXISTS (
        SELECT FROM public.sharing_ledpartner AS named
         WHERE named.tenant_id = NEW.tenant_id AND named.notice_id = NEW.notice_id
           AND named.led_at = NEW.led_at AND named.id <> NEW.id);
    RETURN NULL;
END
$body$
"""

TELL_OF_PROBING = f"""
CREATE FUNCTION sec.tell_by_alert() RETURNS trigger LANGUAGE plpgsql {DEFINER}
AS $body$
BEGIN
    INSERT INTO public.scheduling_notice (tenant_id, sender_id, kind, about, link, number, at)
    VALUES (NEW.tenant_id, NEW.tenant_id, 'probing_raised', '{{}}', 'hits', NEW.id, NEW.raised_at);
    RETURN NULL;
END
$body$
"""

# A worker that tells by mail asks the same, and reads neither notice nor clue.
ANSWERS_HIT = f"""
CREATE FUNCTION sec.answers_hit(of_notice bigint) RETURNS boolean LANGUAGE sql STABLE {DEFINER}
AS $body$
    SELECT EXISTS (
        SELECT FROM public.sharing_hitnotice AS notice
         WHERE notice.tenant_id = sec.tenant() AND notice.id = of_notice
           AND notice.state IN ('told', 'proposed') AND notice.withdrawn_at IS NULL
           AND notice.answer_until > clock_timestamp() AND sec.sees_office_clue(notice.clue_id))
$body$
"""
SEES_ALERT = f"""
CREATE FUNCTION sec.sees_probing_alert(of_alert bigint) RETURNS boolean
LANGUAGE sql STABLE {DEFINER}
AS $body$
    SELECT EXISTS (
        SELECT FROM public.sharing_probingalert AS alert
         WHERE alert.tenant_id = sec.tenant() AND alert.id = of_alert
           AND sec.reads_probing_alert(alert.person_id))
$body$
"""

FUNCTIONS = {
    "blur_notices()": BLUR,
    "tell_by_hit()": TELL_OF_HIT,
    "tell_by_partner()": TELL_OF_PARTNER,
    "tell_by_alert()": TELL_OF_PROBING,
    "answers_hit(bigint)": ANSWERS_HIT,
    "sees_probing_alert(bigint)": SEES_ALERT,
}
TELLS = (
    ("hitnotice", "tell_by_hit"),
    ("ledpartner", "tell_by_partner"),
    ("probingalert", "tell_by_alert"),
)


class Migration(migrations.Migration):
    dependencies = [
        ("sharing", "0163_ask_for_records_by_name"),
        ("scheduling", "0065_tell_of_events"),
    ]

    operations = [
        RoleSQL(
            [
                *FUNCTIONS.values(),
                *(f"REVOKE ALL ON FUNCTION sec.{name} FROM PUBLIC" for name in FUNCTIONS),
                "GRANT EXECUTE ON FUNCTION sec.blur_notices() TO @matcher@",
                "GRANT EXECUTE ON FUNCTION sec.answers_hit(bigint), sec.sees_probing_alert(bigint) "
                "TO @app@, @worker@",
                "GRANT EXECUTE ON FUNCTION sec.sees_hit_notice(bigint) TO @worker@",
                *(
                    f"CREATE TRIGGER tell AFTER INSERT ON sharing_{table} "
                    f"FOR EACH ROW EXECUTE FUNCTION sec.{function}()"
                    for table, function in TELLS
                ),
            ],
            [
                *(f"DROP TRIGGER tell ON sharing_{table}" for table, _ in TELLS),
                "REVOKE EXECUTE ON FUNCTION sec.sees_hit_notice(bigint) FROM @worker@",
                *(f"DROP FUNCTION sec.{name}" for name in reversed(FUNCTIONS)),
            ],
            "Tell of hits, of offices that are named, and of guessing",
        )
    ]
