"""What the database insists on for share grants, and what it does by itself.

docs/architecture/grants.md says why. What an approval needs, and how a view is shown, is in 0142.
"""

from django.db import migrations

from sharing.models.guards import sow, sow_hands
from tenancy.rls import RoleSQL

DEFINER = "SECURITY DEFINER SET search_path = pg_catalog, pg_temp"
CLUE_READERS = "city_director, county_director, discipline_body"
OTHER_READERS = "scheduler, county_clerk, leading_group, team_leader"
UNDECIDED = "'asked', 'prepared', 'under_approval'"
ENDS_VIEWS = "'prepared', 'granted', 'refused', 'withdrawn', 'narrowed', 'revoked'"

# Told where it is read: the notice is the receiver's own row, since siblings hand each other none.
TELL = f"""
CREATE FUNCTION sec.tell_of_share(office bigint, what text, number bigint) RETURNS void
LANGUAGE sql {DEFINER}
AS $body$
    INSERT INTO public.scheduling_notice (tenant_id, sender_id, kind, about, link, number, at)
    VALUES (office, office, what, '{{}}', 'share', number, clock_timestamp())
$body$
"""

GUARD_GRANT = f"""
CREATE FUNCTION sec.guard_sharegrant() RETURNS trigger LANGUAGE plpgsql {DEFINER}
AS $body$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.roles, NEW.until_on, NEW.may_export)
           IS DISTINCT FROM (OLD.roles, OLD.until_on, OLD.may_export)
           AND NOT (OLD.state IN ({UNDECIDED})
                    AND (sec.holds_hand('share_grant', 'office_clerk')
                         OR sec.holds_hand('share_grant', 'office_director'))) THEN
            RAISE EXCEPTION 'The terms of what is decided stand.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'share_terms_stand',
                      TABLE = 'sharing_sharegrant';
        END IF;
    ELSE
        IF (CASE WHEN NEW.is_offered
                 THEN NEW.tenant_id = sec.tenant()
                      AND (sec.holds_hand('share_grant', 'office_clerk')
                           OR sec.holds_hand('share_grant', 'office_director'))
                 ELSE NEW.receiver_id = sec.tenant()
                      AND sec.holds_hand('share_grant', 'receiver') END
            AND ('clue' <> ALL (NEW.kinds) OR sec.may_know_of_clues())) IS NOT TRUE THEN
            RAISE EXCEPTION 'A receiver asks, an owner offers.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'share_asked_in_ones_own_name',
                      TABLE = 'sharing_sharegrant';
        END IF;
        NEW.watcher_id := (SELECT city.id FROM public.tenancy_office AS one
                             JOIN public.tenancy_office AS city ON city.id = one.parent_id
                            WHERE one.id = NEW.tenant_id AND city.kind = 'city'
                              AND city.closed_on IS NULL);
        NEW.asked_by_id := sec.user_id();
        NEW.asked_by_name := sec.own_name();
        NEW.asked_at := clock_timestamp();
        NEW.edition := 0;
        NEW.granted_at := NULL;
        NEW.ended_at := NULL;
    END IF;
    IF NOT (NEW.roles::text[] <@ CASE WHEN 'clue' = ANY (NEW.kinds)
                                     THEN '{{{CLUE_READERS}}}'::text[]
                                     ELSE '{{{CLUE_READERS}, {OTHER_READERS}}}'::text[] END) THEN
        RAISE EXCEPTION 'Of clues those alone read who handle clues.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'share_readers_fit',
                  TABLE = 'sharing_sharegrant';
    END IF;
    IF (TG_OP = 'INSERT' OR NEW.until_on <> OLD.until_on)
       AND (NEW.until_on <= sec.today()
            OR NEW.until_on - sec.today() > CASE WHEN 'clue' = ANY (NEW.kinds) THEN 90 ELSE 366 END)
    THEN
        RAISE EXCEPTION 'A term has its longest.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'share_term_within_its_longest',
                  TABLE = 'sharing_sharegrant';
    END IF;
    RETURN NEW;
END
$body$
"""
TELL_OF_GRANT = f"""
CREATE FUNCTION sec.tell_of_sharegrant() RETURNS trigger LANGUAGE plpgsql {DEFINER}
AS $body$
BEGIN
    IF NEW.is_offered IS FALSE THEN
        PERFORM sec.tell_of_share(NEW.tenant_id, 'share_asked', NEW.id);
    END IF;
    RETURN NULL;
END
$body$
"""

