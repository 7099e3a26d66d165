"""The one door to released facts for a person: asked for by one, confirmed by another, for half an
hour; each record opened is a row of the county whose person it is, written by the door itself.

Nobody who serves people writes the two tables; what they hold never changes but by the steps here.
"""

from importlib import import_module

from django.db import migrations

from tenancy.rls import RoleSQL, composite_fk, fence_delivered, grant

plans = import_module("scheduling.migrations.0005_guard_plans")
deputies = import_module("scheduling.migrations.0020_let_deputies_act")
administration = import_module("tenancy.migrations.0011_decide_seats_by_two")

# Whatever path is taken, the owner's included: one begins unanswered, is answered once, in a day,
# for half an hour from then, and ends early at most. No term is ever made longer.
KEEP = """
CREATE FUNCTION sec.emergency_keeps() RETURNS trigger
@writes@
AS $body$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'An emergency access stays on record.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'INSERT' THEN
        NEW.asked_at := clock_timestamp();
        IF NEW.state <> 'open' THEN
            PERFORM sec.refuse('It begins unanswered.', 'emergency_begins_unanswered');
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.tenant_id, NEW.sender_id, NEW.round_id, NEW.round_name, NEW.reason, NEW.asked_by_id,
        NEW.asked_at) IS DISTINCT FROM (OLD.tenant_id, OLD.sender_id, OLD.round_id, OLD.round_name,
        OLD.reason, OLD.asked_by_id, OLD.asked_at)
    THEN
        PERFORM sec.refuse('What was asked for stands.', 'emergency_stands');
    END IF;
    IF OLD.state = 'open' THEN
        IF NEW.state <> 'open' AND OLD.asked_at <= clock_timestamp() - interval '24 hours' THEN
            PERFORM sec.refuse('Nobody answered in time: ask anew.', 'emergency_answered_in_time');
        END IF;
        IF NEW.state <> 'open' THEN
            NEW.decided_at := clock_timestamp();
        END IF;
        IF NEW.state = 'in_force' THEN
            NEW.expires_at := NEW.decided_at + interval '30 minutes';
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.state, NEW.decided_by_id, NEW.decided_at, NEW.decision_reason, NEW.expires_at)
        IS DISTINCT FROM (OLD.state, OLD.decided_by_id, OLD.decided_at, OLD.decision_reason,
            OLD.expires_at)
        OR OLD.ended_at IS NOT NULL
    THEN
        PERFORM sec.refuse('It was answered once, and ends once.', 'emergency_answered_once');
    END IF;
    NEW.ended_at := clock_timestamp();
    RETURN NEW;
END
$body$
"""

OPENING_STANDS = """
CREATE FUNCTION sec.opening_stands() RETURNS trigger
@writes@
AS $body$
BEGIN
    RAISE EXCEPTION 'What was opened stays on record.' USING ERRCODE = 'insufficient_privilege';
END
$body$
"""

# To the office's own chain, whoever acts. It is called by the doors alone.
NOTE = """
CREATE FUNCTION sec.note_emergency(one public.scheduling_emergencyaccess, act text, number text)
RETURNS void
@writes@
AS $body$
BEGIN
    INSERT INTO public.tenancy_auditentry (tenant_id, action, object_type, object_id, data)
    SELECT office, act, 'scheduling.emergencyaccess', one.id, jsonb_strip_nulls(
        jsonb_build_object('round', one.round_id, 'office', one.tenant_id, 'number', number))
      FROM unnest(ARRAY[LEAST(one.tenant_id, one.sender_id),
                        GREATEST(one.tenant_id, one.sender_id)]) AS office;
END
$body$
"""

ASK = """
CREATE FUNCTION sec.ask_emergency(round bigint, county bigint, reason text) RETURNS bigint
@writes@
AS $body$
DECLARE
    one public.scheduling_emergencyaccess%ROWTYPE;
    called public.scheduling_releasecall%ROWTYPE;
    city text;
BEGIN
    PERFORM sec.must_hold('{scheduler,city_director}');
    SELECT * INTO called FROM public.scheduling_releasecall AS call
     WHERE call.sender_id = sec.tenant() AND call.tenant_id = county AND call.round_id = round;
    IF NOT FOUND OR county = sec.tenant() THEN
        PERFORM sec.refuse('That office was not called on.', 'emergency_of_a_round_of_theirs');
    END IF;
    INSERT INTO public.scheduling_emergencyaccess (tenant_id, sender_id, round_id, round_name,
        reason, asked_by_id, state, decision_reason)
    VALUES (county, sec.tenant(), round, called.name, reason, sec.user_id(), 'open', '')
    RETURNING * INTO one;
    SELECT office.short_name INTO city FROM public.tenancy_office AS office
     WHERE office.id = sec.tenant();
    PERFORM sec.tell_of_emergency(one, 'emergency_asked', city);
    PERFORM sec.note_emergency(one, 'scheduling.emergency.asked', NULL);
    RETURN one.id;
END
$body$
"""

