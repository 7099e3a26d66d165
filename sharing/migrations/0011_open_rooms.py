"""Teams are authorised by two people of two posts; rooms and guests' seats come and go with that.

The web's role writes no room, no seat and no request but by these functions. Each asks who acts and
what they hold at that moment, takes everything about the team from the publication in force, and
leaves its line in the record of both offices. One lock (`sec.must_hold`) puts them in a line with
one another and with whatever else is done about seats.
"""

from importlib import import_module

from django.db import migrations

from tenancy.rls import RoleSQL, fence, fence_delivered, grant

seats = import_module("tenancy.migrations.0011_decide_seats_by_two")

# As sharing.domain.routing says; a test holds the two against one another.
OWNER_OF = """
CREATE FUNCTION sec.owner_of(mode text, host bigint, city bigint, is_of_city boolean) RETURNS bigint
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT CASE
        WHEN mode = 'lifted' THEN city
        WHEN mode = 'joint' THEN CASE WHEN is_of_city THEN city ELSE host END
        WHEN mode IN ('own', 'ring', 'swap', 'half_unit', 'recombined', 'mixed') THEN host
    END
$body$
"""

# Whoever a bar or a hard declaration keeps from the team since it was published is none of it.
PEOPLE_OF_TEAM = """
CREATE FUNCTION sec.people_of_team(lead bigint, of_plan bigint, host bigint, of_team text)
RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT COALESCE(jsonb_agg(jsonb_build_object('origin', person.sender_id,
               'origin_name', office.short_name, 'number', person.number, 'name', person.name,
               'post', person.post, 'role', seat.role, 'is_local', person.sender_id = host)
               ORDER BY array_position('{leader,deputy,member}'::text[], seat.role::text),
                        office.code, person.number), '[]'::jsonb)
      FROM public.scheduling_planteam AS team
      JOIN public.scheduling_planseat AS seat
        ON seat.tenant_id = team.tenant_id AND seat.team_id = team.id
      JOIN public.scheduling_releasedperson AS person
        ON person.tenant_id = seat.tenant_id AND person.id = seat.person_id
      JOIN public.tenancy_office AS office ON office.id = person.sender_id
     WHERE team.tenant_id = lead AND team.plan_id = of_plan AND team.code = of_team
       AND NOT EXISTS (SELECT FROM sec.barred_among(ARRAY[team.id]) AS barred
                        WHERE barred.person_id = person.id)
$body$
"""

UNITS_OF_TEAM = """
CREATE FUNCTION sec.units_of_team(lead bigint, of_plan bigint, host bigint, of_team text)
RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT COALESCE(jsonb_agg(jsonb_build_object('code', unit.code, 'name', unit.name,
               'starts_on', visit.starts_on, 'ends_on', visit.ends_on)
               ORDER BY visit.starts_on, unit.code), '[]'::jsonb)
      FROM public.scheduling_planteam AS team
      JOIN public.scheduling_planvisit AS visit
        ON visit.tenant_id = team.tenant_id AND visit.team_id = team.id
      JOIN public.scheduling_reportedunit AS unit
        ON unit.tenant_id = visit.tenant_id AND unit.id = visit.unit_id
     WHERE team.tenant_id = lead AND team.plan_id = of_plan AND team.code = of_team
       AND unit.sender_id = host
$body$
"""

# Whose account it is: open, and of nobody who administers. Asked where a room is opened, and nowhere.
ACCOUNT_OF = """
CREATE FUNCTION sec.account_of(office bigint, person text) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT account.id
      FROM public.sharing_personaccount AS known
      JOIN public.tenancy_user AS account ON account.id = known.user_id
     WHERE known.tenant_id = office AND known.person_number = person AND account.is_active
       AND (account.expires_on IS NULL OR account.expires_on > sec.today())
       AND NOT EXISTS (
        SELECT FROM public.tenancy_membership AS seat
         WHERE seat.user_id = account.id AND sec.is_administrator(seat.role)
           AND (seat.until_on IS NULL OR seat.until_on > sec.today()))
$body$
"""