# Each field of the narrower one is that of the wider with stretches replaced by marks; none is new, and
# nothing stands beside the fields that did not before. A mark beside characters of its own kind is one
# longer run with them: a run hides at least one character, whatever its length.
IS_NARROWER = f"""
CREATE FUNCTION sec.is_narrower(wider text, narrower text) RETURNS boolean
LANGUAGE sql IMMUTABLE {DEFINER}
AS $body$
    SELECT COALESCE(wider::jsonb - 'shown' = narrower::jsonb - 'shown' AND (
        SELECT bool_and(COALESCE(
               (wider::jsonb -> 'shown' ->> less.key) LIKE
               regexp_replace(
                   replace(replace(replace(less.value, '\\', '\\\\'), '%', '\\%'), '_', '\\_'),
                   '█{{5,}}', '_%', 'g'), false))
          FROM jsonb_each_text(narrower::jsonb -> 'shown') AS less (key, value)), false)
$body$
"""

GUARD_VIEW = f"""
CREATE FUNCTION sec.guard_shareview() RETURNS trigger LANGUAGE plpgsql {DEFINER}
AS $body$
DECLARE
    one public.sharing_sharegrant%ROWTYPE;
    before text;
BEGIN
    SELECT * INTO one FROM public.sharing_sharegrant AS record
     WHERE record.tenant_id = sec.tenant() AND record.tenant_id = NEW.tenant_id
       AND record.id = NEW.grant_id FOR NO KEY UPDATE;
    IF NOT FOUND OR NOT (one.state IN ({UNDECIDED}, 'active')) OR NOT (NEW.kind = ANY (one.kinds))
       OR NOT (sec.holds_hand('share_grant', 'office_clerk')
               OR sec.holds_hand('share_grant', 'office_director')) THEN
        RAISE EXCEPTION 'Views are prepared by the owner, of what was asked for.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'share_view_by_its_owner',
                  TABLE = 'sharing_shareview';
    END IF;
    NEW.concerns := '';
    IF NOT (CASE NEW.kind
        WHEN 'finding' THEN EXISTS (
            SELECT FROM public.sharing_workingpaper AS record
             WHERE record.tenant_id = NEW.tenant_id AND record.id = NEW.object_id
               AND record.state IN ('fed_back', 'rectifying', 'closed'))
        WHEN 'rectification_item' THEN EXISTS (
            SELECT FROM public.sharing_rectificationitem AS record
             WHERE record.tenant_id = NEW.tenant_id AND record.id = NEW.object_id)
        WHEN 'letter' THEN EXISTS (
            SELECT FROM public.sharing_letter AS record
             WHERE record.tenant_id = NEW.tenant_id AND record.id = NEW.object_id
               AND record.state NOT IN ('draft', 'under_review', 'numbered', 'discarded'))
        ELSE sec.sees_office_clue(NEW.object_id) END) THEN
        RAISE EXCEPTION 'A view is made of a record of one''s own office.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'share_view_of_an_own_record',
                  TABLE = 'sharing_shareview';
    END IF;
    IF NEW.kind = 'clue' THEN
        NEW.concerns := (SELECT clue.subject_name FROM public.sharing_officeclue AS clue
                          WHERE clue.tenant_id = NEW.tenant_id AND clue.id = NEW.object_id);
    END IF;
    IF NEW.digest <> encode(sha256(convert_to(NEW.content, 'UTF8')), 'hex')
       OR NEW.content::jsonb ->> 'kind' IS DISTINCT FROM NEW.kind THEN
        RAISE EXCEPTION 'The digest is that of the content.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'share_view_has_its_digest',
                  TABLE = 'sharing_shareview';
    END IF;
    IF one.state = 'active' THEN
        SELECT view.content INTO before FROM public.sharing_shareview AS view
         WHERE view.tenant_id = NEW.tenant_id AND view.grant_id = NEW.grant_id
           AND view.edition = one.edition AND view.place = NEW.place
           AND view.kind = NEW.kind AND view.object_id = NEW.object_id;
        IF NOT FOUND OR NOT sec.is_narrower(before, NEW.content) THEN
            RAISE EXCEPTION 'What is in force becomes narrower alone.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'share_view_no_wider',
                      TABLE = 'sharing_shareview';
        END IF;
    END IF;
    NEW.edition := one.edition + 1;
    NEW.made_by_name := sec.own_name();
    NEW.made_at := clock_timestamp();
    RETURN NEW;
END
$body$
"""