TELL = """
CREATE FUNCTION sec.tell_of_emergency(one public.scheduling_emergencyaccess, what text, city text)
RETURNS void
@writes@
AS $body$
BEGIN
    INSERT INTO public.scheduling_notice (tenant_id, sender_id, kind, about, link, number, at)
    VALUES (one.tenant_id, one.sender_id, what,
        jsonb_build_object('round', one.round_name, 'office_name', city), 'emergency', one.id,
        clock_timestamp());
END
$body$
"""

# By the director whose people they are, or by a security administrator: never by whoever asked,
# in whichever seat.
DECIDE = """
CREATE FUNCTION sec.decide_emergency(number bigint, is_confirmed boolean, because text) RETURNS void
@writes@
AS $body$
DECLARE
    one public.scheduling_emergencyaccess%ROWTYPE;
    city text;
BEGIN
    PERFORM sec.must_hold('{county_director,security_administrator}');
    SELECT * INTO one FROM public.scheduling_emergencyaccess AS kept
     WHERE kept.id = number FOR UPDATE;
    IF NOT FOUND OR NOT (sec.holds('{security_administrator}') OR one.tenant_id = sec.tenant()) THEN
        RAISE EXCEPTION 'Whoever acts holds no seat for this.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF one.state <> 'open' THEN
        PERFORM sec.refuse('It was answered already.', 'emergency_answered_once');
    END IF;
    UPDATE public.scheduling_emergencyaccess AS kept
       SET state = CASE WHEN is_confirmed THEN 'in_force' ELSE 'refused' END,
           decided_by_id = sec.user_id(), decision_reason = because
     WHERE kept.id = number RETURNING * INTO one;
    SELECT office.short_name INTO city FROM public.tenancy_office AS office
     WHERE office.id = one.sender_id;
    IF is_confirmed THEN
        PERFORM sec.tell_of_emergency(one, 'emergency_in_force', city);
    END IF;
    PERFORM sec.note_emergency(one, CASE WHEN is_confirmed THEN 'scheduling.emergency.confirmed'
        ELSE 'scheduling.emergency.refused' END, NULL);
END
$body$
"""

END = """
CREATE FUNCTION sec.end_emergency(number bigint) RETURNS void
@writes@
AS $body$
DECLARE
    one public.scheduling_emergencyaccess%ROWTYPE;
BEGIN
    SELECT * INTO one FROM public.scheduling_emergencyaccess AS kept
     WHERE kept.id = number FOR UPDATE;
    IF NOT FOUND OR NOT ((one.sender_id = sec.tenant() AND one.asked_by_id = sec.user_id())
        OR (one.tenant_id = sec.tenant() AND sec.holds('{county_director}'))
        OR sec.holds('{security_administrator}'))
    THEN
        RAISE EXCEPTION 'Whoever acts holds no seat for this.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF one.state <> 'in_force' OR one.ended_at IS NOT NULL
        OR one.expires_at <= clock_timestamp()
    THEN
        PERFORM sec.refuse('It is not in force.', 'emergency_in_force');
    END IF;
    UPDATE public.scheduling_emergencyaccess AS kept SET ended_at = clock_timestamp()
     WHERE kept.id = number;
    PERFORM sec.note_emergency(one, 'scheduling.emergency.ended', NULL);
END
$body$
"""