# The account is locked as whoever gives it a seat locks it: of two the second sees the first.
KEEP_ACCOUNT = """
CREATE FUNCTION sec.keep_person_account() RETURNS trigger
@writes@
AS $body$
DECLARE
    account public.tenancy_user%ROWTYPE;
    called text;
BEGIN
    IF NOT sec.holds('{city_director,county_director}') THEN
        RAISE EXCEPTION 'Whoever acts holds no seat for this.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'DELETE' THEN
        IF EXISTS (
            SELECT FROM public.sharing_roomseat AS seat
              JOIN public.sharing_room AS room
                ON room.tenant_id = seat.tenant_id AND room.id = seat.room_id
             WHERE seat.origin_id = OLD.tenant_id AND seat.person_number = OLD.person_number
               AND seat.user_id = OLD.user_id AND seat.ended_on IS NULL
               AND room.closed_at IS NULL AND room.until_on > sec.today())
        THEN
            PERFORM sec.refuse('They sit in an open room.', 'person_account_in_no_open_room');
        END IF;
        RETURN OLD;
    END IF;
    SELECT person.name INTO called FROM public.scheduling_person AS person
     WHERE person.tenant_id = NEW.tenant_id AND person.number = NEW.person_number;
    SELECT * INTO account FROM public.tenancy_user AS one
     WHERE one.id = NEW.user_id FOR NO KEY UPDATE;
    IF called IS NULL
        OR regexp_replace(called, '\\s', '', 'g')
           <> regexp_replace(account.display_name, '\\s', '', 'g')
    THEN
        PERFORM sec.refuse('An account bears the name of its person.', 'person_account_of_that_name');
    END IF;
    IF NOT account.is_active OR account.expires_on <= sec.today() OR EXISTS (
        SELECT FROM public.tenancy_membership AS seat
         WHERE seat.user_id = account.id AND sec.is_administrator(seat.role)
           AND (seat.until_on IS NULL OR seat.until_on > sec.today()))
    THEN
        PERFORM sec.refuse('Nobody who administers is a guest.',
            'person_account_of_no_administrator');
    END IF;
    RETURN NEW;
END
$body$
"""

# A newer proposal for the same team takes the place of an older one.
IS_OPEN = """
CREATE FUNCTION sec.is_authorisation_open(asked public.sharing_authorisationrequest) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT EXISTS (
            SELECT FROM public.scheduling_publication AS published
             WHERE published.tenant_id = asked.sender_id AND published.id = asked.publication_id
               AND published.ended_at IS NULL)
       AND NOT EXISTS (
            SELECT FROM public.sharing_authorisation AS answer
             WHERE answer.tenant_id = asked.sender_id AND answer.sender_id = asked.tenant_id
               AND answer.request_number = asked.id)
       AND NOT EXISTS (
            SELECT FROM public.sharing_authorisationrequest AS newer
             WHERE newer.sender_id = asked.sender_id AND newer.round_number = asked.round_number
               AND newer.host_id = asked.host_id AND newer.team_code = asked.team_code
               AND newer.id > asked.id)
$body$
"""

OPEN_AUTHORISATIONS = """
CREATE FUNCTION sec.open_authorisations() RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT asked.id FROM public.sharing_authorisationrequest AS asked
     WHERE (asked.tenant_id = sec.tenant() OR asked.sender_id = sec.tenant())
       AND sec.is_authorisation_open(asked)
$body$
"""

REFUSE_TERM = """
CREATE FUNCTION sec.refuse_unfit_term(published_on date, starts date, ends date) RETURNS void
@writes@
AS $body$
BEGIN
    IF starts IS NULL OR ends IS NULL OR ends <= starts OR starts < published_on
        OR ends - starts > 366 OR ends <= sec.today()
    THEN
        PERFORM sec.refuse('The term cannot be.', 'authorisation_within_its_term');
    END IF;
END
$body$
"""

# While a team is authorised for a county, it is not authorised again.
REFUSE_SECOND = """
CREATE FUNCTION sec.refuse_second_authorisation(of_lead bigint, of_round bigint, of_host bigint,
    of_team text) RETURNS void
@writes@
AS $body$
BEGIN
    IF EXISTS (
        SELECT FROM public.sharing_room AS room
         WHERE room.lead_id = of_lead AND room.round_number = of_round AND room.host_id = of_host
           AND room.team_code = of_team AND room.closed_at IS NULL
           AND room.until_on > sec.today())
    THEN
        PERFORM sec.refuse('The team is authorised.', 'authorisation_once_per_team');
    END IF;
END
$body$
"""

# To both records, always in the same order of offices.
NOTE = """
CREATE FUNCTION sec.note_authorisation(asked public.sharing_authorisationrequest, act text,
    people integer) RETURNS void
@writes@
AS $body$
DECLARE
    office bigint;
BEGIN
    FOR office IN
        SELECT DISTINCT one FROM unnest(ARRAY[asked.tenant_id, asked.sender_id]) AS one ORDER BY 1
    LOOP
        INSERT INTO public.tenancy_auditentry (tenant_id, action, object_type, object_id, data)
        VALUES (office, act, 'sharing.authorisationrequest', asked.id, jsonb_strip_nulls(
            jsonb_build_object('round', asked.round_number, 'people', people)));
    END LOOP;
END
$body$
"""