# Makes what is read of the grant's views as they stand: there, for those roles, until that day.
SHOW = f"""
CREATE FUNCTION sec.deliver_views(one public.sharing_sharegrant, of_edition bigint, used_for text)
RETURNS void LANGUAGE sql {DEFINER}
AS $body$
    INSERT INTO public.sharing_shownview (
        tenant_id, sender_id, use, grant_number, edition, place, kind, purpose, roles, until_on,
        may_export, concerns, fields, content, digest, shown_from)
    SELECT CASE used_for WHEN 'reading' THEN one.receiver_id ELSE one.watcher_id END,
           one.tenant_id, used_for, one.id, view.edition, view.place, view.kind, one.purpose,
           CASE used_for WHEN 'reading' THEN one.roles ELSE '{{city_director}}' END, one.until_on,
           used_for = 'reading' AND one.may_export, view.concerns,
           ARRAY(SELECT jsonb_object_keys(view.content::jsonb -> 'shown')), view.content,
           view.digest, clock_timestamp()
      FROM public.sharing_shareview AS view
     WHERE view.tenant_id = one.tenant_id AND view.grant_id = one.id AND view.edition = of_edition
     ORDER BY view.place
$body$
"""
TAKE_BACK = f"""
CREATE FUNCTION sec.take_back_views(one public.sharing_sharegrant) RETURNS void
LANGUAGE sql {DEFINER}
AS $body$
    UPDATE public.sharing_shownview AS shown SET taken_back_at = clock_timestamp()
     WHERE shown.sender_id = one.tenant_id AND shown.grant_number = one.id
       AND shown.taken_back_at IS NULL
$body$
"""