# FOR SHARE: of one who ends it and one who reads, the reader that comes second is refused. Of kin
# and interests only how many.
OPEN = """
CREATE FUNCTION sec.open_in_emergency(emergency bigint, person text) RETURNS jsonb
@writes@
AS $body$
DECLARE
    one public.scheduling_emergencyaccess%ROWTYPE;
    known public.scheduling_releasedperson%ROWTYPE;
    facts public.scheduling_releasedfacts%ROWTYPE;
BEGIN
    SELECT * INTO one FROM public.scheduling_emergencyaccess AS kept
     WHERE kept.id = emergency AND kept.sender_id = sec.tenant() AND kept.asked_by_id = sec.user_id()
       FOR SHARE;
    IF NOT FOUND OR one.state <> 'in_force' OR one.ended_at IS NOT NULL
        OR one.expires_at <= clock_timestamp() OR NOT sec.holds('{scheduler,city_director}')
    THEN
        PERFORM sec.refuse('It is not in force.', 'emergency_in_force');
    END IF;
    SELECT kept.* INTO known FROM public.scheduling_releasedperson AS kept
     WHERE kept.tenant_id = one.sender_id AND kept.sender_id = one.tenant_id
       AND kept.round_id = one.round_id AND kept.number = person
       AND kept.release_id = (
           SELECT release.id FROM public.scheduling_release AS release
            WHERE release.tenant_id = one.sender_id AND release.sender_id = one.tenant_id
              AND release.round_id = one.round_id
            ORDER BY release.version DESC LIMIT 1);
    IF NOT FOUND THEN
        PERFORM sec.refuse('Nobody of that number was released.', 'emergency_of_a_released_person');
    END IF;
    SELECT * INTO facts FROM public.scheduling_releasedfacts AS kept
     WHERE kept.tenant_id = known.tenant_id AND kept.person_id = known.id;
    INSERT INTO public.scheduling_emergencyopening (tenant_id, sender_id, emergency_id,
        person_number, person_name, opened_by_id)
    VALUES (one.tenant_id, one.sender_id, one.id, known.number, known.name, sec.user_id());
    PERFORM sec.note_emergency(one, 'scheduling.emergency.opened', known.number);
    RETURN jsonb_build_object('name', known.name, 'post', known.post,
        'home_unit', facts.home_unit, 'system', facts.system, 'native_place', facts.native_place,
        'grew_up_place', facts.grew_up_place, 'posts', facts.posts,
        'relatives', jsonb_array_length(facts.relatives),
        'interests', jsonb_array_length(facts.interests));
END
$body$
"""

# For a security administrator, in whose fence nobody's requests are. Newest first.
ALL = """
CREATE FUNCTION sec.emergencies() RETURNS SETOF public.scheduling_emergencyaccess
@reads@
AS $body$
BEGIN
    IF sec.holds('{security_administrator}') THEN
        RETURN QUERY SELECT * FROM public.scheduling_emergencyaccess AS kept
                      ORDER BY kept.id DESC LIMIT 200;
    END IF;
END
$body$
"""

# A notice of an emergency access tells of one that is so.
ADMIT_NOTICE = deputies.again(plans.ADMIT_NOTICE).replace(
    "'extract_withdrawn'))) THEN",
    """'extract_withdrawn')))
       AND NOT EXISTS (
        SELECT FROM public.scheduling_emergencyaccess AS one
         WHERE one.id = NEW.number
           AND (one.tenant_id, one.sender_id) = (NEW.tenant_id, NEW.sender_id)
           AND (NEW.kind = 'emergency_asked'
                OR (NEW.kind = 'emergency_in_force' AND one.state = 'in_force'))) THEN""",
)

INNER = {
    "sec.emergency_keeps()": KEEP,
    "sec.opening_stands()": OPENING_STANDS,
    "sec.note_emergency(public.scheduling_emergencyaccess, text, text)": NOTE,
    "sec.tell_of_emergency(public.scheduling_emergencyaccess, text, text)": TELL,
}
DOORS = {
    "sec.ask_emergency(bigint, bigint, text)": ASK,
    "sec.decide_emergency(bigint, boolean, text)": DECIDE,
    "sec.end_emergency(bigint)": END,
    "sec.open_in_emergency(bigint, text)": OPEN,
    "sec.emergencies()": ALL,
}
ACCESS, OPENING = "scheduling_emergencyaccess", "scheduling_emergencyopening"


class Migration(migrations.Migration):
    dependencies = [
        ("scheduling", "0021_open_in_an_emergency"),
        ("tenancy", "0063_move_in_one_step"),
    ]

    operations = [
        fence_delivered(ACCESS),
        fence_delivered(OPENING),
        composite_fk(OPENING, "emergency_id", ACCESS),
        grant(ACCESS, app="SELECT"),
        grant(OPENING, app="SELECT"),
        RoleSQL(
            [
                *administration.written([*INNER.values(), *DOORS.values()]),
                ADMIT_NOTICE,
                *(f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC" for name in [*INNER, *DOORS]),
                *(f"GRANT EXECUTE ON FUNCTION {name} TO @app@" for name in DOORS),
                f"CREATE TRIGGER emergency_keeps BEFORE INSERT OR UPDATE OR DELETE ON {ACCESS} "
                "FOR EACH ROW EXECUTE FUNCTION sec.emergency_keeps()",
                f"CREATE TRIGGER opening_stands BEFORE UPDATE OR DELETE ON {OPENING} "
                "FOR EACH ROW EXECUTE FUNCTION sec.opening_stands()",
            ],
            [
                deputies.again(plans.ADMIT_NOTICE),
                f"DROP TRIGGER opening_stands ON {OPENING}",
                f"DROP TRIGGER emergency_keeps ON {ACCESS}",
                *(f"DROP FUNCTION {name}" for name in [*DOORS, *reversed(INNER)]),
            ],
            "Make the door that opens in an emergency",
        ),
    ]