PROPOSE = """
CREATE FUNCTION sec.propose_authorisation(of_publication bigint, host bigint, of_team text,
    starts date, ends date) RETURNS bigint
@writes@
AS $body$
DECLARE
    published public.scheduling_publication%ROWTYPE;
    led public.scheduling_inspectionround%ROWTYPE;
    asked public.sharing_authorisationrequest%ROWTYPE;
    called text;
    people jsonb;
    units jsonb;
    owner bigint;
    published_on date;
    proposer text;
BEGIN
    PERFORM sec.must_hold('{city_director}');
    SELECT * INTO published FROM public.scheduling_publication AS one
     WHERE one.id = of_publication AND one.tenant_id = sec.tenant() FOR SHARE;
    IF NOT FOUND OR published.ended_at IS NOT NULL THEN
        PERFORM sec.refuse('What is not in force authorises nobody.',
            'authorisation_of_a_publication_in_force');
    END IF;
    SELECT * INTO led FROM public.scheduling_inspectionround AS one
     WHERE one.tenant_id = sec.tenant() AND one.id = published.round_id;
    SELECT team.name INTO called FROM public.scheduling_planteam AS team
     WHERE team.tenant_id = sec.tenant() AND team.plan_id = published.plan_id
       AND team.code = of_team;
    people := sec.people_of_team(sec.tenant(), published.plan_id, host, of_team);
    units := sec.units_of_team(sec.tenant(), published.plan_id, host, of_team);
    owner := sec.owner_of(led.mode, host, sec.tenant(), NOT EXISTS (
        SELECT FROM jsonb_array_elements(people) AS one
         WHERE (one ->> 'origin')::bigint <> sec.tenant()));
    IF called IS NULL OR people = '[]'::jsonb OR units = '[]'::jsonb OR owner IS NULL THEN
        PERFORM sec.refuse('No such team visits that county.', 'authorisation_of_a_published_team');
    END IF;
    published_on := (published.published_at AT TIME ZONE 'Asia/Shanghai')::date;
    PERFORM sec.refuse_unfit_term(published_on, starts, ends);
    PERFORM sec.refuse_second_authorisation(sec.tenant(), published.round_id, host, of_team);
    IF EXISTS (
        SELECT FROM public.sharing_authorisationrequest AS one
         WHERE one.sender_id = sec.tenant() AND one.round_number = published.round_id
           AND one.host_id = host AND one.team_code = of_team AND sec.is_authorisation_open(one))
    THEN
        PERFORM sec.refuse('It is proposed already.', 'authorisation_proposed_once');
    END IF;
    SELECT person.display_name INTO proposer FROM public.tenancy_user AS person
     WHERE person.id = sec.user_id();
    INSERT INTO public.sharing_authorisationrequest (tenant_id, sender_id, publication_id,
        publication, published_on, round_number, round_name, mode, host_id, team_code, team_name,
        people, units, starts_on, until_on, proposed_by_id, proposed_by, proposed_at)
    VALUES (owner, sec.tenant(), published.id, published.number, published_on, led.id, led.name,
        led.mode, host, of_team, called, people, units, starts, ends, sec.user_id(), proposer,
        clock_timestamp())
    RETURNING * INTO asked;
    PERFORM sec.note_authorisation(asked, 'sharing.authorisation.proposed',
        jsonb_array_length(people));
    RETURN asked.id;
END
$body$
"""

# Whoever says yes or no for the owner: a county's director; in the city, whose director proposes,
# its leading group.
GRANTER = """
CREATE FUNCTION sec.must_authorise() RETURNS void
@writes@
AS $body$
BEGIN
    IF EXISTS (SELECT FROM public.tenancy_office AS one
                WHERE one.id = sec.tenant() AND one.kind = 'city') THEN
        PERFORM sec.must_hold('{leading_group}');
    ELSE
        PERFORM sec.must_hold('{county_director}');
    END IF;
END
$body$
"""

ROLE_OF = """
CREATE FUNCTION sec.guest_role(place text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT CASE place WHEN 'leader' THEN 'team_leader' WHEN 'deputy' THEN 'deputy_leader'
                      ELSE 'team_member' END
$body$
"""