# Before the record changes: it is locked, so that of two acts the second meets where the first led.
WALK = f"""
CREATE FUNCTION sec.walk_sharegrant() RETURNS trigger LANGUAGE plpgsql {DEFINER}
AS $body$
DECLARE
    one public.sharing_sharegrant%ROWTYPE;
    in_person boolean := NEW.act IN ('approved', 'granted', 'refused', 'revoked');
BEGIN
    SELECT * INTO one FROM public.sharing_sharegrant AS record
     WHERE record.tenant_id = NEW.tenant_id AND record.id = NEW.record_id
       AND CASE NEW.hand
           WHEN 'receiver' THEN record.receiver_id = sec.tenant()
           WHEN 'city_director' THEN record.watcher_id = sec.tenant()
                AND record.receiver_id <> sec.tenant() AND 'clue' = ANY (record.kinds)
           ELSE record.tenant_id = sec.tenant() END
       FOR NO KEY UPDATE;
    IF NOT FOUND OR NOT EXISTS (
        SELECT FROM public.sharing_lawfulstep AS lawful
         WHERE lawful.life = 'share_grant' AND lawful.act = NEW.act
           AND lawful.before = one.state AND lawful.after = NEW.after AND lawful.hand = NEW.hand)
    THEN
        RAISE EXCEPTION 'No act of its life leads there from here.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'step_in_turn',
                  TABLE = 'sharing_sharegrantstep';
    END IF;
    IF (NEW.sender_id = sec.tenant()
        AND CASE WHEN in_person THEN sec.holds_own_hand('share_grant', NEW.hand)
                 ELSE sec.holds_hand('share_grant', NEW.hand) END) IS NOT TRUE THEN
        RAISE EXCEPTION 'The act is of another hand.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'step_in_ones_own_hand',
                  TABLE = 'sharing_sharegrantstep';
    END IF;
    IF sec.share_holds(one, NEW.act, NEW.hand, NEW.facts ->> 'digest') IS NOT TRUE THEN
        RAISE EXCEPTION 'What the act needs is not there.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'share_step_has_what_it_needs',
                  TABLE = 'sharing_sharegrantstep';
    END IF;
    -- Whoever is reading ends first, and the act has the instant after that: no line is later than the end.
    IF NEW.act IN ({ENDS_VIEWS}) THEN
        PERFORM FROM public.sharing_shownview AS shown
          WHERE shown.sender_id = one.tenant_id AND shown.grant_number = one.id
            AND shown.taken_back_at IS NULL FOR NO KEY UPDATE;
    END IF;
    NEW.number := one.steps + 1;
    NEW.before := one.state;
    NEW.by_id := sec.user_id();
    NEW.at := clock_timestamp();
    NEW.by_name := sec.own_name();
    NEW.on_behalf_of := CASE WHEN in_person THEN ''
                             ELSE sec.hand_of_another('share_grant', NEW.hand) END;
    UPDATE public.sharing_sharegrant AS record
       SET state = NEW.after, steps = NEW.number,
           edition = record.edition + CASE WHEN NEW.act IN ('prepared', 'narrowed') THEN 1 ELSE 0 END,
           granted_at = CASE NEW.act WHEN 'granted' THEN NEW.at ELSE record.granted_at END,
           ended_at = CASE WHEN NEW.act IN ('refused', 'withdrawn', 'revoked') THEN NEW.at
                           ELSE record.ended_at END
     WHERE record.tenant_id = one.tenant_id AND record.id = one.id
    RETURNING * INTO one;
    PERFORM sec.follow_share(one, NEW.act);
    RETURN NEW;
END
$body$
"""
FOLLOW = f"""
CREATE FUNCTION sec.follow_share(one public.sharing_sharegrant, act text) RETURNS void
LANGUAGE plpgsql {DEFINER}
AS $body$
BEGIN
    IF act IN ({ENDS_VIEWS}) THEN
        PERFORM sec.take_back_views(one);
    END IF;
    IF act IN ('granted', 'narrowed') THEN
        PERFORM sec.deliver_views(one, one.edition, 'reading');
    ELSIF act = 'prepared' THEN
        PERFORM sec.tell_of_share(one.tenant_id, 'share_prepared', one.id);
        IF one.watcher_id <> one.receiver_id AND EXISTS (
            SELECT FROM public.sharing_shareview AS view
             WHERE view.tenant_id = one.tenant_id AND view.grant_id = one.id
               AND view.edition = one.edition AND view.kind = 'clue') THEN
            PERFORM sec.deliver_views(one, one.edition, 'approval');
            PERFORM sec.tell_of_share(one.watcher_id, 'share_to_watch', one.id);
        END IF;
    END IF;
    IF act IN ('granted', 'narrowed', 'revoked') OR (act = 'refused' AND NOT one.is_offered) THEN
        PERFORM sec.tell_of_share(one.receiver_id, 'share_' || act, one.id);
    ELSIF act = 'destruction_told' THEN
        PERFORM sec.tell_of_share(one.tenant_id, 'share_destruction_told', one.id);
    END IF;
END
$body$
"""

GUARD_GROUP = f"""
CREATE FUNCTION sec.guard_sharegroup() RETURNS trigger LANGUAGE plpgsql {DEFINER}
AS $body$
BEGIN
    IF NOT (sec.holds_hand('share_grant', 'office_clerk')
            OR sec.holds_hand('share_grant', 'office_director'))
       OR NOT NEW.members <@ (sec.neighbours())
       OR NEW.tenant_id = ANY (NEW.members) THEN
        RAISE EXCEPTION 'A group is of neighbours, made by whoever prepares shares.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'share_group_of_neighbours',
                  TABLE = 'sharing_sharegroup';
    END IF;
    IF TG_OP = 'INSERT' THEN
        NEW.made_by_name := sec.own_name();
        NEW.made_at := clock_timestamp();
    END IF;
    RETURN NEW;
END
$body$
"""