# A guest's seat lasts as long as the last open room in which they are named: never longer, and it
# is given (again) only where a room is opened to them.
FIT_GUEST = """
CREATE FUNCTION sec.fit_guest(office bigint, person bigint, wanted text, is_given boolean)
RETURNS void
@writes@
AS $body$
DECLARE
    seat public.tenancy_membership%ROWTYPE;
    starts date;
    ends date;
BEGIN
    SELECT min(room.starts_on), max(room.until_on) INTO starts, ends
      FROM public.sharing_roommember AS named
      JOIN public.sharing_room AS room
        ON room.tenant_id = named.tenant_id AND room.id = named.room_id
      JOIN public.sharing_roomseat AS place
        ON place.tenant_id = room.tenant_id AND place.room_id = room.id
       AND place.user_id = named.user_id AND place.ended_on IS NULL
     WHERE named.tenant_id = office AND named.user_id = person AND room.closed_at IS NULL
       AND room.until_on > sec.today() AND sec.guest_role(place.role) = wanted;
    SELECT * INTO seat FROM public.tenancy_membership AS one
     WHERE one.tenant_id = office AND one.user_id = person AND one.role = wanted AND one.is_guest
       AND one.until_on > sec.today() ORDER BY one.id LIMIT 1 FOR UPDATE;
    IF FOUND AND ends IS NULL THEN
        PERFORM sec.end_seat(seat.id, sec.today());
    ELSIF FOUND THEN
        UPDATE public.tenancy_membership AS one
           SET since_on = LEAST(one.since_on, GREATEST(starts, sec.today())),
               until_on = CASE WHEN is_given THEN ends ELSE LEAST(one.until_on, ends) END
         WHERE one.id = seat.id;
    ELSIF is_given AND ends IS NOT NULL THEN
        INSERT INTO public.tenancy_membership (tenant_id, user_id, role, since_on, until_on,
            is_guest)
        VALUES (office, person, wanted, GREATEST(starts, sec.today()), ends, true);
    END IF;
END
$body$
"""

# Both rooms, or neither: false where the person has no account that may sit there.
SEAT_MEMBER = """
CREATE FUNCTION sec.seat_member(of_request bigint, of_origin bigint, person text) RETURNS boolean
@writes@
AS $body$
DECLARE
    room public.sharing_room%ROWTYPE;
    place public.sharing_roomseat%ROWTYPE;
    account bigint;
BEGIN
    PERFORM FROM public.sharing_personaccount AS known
      WHERE known.tenant_id = of_origin AND known.person_number = person FOR SHARE;
    account := sec.account_of(of_origin, person);
    IF account IS NULL OR EXISTS (
        SELECT FROM public.sharing_roomseat AS other
          JOIN public.sharing_room AS one
            ON one.tenant_id = other.tenant_id AND one.id = other.room_id
         WHERE one.request_number = of_request AND other.user_id = account
           AND other.ended_on IS NULL AND (other.origin_id, other.person_number::text)
               IS DISTINCT FROM (of_origin, person))
    THEN
        RETURN false;
    END IF;
    FOR room IN
        SELECT * FROM public.sharing_room AS one
         WHERE one.request_number = of_request AND one.closed_at IS NULL ORDER BY one.id
    LOOP
        UPDATE public.sharing_roomseat AS one
           SET user_id = account, ended_on = NULL, ended_because = ''
         WHERE one.tenant_id = room.tenant_id AND one.room_id = room.id
           AND one.origin_id = of_origin AND one.person_number = person
        RETURNING * INTO place;
        INSERT INTO public.sharing_roommember (tenant_id, room_id, user_id, permission_id)
        SELECT room.tenant_id, room.id, account, may.id
          FROM public.auth_permission AS may
          JOIN public.django_content_type AS kind ON kind.id = may.content_type_id
         WHERE kind.app_label = 'sharing' AND kind.model = 'room' AND may.codename = 'handle'
        ON CONFLICT DO NOTHING;
        PERFORM sec.fit_guest(room.tenant_id, account, sec.guest_role(place.role), true);
    END LOOP;
    RETURN true;
END
$body$
"""

OPEN_ROOM = """
CREATE FUNCTION sec.open_room(asked public.sharing_authorisationrequest,
    answer public.sharing_authorisation, of_purpose text, office bigint) RETURNS bigint
@writes@
AS $body$
DECLARE
    made bigint;
BEGIN
    -- One whose term is over was closed by its date: it is written down, and makes room.
    UPDATE public.sharing_room AS one SET closed_at = clock_timestamp()
     WHERE one.tenant_id = office AND one.lead_id = asked.sender_id
       AND one.round_number = asked.round_number AND one.host_id = asked.host_id
       AND one.team_code = asked.team_code AND one.purpose = of_purpose
       AND one.closed_at IS NULL;
    INSERT INTO public.sharing_room (tenant_id, purpose, lead_id, round_number, round_name, mode,
        publication, host_id, team_code, team_name, request_number, document_number, authorised_by,
        opened_by, opened_at, starts_on, until_on, closed_because)
    VALUES (office, of_purpose, asked.sender_id, asked.round_number, asked.round_name, asked.mode,
        asked.publication, asked.host_id, asked.team_code, asked.team_name, asked.id,
        answer.document_number, answer.authorised_by, answer.answered_by, clock_timestamp(),
        answer.starts_on, answer.until_on, '')
    RETURNING id INTO made;
    INSERT INTO public.sharing_roomunit (tenant_id, room_id, code, name, starts_on, ends_on)
    SELECT office, made, unit.code, unit.name, unit.starts_on, unit.ends_on
      FROM jsonb_to_recordset(asked.units)
        AS unit (code text, name text, starts_on date, ends_on date);
    INSERT INTO public.sharing_roomseat (tenant_id, room_id, origin_id, person_number, name, post,
        role, is_local)
    SELECT office, made, one.origin, one.number, one.name, one.post, one.role, one.is_local
      FROM jsonb_to_recordset(asked.people)
        AS one (origin bigint, number text, name text, post text, role text, is_local boolean);
    RETURN made;
END
$body$
"""

ANSWER = """
CREATE FUNCTION sec.answer_authorisation(of_request bigint, is_yes boolean, document text,
    body text, starts date, ends date, because text) RETURNS integer
@writes@
AS $body$
DECLARE
    asked public.sharing_authorisationrequest%ROWTYPE;
    answer public.sharing_authorisation%ROWTYPE;
    one record;
    admitted integer := 0;
    answerer text;
BEGIN
    PERFORM sec.must_authorise();
    SELECT * INTO asked FROM public.sharing_authorisationrequest AS kept
     WHERE kept.id = of_request AND kept.tenant_id = sec.tenant();
    IF NOT FOUND THEN
        PERFORM sec.refuse('Nobody asks this any more.', 'authorisation_of_an_open_request');
    END IF;
    PERFORM FROM public.scheduling_publication AS published
      WHERE published.tenant_id = asked.sender_id AND published.id = asked.publication_id
        FOR SHARE;
    IF NOT sec.is_authorisation_open(asked) THEN
        PERFORM sec.refuse('Nobody asks this any more.', 'authorisation_of_an_open_request');
    END IF;
    IF asked.proposed_by_id = sec.user_id() THEN
        PERFORM sec.refuse('Nobody authorises what they proposed.', 'authorisation_by_another');
    END IF;
    SELECT person.display_name INTO answerer FROM public.tenancy_user AS person
     WHERE person.id = sec.user_id();
    document := btrim(COALESCE(document, ''));
    IF is_yes THEN
        PERFORM sec.refuse_unfit_term(asked.published_on, starts, ends);
        PERFORM sec.refuse_second_authorisation(asked.sender_id, asked.round_number, asked.host_id,
            asked.team_code);
        -- A document serves one round; the same team is not let in by the same one twice.
        IF EXISTS (
            SELECT FROM public.sharing_authorisation AS used
              JOIN public.sharing_authorisationrequest AS was ON was.id = used.request_number
             WHERE used.sender_id = sec.tenant() AND used.is_granted
               AND used.document_number = document
               AND ((used.tenant_id, used.round_number) <> (asked.sender_id, asked.round_number)
                    OR (was.host_id, was.team_code) = (asked.host_id, asked.team_code)))
        THEN
            PERFORM sec.refuse('One document, one round.', 'authorisation_not_reused');
        END IF;
    END IF;
    INSERT INTO public.sharing_authorisation (tenant_id, sender_id, request_number, round_number,
        is_granted, document_number, authorised_by, starts_on, until_on, words, answered_by_id,
        answered_by, answered_at)
    VALUES (asked.sender_id, sec.tenant(), asked.id, asked.round_number, is_yes,
        CASE WHEN is_yes THEN document ELSE '' END,
        CASE WHEN is_yes THEN btrim(COALESCE(body, '')) ELSE '' END,
        CASE WHEN is_yes THEN starts END, CASE WHEN is_yes THEN ends END,
        btrim(COALESCE(because, '')), sec.user_id(), answerer, clock_timestamp())
    RETURNING * INTO answer;
    IF NOT is_yes THEN
        PERFORM sec.note_authorisation(asked, 'sharing.authorisation.refused', NULL);
        RETURN 0;
    END IF;
    PERFORM sec.open_room(asked, answer, 'papers', asked.tenant_id);
    PERFORM sec.open_room(asked, answer, 'direct', asked.sender_id);
    FOR one IN
        SELECT * FROM jsonb_to_recordset(asked.people) AS person (origin bigint, number text)
    LOOP
        IF sec.seat_member(asked.id, one.origin, one.number) THEN
            admitted := admitted + 1;
        END IF;
    END LOOP;
    PERFORM sec.note_authorisation(asked, 'sharing.authorisation.granted', admitted);
    RETURN admitted;
END
$body$
"""