# An office that is no more neither reads nor can it take back: what it shared, or was to, ends with it.
# Grants first, as every act does: whoever is at one of them is waited for.
END_WITH_OFFICE = f"""
CREATE FUNCTION sec.end_shares_of_office() RETURNS trigger LANGUAGE plpgsql {DEFINER}
AS $body$
DECLARE
    over bigint[];
BEGIN
    WITH ended AS (
        UPDATE public.sharing_sharegrant AS one
           SET state = CASE one.state WHEN 'active' THEN 'revoked' ELSE 'withdrawn' END,
               ended_at = clock_timestamp()
         WHERE NEW.id IN (one.tenant_id, one.receiver_id)
           AND one.state IN ({UNDECIDED}, 'active')
        RETURNING one.id)
    SELECT COALESCE(array_agg(ended.id), '{{}}') INTO over FROM ended;
    PERFORM FROM public.sharing_shownview AS shown
      WHERE (NEW.id IN (shown.sender_id, shown.tenant_id) OR shown.grant_number = ANY (over))
        AND shown.taken_back_at IS NULL FOR NO KEY UPDATE;
    UPDATE public.sharing_shownview AS shown SET taken_back_at = clock_timestamp()
     WHERE (NEW.id IN (shown.sender_id, shown.tenant_id) OR shown.grant_number = ANY (over))
       AND shown.taken_back_at IS NULL;
    RETURN NULL;
END
$body$
"""

FUNCTIONS = (
    ("tell_of_share(bigint, text, bigint)", TELL),
    ("guard_sharegrant()", GUARD_GRANT),
    ("tell_of_sharegrant()", TELL_OF_GRANT),
    ("is_narrower(text, text)", IS_NARROWER),
    ("guard_shareview()", GUARD_VIEW),
    ("deliver_views(public.sharing_sharegrant, bigint, text)", SHOW),
    ("take_back_views(public.sharing_sharegrant)", TAKE_BACK),
    ("follow_share(public.sharing_sharegrant, text)", FOLLOW),
    ("walk_sharegrant()", WALK),
    ("guard_sharegroup()", GUARD_GROUP),
    ("end_shares_of_office()", END_WITH_OFFICE),
)
TRIGGERS = (
    ("guard", "BEFORE INSERT OR UPDATE", "sharing_sharegrant", "guard_sharegrant"),
    ("tell", "AFTER INSERT", "sharing_sharegrant", "tell_of_sharegrant"),
    ("guard", "BEFORE INSERT", "sharing_shareview", "guard_shareview"),
    ("walk", "BEFORE INSERT", "sharing_sharegrantstep", "walk_sharegrant"),
    ("guard", "BEFORE INSERT OR UPDATE", "sharing_sharegroup", "guard_sharegroup"),
    ("end_shares", "AFTER UPDATE OF closed_on", "tenancy_office", "end_shares_of_office"),
)
BEGIN = """
CREATE FUNCTION sec.begin_sharegrant() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF NEW.state <> 'asked' OR NEW.steps <> 0 THEN
        RAISE EXCEPTION 'A life begins at its beginning.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'life_begins_at_its_beginning',
                  TABLE = 'sharing_sharegrant';
    END IF;
    RETURN NEW;
END
$body$
"""