# The request of an open room of the office of now; whoever ends may also be who proposed.
MUST_DIRECT = """
CREATE FUNCTION sec.must_direct(of_request bigint, is_opening boolean)
RETURNS public.sharing_authorisationrequest
@writes@
AS $body$
DECLARE
    asked public.sharing_authorisationrequest%ROWTYPE;
BEGIN
    SELECT * INTO asked FROM public.sharing_authorisationrequest AS kept
     WHERE kept.id = of_request AND sec.tenant() IN (kept.tenant_id, kept.sender_id);
    IF NOT FOUND OR (is_opening AND asked.tenant_id <> sec.tenant()) THEN
        PERFORM sec.refuse('There is no such open room.', 'room_is_open');
    END IF;
    IF is_opening THEN
        PERFORM sec.must_authorise();
    ELSIF asked.tenant_id <> sec.tenant() THEN
        PERFORM sec.must_hold('{city_director,leading_group}');
    ELSE
        PERFORM sec.must_hold('{city_director,county_director,leading_group}');
        IF NOT sec.holds('{city_director,county_director}') THEN
            PERFORM sec.must_authorise();
        END IF;
    END IF;
    PERFORM FROM public.sharing_room AS room
      WHERE room.request_number = of_request AND room.closed_at IS NULL
        AND room.until_on > sec.today() ORDER BY room.id FOR UPDATE;
    IF NOT FOUND THEN
        PERFORM sec.refuse('There is no such open room.', 'room_is_open');
    END IF;
    RETURN asked;
END
$body$
"""

# What the plan in force says of the team, to the directors of both rooms.
TEAM_NOW = """
CREATE FUNCTION sec.team_now(of_request bigint) RETURNS jsonb
@reads@
AS $body$
DECLARE
    asked public.sharing_authorisationrequest%ROWTYPE;
    published public.scheduling_publication%ROWTYPE;
BEGIN
    SELECT * INTO asked FROM public.sharing_authorisationrequest AS kept
     WHERE kept.id = of_request AND sec.tenant() IN (kept.tenant_id, kept.sender_id);
    IF NOT FOUND OR NOT sec.holds('{city_director,scheduler,county_director,leading_group}') THEN
        RETURN NULL;
    END IF;
    SELECT * INTO published FROM public.scheduling_publication AS one
     WHERE one.tenant_id = asked.sender_id AND one.round_id = asked.round_number
       AND one.ended_at IS NULL;
    IF NOT FOUND THEN
        RETURN jsonb_build_object('publication', NULL, 'people', '[]'::jsonb,
            'units', '[]'::jsonb, 'admissible', '[]'::jsonb);
    END IF;
    RETURN (
        SELECT jsonb_build_object('publication', published.number, 'people', team.people,
            'units', sec.units_of_team(asked.sender_id, published.plan_id, asked.host_id,
                asked.team_code),
            'admissible', COALESCE((
                SELECT jsonb_agg(jsonb_build_array(one -> 'origin', one -> 'number'))
                  FROM jsonb_array_elements(team.people) AS one
                 WHERE asked.tenant_id = sec.tenant()
                   AND sec.account_of((one ->> 'origin')::bigint, one ->> 'number') IS NOT NULL),
                '[]'::jsonb))
          FROM (SELECT sec.people_of_team(asked.sender_id, published.plan_id, asked.host_id,
                    asked.team_code) AS people) AS team);
END
$body$
"""

ADMIT = """
CREATE FUNCTION sec.admit_member(of_request bigint, of_origin bigint, person text) RETURNS void
@writes@
AS $body$
DECLARE
    asked public.sharing_authorisationrequest%ROWTYPE;
    room public.sharing_room%ROWTYPE;
    before public.sharing_roomseat%ROWTYPE;
    planned record;
BEGIN
    asked := sec.must_direct(of_request, true);
    SELECT one.* INTO planned
      FROM jsonb_to_recordset(sec.team_now(of_request) -> 'people')
        AS one (origin bigint, number text, name text, post text, role text, is_local boolean)
     WHERE one.origin = of_origin AND one.number = person;
    IF NOT FOUND THEN
        PERFORM sec.refuse('They are not of the team.', 'member_of_the_team_in_force');
    END IF;
    FOR room IN
        SELECT * FROM public.sharing_room AS one
         WHERE one.request_number = of_request AND one.closed_at IS NULL ORDER BY one.id
    LOOP
        SELECT * INTO before FROM public.sharing_roomseat AS one
         WHERE one.tenant_id = room.tenant_id AND one.room_id = room.id
           AND one.origin_id = of_origin AND one.person_number = person FOR UPDATE;
        INSERT INTO public.sharing_roomseat (tenant_id, room_id, origin_id, person_number, name,
            post, role, is_local)
        VALUES (room.tenant_id, room.id, of_origin, person, planned.name, planned.post,
            planned.role, planned.is_local)
        ON CONFLICT (tenant_id, room_id, origin_id, person_number)
        DO UPDATE SET role = EXCLUDED.role, post = EXCLUDED.post;
        IF before.user_id IS NOT NULL AND before.role <> planned.role THEN
            PERFORM sec.fit_guest(room.tenant_id, before.user_id, sec.guest_role(before.role),
                false);
        END IF;
        IF before.user_id IS DISTINCT FROM sec.account_of(of_origin, person)
            AND before.user_id IS NOT NULL
        THEN
            PERFORM sec.unseat_member(room, before, '');
        END IF;
    END LOOP;
    IF NOT sec.seat_member(of_request, of_origin, person) THEN
        PERFORM sec.refuse('They have no account that may sit there.', 'member_has_an_account');
    END IF;
    PERFORM sec.note_authorisation(asked, 'sharing.member.admitted', 1);
END
$body$
"""