LAWFUL = [
    ("prepared", "asked", "prepared", "office_clerk"),
    ("prepared", "asked", "prepared", "office_director"),
    ("prepared", "prepared", "prepared", "office_clerk"),
    ("prepared", "prepared", "prepared", "office_director"),
    ("prepared", "under_approval", "prepared", "office_clerk"),
    ("prepared", "under_approval", "prepared", "office_director"),
    ("approved", "prepared", "under_approval", "city_director"),
    ("approved", "prepared", "under_approval", "discipline_body"),
    ("approved", "prepared", "under_approval", "leading_group"),
    ("approved", "prepared", "under_approval", "office_director"),
    ("approved", "under_approval", "under_approval", "city_director"),
    ("approved", "under_approval", "under_approval", "discipline_body"),
    ("approved", "under_approval", "under_approval", "leading_group"),
    ("approved", "under_approval", "under_approval", "office_director"),
    ("granted", "under_approval", "active", "city_director"),
    ("granted", "under_approval", "active", "discipline_body"),
    ("granted", "under_approval", "active", "leading_group"),
    ("granted", "under_approval", "active", "office_director"),
    ("refused", "asked", "refused", "city_director"),
    ("refused", "asked", "refused", "discipline_body"),
    ("refused", "asked", "refused", "leading_group"),
    ("refused", "asked", "refused", "office_director"),
    ("refused", "prepared", "refused", "city_director"),
    ("refused", "prepared", "refused", "discipline_body"),
    ("refused", "prepared", "refused", "leading_group"),
    ("refused", "prepared", "refused", "office_director"),
    ("refused", "under_approval", "refused", "city_director"),
    ("refused", "under_approval", "refused", "discipline_body"),
    ("refused", "under_approval", "refused", "leading_group"),
    ("refused", "under_approval", "refused", "office_director"),
    ("withdrawn", "asked", "withdrawn", "receiver"),
    ("withdrawn", "prepared", "withdrawn", "receiver"),
    ("withdrawn", "under_approval", "withdrawn", "receiver"),
    ("narrowed", "active", "active", "office_clerk"),
    ("narrowed", "active", "active", "office_director"),
    ("revoked", "active", "revoked", "city_director"),
    ("revoked", "active", "revoked", "discipline_body"),
    ("revoked", "active", "revoked", "leading_group"),
    ("revoked", "active", "revoked", "office_director"),
    ("destruction_told", "active", "active", "receiver"),
    ("destruction_told", "revoked", "revoked", "receiver"),
]
HANDS = [
    ("office_clerk", "county_clerk", "prepare_shares"),
    ("office_clerk", "scheduler", "prepare_shares"),
    ("office_director", "city_director", "approve_shares"),
    ("office_director", "county_director", "approve_shares"),
    ("leading_group", "leading_group", "decide_shares"),
    ("discipline_body", "discipline_body", "approve_clue_shares"),
    ("city_director", "city_director", "watch_clue_shares"),
    ("receiver", "city_director", "ask_for_shares"),
    ("receiver", "county_clerk", "ask_for_shares"),
    ("receiver", "county_director", "ask_for_shares"),
    ("receiver", "discipline_body", "ask_for_shares"),
    ("receiver", "scheduler", "ask_for_shares"),
]


class Migration(migrations.Migration):
    dependencies = [("sharing", "0140_share_grants")]

    operations = [
        sow("share_grant", LAWFUL),
        sow_hands("share_grant", HANDS),
        RoleSQL(
            [
                *(sql for _, sql in FUNCTIONS),
                BEGIN,
                *(f"REVOKE ALL ON FUNCTION sec.{name} FROM PUBLIC" for name, _ in FUNCTIONS),
                "REVOKE ALL ON FUNCTION sec.begin_sharegrant() FROM PUBLIC",
                "CREATE TRIGGER begin BEFORE INSERT ON sharing_sharegrant "
                "FOR EACH ROW EXECUTE FUNCTION sec.begin_sharegrant()",
                *(
                    f"CREATE TRIGGER {name} {when} ON {table} "
                    f"FOR EACH ROW EXECUTE FUNCTION sec.{function}()"
                    for name, when, table, function in TRIGGERS
                ),
            ],
            [
                *(f"DROP TRIGGER {name} ON {table}" for name, _, table, _ in reversed(TRIGGERS)),
                "DROP TRIGGER begin ON sharing_sharegrant",
                "DROP FUNCTION sec.begin_sharegrant()",
                *(f"DROP FUNCTION sec.{name}" for name, _ in reversed(FUNCTIONS)),
            ],
            "Let a share grant change by its acts alone, and be shown as it was approved",
        ),
    ]