UNSEAT = """
CREATE FUNCTION sec.unseat_member(room public.sharing_room, place public.sharing_roomseat,
    because text) RETURNS void
@writes@
AS $body$
BEGIN
    DELETE FROM public.sharing_roommember AS named
     WHERE named.tenant_id = room.tenant_id AND named.room_id = room.id
       AND named.user_id = place.user_id;
    UPDATE public.sharing_roomseat AS one SET ended_on = sec.today(), ended_because = because
     WHERE one.tenant_id = place.tenant_id AND one.id = place.id;
    IF place.user_id IS NOT NULL THEN
        PERFORM sec.fit_guest(room.tenant_id, place.user_id, sec.guest_role(place.role), false);
    END IF;
END
$body$
"""

END_MEMBER = """
CREATE FUNCTION sec.end_member(of_request bigint, of_origin bigint, person text, because text)
RETURNS void
@writes@
AS $body$
DECLARE
    asked public.sharing_authorisationrequest%ROWTYPE;
    room public.sharing_room%ROWTYPE;
    place public.sharing_roomseat%ROWTYPE;
    ended integer := 0;
BEGIN
    asked := sec.must_direct(of_request, false);
    IF btrim(COALESCE(because, '')) = '' THEN
        PERFORM sec.refuse('Say why.', 'member_ends_with_words');
    END IF;
    FOR room IN
        SELECT * FROM public.sharing_room AS one
         WHERE one.request_number = of_request AND one.closed_at IS NULL ORDER BY one.id
    LOOP
        SELECT * INTO place FROM public.sharing_roomseat AS one
         WHERE one.tenant_id = room.tenant_id AND one.room_id = room.id
           AND one.origin_id = of_origin AND one.person_number = person
           AND one.ended_on IS NULL FOR UPDATE;
        IF FOUND THEN
            PERFORM sec.unseat_member(room, place, btrim(because));
            ended := ended + 1;
        END IF;
    END LOOP;
    IF ended = 0 THEN
        PERFORM sec.refuse('They do not sit there.', 'member_of_the_room');
    END IF;
    PERFORM sec.note_authorisation(asked, 'sharing.member.ended', 1);
END
$body$
"""

# Units that came or moved with a correction. What a room has had stays: papers may name it.
FOLLOW = """
CREATE FUNCTION sec.follow_correction(of_request bigint) RETURNS void
@writes@
AS $body$
DECLARE
    asked public.sharing_authorisationrequest%ROWTYPE;
    team jsonb;
BEGIN
    asked := sec.must_direct(of_request, false);
    team := sec.team_now(of_request);
    IF team -> 'publication' = 'null'::jsonb THEN
        PERFORM sec.refuse('Nothing is in force.', 'authorisation_of_a_publication_in_force');
    END IF;
    INSERT INTO public.sharing_roomunit (tenant_id, room_id, code, name, starts_on, ends_on)
    SELECT room.tenant_id, room.id, unit.code, unit.name, unit.starts_on, unit.ends_on
      FROM public.sharing_room AS room,
           jsonb_to_recordset(team -> 'units')
        AS unit (code text, name text, starts_on date, ends_on date)
     WHERE room.request_number = of_request AND room.closed_at IS NULL
    ON CONFLICT (tenant_id, room_id, code)
    DO UPDATE SET starts_on = EXCLUDED.starts_on, ends_on = EXCLUDED.ends_on;
    UPDATE public.sharing_room AS room SET publication = (team ->> 'publication')::integer
     WHERE room.request_number = of_request AND room.closed_at IS NULL;
    PERFORM sec.note_authorisation(asked, 'sharing.authorisation.followed', NULL);
END
$body$
"""

REVOKE = """
CREATE FUNCTION sec.revoke_authorisation(of_request bigint, because text) RETURNS integer
@writes@
AS $body$
DECLARE
    asked public.sharing_authorisationrequest%ROWTYPE;
    room public.sharing_room%ROWTYPE;
    place public.sharing_roomseat%ROWTYPE;
    ended integer := 0;
BEGIN
    asked := sec.must_direct(of_request, false);
    IF btrim(COALESCE(because, '')) = '' THEN
        PERFORM sec.refuse('Say why.', 'authorisation_revoked_with_words');
    END IF;
    UPDATE public.sharing_room AS one
       SET closed_at = clock_timestamp(), closed_because = btrim(because)
     WHERE one.request_number = of_request AND one.closed_at IS NULL;
    FOR place IN
        SELECT seat.* FROM public.sharing_roomseat AS seat
          JOIN public.sharing_room AS one
            ON one.tenant_id = seat.tenant_id AND one.id = seat.room_id
         WHERE one.request_number = of_request AND seat.user_id IS NOT NULL
           AND seat.ended_on IS NULL ORDER BY seat.id
    LOOP
        PERFORM sec.fit_guest(place.tenant_id, place.user_id, sec.guest_role(place.role), false);
        ended := ended + 1;
    END LOOP;
    PERFORM sec.note_authorisation(asked, 'sharing.authorisation.revoked', ended);
    RETURN ended;
END
$body$
"""

INNER = {
    "sec.owner_of(text, bigint, bigint, boolean)": OWNER_OF,
    "sec.people_of_team(bigint, bigint, bigint, text)": PEOPLE_OF_TEAM,
    "sec.units_of_team(bigint, bigint, bigint, text)": UNITS_OF_TEAM,
    "sec.account_of(bigint, text)": ACCOUNT_OF,
    "sec.keep_person_account()": KEEP_ACCOUNT,
    "sec.is_authorisation_open(public.sharing_authorisationrequest)": IS_OPEN,
    "sec.refuse_unfit_term(date, date, date)": REFUSE_TERM,
    "sec.refuse_second_authorisation(bigint, bigint, bigint, text)": REFUSE_SECOND,
    "sec.note_authorisation(public.sharing_authorisationrequest, text, integer)": NOTE,
    "sec.must_authorise()": GRANTER,
    "sec.guest_role(text)": ROLE_OF,
    "sec.fit_guest(bigint, bigint, text, boolean)": FIT_GUEST,
    "sec.seat_member(bigint, bigint, text)": SEAT_MEMBER,
    "sec.unseat_member(public.sharing_room, public.sharing_roomseat, text)": UNSEAT,
    "sec.open_room(public.sharing_authorisationrequest, public.sharing_authorisation, text, bigint)": (
        OPEN_ROOM
    ),
    "sec.must_direct(bigint, boolean)": MUST_DIRECT,
}
DOORS = {
    "sec.open_authorisations()": OPEN_AUTHORISATIONS,
    "sec.propose_authorisation(bigint, bigint, text, date, date)": PROPOSE,
    "sec.answer_authorisation(bigint, boolean, text, text, date, date, text)": ANSWER,
    "sec.team_now(bigint)": TEAM_NOW,
    "sec.admit_member(bigint, bigint, text)": ADMIT,
    "sec.end_member(bigint, bigint, text, text)": END_MEMBER,
    "sec.follow_correction(bigint)": FOLLOW,
    "sec.revoke_authorisation(bigint, text)": REVOKE,
}
ACCOUNT, ASKED, ANSWERED = (
    "sharing_personaccount",
    "sharing_authorisationrequest",
    "sharing_authorisation",
)


class Migration(migrations.Migration):
    dependencies = [
        ("sharing", "0010_authorise_teams"),
        ("scheduling", "0065_tell_of_events"),
        ("tenancy", "0086_tell_guests_apart"),
    ]

    operations = [
        fence(ACCOUNT),
        fence_delivered(ASKED),
        fence_delivered(ANSWERED),
        grant(ACCOUNT, app="SELECT, INSERT, DELETE"),
        grant(ASKED, app="SELECT"),
        grant(ANSWERED, app="SELECT"),
        RoleSQL(
            [
                *seats.written([*INNER.values(), *DOORS.values()]),
                *(f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC" for name in [*INNER, *DOORS]),
                *(f"GRANT EXECUTE ON FUNCTION {name} TO @app@" for name in DOORS),
                f"CREATE TRIGGER keep_person_account BEFORE INSERT OR DELETE ON {ACCOUNT} "
                "FOR EACH ROW EXECUTE FUNCTION sec.keep_person_account()",
            ],
            [
                f"DROP TRIGGER keep_person_account ON {ACCOUNT}",
                *(f"DROP FUNCTION {name}" for name in [*DOORS, *reversed(INNER)]),
            ],
            "Make the doors by which teams are authorised and rooms open",
        ),
    ]
