"""What an approval of a share needs, what narrowing needs, and the one way to a view's words.

docs/architecture/grants.md says why.
"""

from django.db import migrations

from tenancy.rls import RoleSQL

DEFINER = "SECURITY DEFINER SET search_path = pg_catalog, pg_temp"

# What is approved: which edition, views in their order, office, readers, day, export. As `Offer.digest` says it. For
# those who approve: a receiver would tell by it that the owner changed something.
SHARE_DIGEST = f"""
CREATE FUNCTION sec.share_digest(of_owner bigint, of_grant bigint) RETURNS text
LANGUAGE sql STABLE {DEFINER}
AS $body$
    SELECT encode(sha256(convert_to(concat_ws(
               E'\\n', one.tenant_id::text, one.receiver_id::text, one.edition::text,
               one.purpose,
               (SELECT string_agg(role, ',' ORDER BY role COLLATE "C") FROM unnest(one.roles) AS role),
               to_char(one.until_on, 'YYYY-MM-DD'),
               CASE WHEN one.may_export THEN 'export' ELSE 'no export' END,
               (SELECT string_agg(view.digest, E'\\n' ORDER BY view.place)
                  FROM public.sharing_shareview AS view
                 WHERE view.tenant_id = one.tenant_id AND view.grant_id = one.id
                   AND view.edition = one.edition)), 'UTF8')), 'hex')
      FROM public.sharing_sharegrant AS one
     WHERE one.tenant_id = of_owner AND one.id = of_grant
       AND (one.tenant_id = sec.tenant()
            OR (one.watcher_id = sec.tenant() AND one.receiver_id <> sec.tenant()))
$body$
"""

# Whether something of it is not shown to whoever asks: a clue with which they have a declared tie, or one
# whose subject bears their name.
HIDES = f"""
CREATE FUNCTION sec.share_hides(one public.sharing_sharegrant) RETURNS boolean
LANGUAGE sql STABLE {DEFINER}
AS $body$
    SELECT EXISTS (
        SELECT FROM public.sharing_shareview AS view
         WHERE view.tenant_id = one.tenant_id AND view.grant_id = one.id
           AND view.edition = one.edition
           AND (view.concerns = sec.own_name()
                OR (view.kind = 'clue' AND sec.tied_to_clue(view.object_id, view.concerns))))
$body$
"""
IS_WHOLE = f"""
CREATE FUNCTION sec.share_is_whole(of_owner bigint, of_grant bigint) RETURNS boolean
LANGUAGE sql STABLE {DEFINER}
AS $body$
    SELECT COALESCE((
        SELECT NOT sec.share_hides(one) FROM public.sharing_sharegrant AS one
         WHERE one.tenant_id = of_owner AND one.id = of_grant
           AND (one.tenant_id = sec.tenant()
                OR (one.watcher_id = sec.tenant() AND one.receiver_id <> sec.tenant()))), false)
$body$
"""

# Who approved and has declared a tie since: their approval counts no more.
STEPPED_BACK = f"""
CREATE FUNCTION sec.stepped_back(of_owner bigint, of_grant bigint) RETURNS bigint[]
LANGUAGE sql STABLE {DEFINER}
AS $body$
    SELECT COALESCE(array_agg(DISTINCT step.by_id), '{{}}')
      FROM public.sharing_sharegrantstep AS step
      JOIN public.sharing_sharegrant AS one ON one.tenant_id = step.tenant_id AND one.id = step.record_id
      JOIN public.sharing_shareview AS view
        ON view.tenant_id = one.tenant_id AND view.grant_id = one.id AND view.edition = one.edition
       AND view.kind = 'clue'
      JOIN public.sharing_cluetie AS tie
        ON tie.tenant_id = one.tenant_id AND tie.clue_id = view.object_id AND tie.user_id = step.by_id
     WHERE step.tenant_id = of_owner AND step.record_id = of_grant AND step.act = 'approved'
       AND sec.tenant() IN (one.tenant_id, one.watcher_id)
$body$
"""

# The director offers it, and prepared the views as they stand: in person, so that it was the director who
# looked at them. Whoever asked approves nothing; so the director has spoken by that.
OFFERED = f"""
CREATE FUNCTION sec.offered_by_director(one public.sharing_sharegrant) RETURNS boolean
LANGUAGE sql STABLE {DEFINER}
AS $body$
    SELECT one.is_offered AND COALESCE((
        SELECT step.by_id = one.asked_by_id AND step.hand = 'office_director' AND step.on_behalf_of = ''
          FROM public.sharing_sharegrantstep AS step
         WHERE step.tenant_id = one.tenant_id AND step.record_id = one.id AND step.act = 'prepared'
         ORDER BY step.number DESC LIMIT 1), false)
$body$
"""

# What an act needs, by the database's own count; false: it is not there. Views of the edition to come were
# left there before it was in force: nobody may put such beside what is approved, nor show them afterwards.
HOLDS = f"""
CREATE FUNCTION sec.share_holds(one public.sharing_sharegrant, act text, acting text, said text)
RETURNS boolean LANGUAGE plpgsql STABLE {DEFINER}
AS $body$
DECLARE
    digest text := sec.share_digest(one.tenant_id, one.id);
    has_next boolean := EXISTS (
        SELECT FROM public.sharing_shareview AS view
         WHERE view.tenant_id = one.tenant_id AND view.grant_id = one.id
           AND view.edition = one.edition + 1);
    owners bigint;
    director boolean;
    watched boolean;
    of_these bigint;
    offered boolean;
BEGIN
    IF act = 'prepared' THEN
        RETURN has_next;
    ELSIF act = 'narrowed' THEN
        RETURN has_next AND sec.share_narrows(one);
    ELSIF act = 'destruction_told' THEN
        RETURN one.state = 'revoked' OR one.until_on <= sec.today();
    ELSIF act NOT IN ('approved', 'granted') THEN
        RETURN true;
    END IF;
    IF said IS DISTINCT FROM digest OR one.asked_by_id = sec.user_id() OR has_next
       OR sec.share_hides(one) THEN
        RETURN false;
    END IF;
    IF act = 'approved' THEN
        RETURN true;
    END IF;
    WITH approvals AS (
        SELECT step.by_id, step.sender_id = one.tenant_id AS of_owner,
               step.hand = 'office_director' AND step.sender_id = one.tenant_id AS directs,
               step.hand = 'city_director'
               OR (step.hand = 'discipline_body' AND step.sender_id = one.tenant_id) AS watches
          FROM (SELECT walked.by_id, walked.hand, walked.sender_id
                  FROM public.sharing_sharegrantstep AS walked
                 WHERE walked.tenant_id = one.tenant_id AND walked.record_id = one.id
                   AND walked.act = 'approved' AND walked.facts ->> 'digest' = digest
                   AND walked.by_id <> ALL (sec.stepped_back(one.tenant_id, one.id))
                UNION SELECT sec.user_id(), acting, sec.tenant()) AS step)
    SELECT count(DISTINCT by_id) FILTER (WHERE of_owner), bool_or(directs), bool_or(watches),
           count(DISTINCT by_id) FILTER (WHERE directs OR watches)
      INTO owners, director, watched, of_these FROM approvals;
    offered := sec.offered_by_director(one);
    RETURN owners >= 2 AND (director OR offered) AND one.until_on > sec.today()
       AND ((watched AND (of_these >= 2 OR offered)) OR NOT EXISTS (
            SELECT FROM public.sharing_shareview AS view
             WHERE view.tenant_id = one.tenant_id AND view.grant_id = one.id
               AND view.edition = one.edition AND view.kind = 'clue'));
END
$body$
"""

# Each view to come stands in the place of one that is shown, of the same record, and shows no more of it.
NARROWS = f"""
CREATE FUNCTION sec.share_narrows(one public.sharing_sharegrant) RETURNS boolean
LANGUAGE sql STABLE {DEFINER}
AS $body$
    SELECT bool_and(COALESCE(sec.is_narrower(shown.content, less.content), false))
      FROM public.sharing_shareview AS less
      LEFT JOIN public.sharing_shareview AS shown
        ON shown.tenant_id = less.tenant_id AND shown.grant_id = less.grant_id
       AND shown.edition = one.edition AND shown.place = less.place AND shown.kind = less.kind
       AND shown.object_id = less.object_id
     WHERE less.tenant_id = one.tenant_id AND less.grant_id = one.id
       AND less.edition = one.edition + 1
$body$
"""

# The one way to a view's words. Who takes one back waits for who reads, and who reads after that meets
# nothing; NULL is for what is not there and what is not theirs. The line can be undone by whoever writes
# SQL as the web does, with the words in hand already: what the server's log says of it cannot.
SHOW_VIEW = f"""
CREATE FUNCTION sec.show_view(of_view bigint, by_way text) RETURNS text
LANGUAGE plpgsql {DEFINER}
AS $body$
DECLARE
    shown public.sharing_shownview%ROWTYPE;
    held text[] := sec.own_roles();
BEGIN
    PERFORM sec.insist_on_fresh_snapshots();
    SELECT * INTO shown FROM public.sharing_shownview AS view
     WHERE view.tenant_id = sec.tenant() AND view.id = of_view AND view.taken_back_at IS NULL
       AND view.until_on > sec.today() AND view.roles::text[] && held AND view.concerns <> sec.own_name()
       FOR SHARE;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    IF NOT (by_way IN ('page', 'program')
            OR (by_way = 'note' AND shown.use = 'reading')
            OR (by_way IN ('export', 'print') AND shown.may_export)) THEN
        RAISE EXCEPTION 'The grant lets nobody carry it away.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'share_carried_where_allowed',
                  TABLE = 'sharing_sharedisclosure';
    END IF;
    INSERT INTO public.sharing_sharedisclosure (
        tenant_id, sender_id, grant_number, view, kind, place, edition, digest, fields, person_id,
        person_name, role, purpose, way, at)
    VALUES (shown.sender_id, shown.tenant_id, shown.grant_number, shown.id, shown.kind, shown.place,
            shown.edition, shown.digest, shown.fields, sec.user_id(), sec.own_name(),
            (SELECT role FROM unnest(held) AS role WHERE role = ANY (shown.roles::text[]) LIMIT 1),
            shown.purpose, by_way, clock_timestamp());
    IF by_way <> 'note' THEN
        RAISE LOG 'view % of share % shown to person % of office % (%)',
            shown.id, shown.grant_number, sec.user_id(), shown.tenant_id, by_way;
    END IF;
    RETURN shown.content;
END
$body$
"""

GUARD_NOTE = f"""
CREATE FUNCTION sec.guard_sharenote() RETURNS trigger LANGUAGE plpgsql {DEFINER}
AS $body$
DECLARE
    shown public.sharing_shownview%ROWTYPE;
BEGIN
    IF NEW.tenant_id IS DISTINCT FROM sec.tenant() OR sec.show_view(NEW.view, 'note') IS NULL THEN
        RAISE EXCEPTION 'A note is made of a view that one is shown.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'share_note_of_a_shown_view',
                  TABLE = 'sharing_sharenote';
    END IF;
    SELECT * INTO shown FROM public.sharing_shownview AS view WHERE view.id = NEW.view;
    NEW.grant_number := shown.grant_number;
    NEW.kind := shown.kind;
    NEW.concerns := shown.concerns;
    NEW.digest := shown.digest;
    NEW.written_by_id := sec.user_id();
    NEW.written_by_name := sec.own_name();
    NEW.written_at := clock_timestamp();
    RETURN NEW;
END
$body$
"""

FUNCTIONS = (
    ("share_digest(bigint, bigint)", SHARE_DIGEST),
    ("share_hides(public.sharing_sharegrant)", HIDES),
    ("share_is_whole(bigint, bigint)", IS_WHOLE),
    ("stepped_back(bigint, bigint)", STEPPED_BACK),
    ("offered_by_director(public.sharing_sharegrant)", OFFERED),
    ("share_narrows(public.sharing_sharegrant)", NARROWS),
    ("share_holds(public.sharing_sharegrant, text, text, text)", HOLDS),
    ("show_view(bigint, text)", SHOW_VIEW),
    ("guard_sharenote()", GUARD_NOTE),
)
OF_THE_WEB = (
    "share_digest(bigint, bigint)",
    "share_is_whole(bigint, bigint)",
    "stepped_back(bigint, bigint)",
    "show_view(bigint, text)",
)


class Migration(migrations.Migration):
    dependencies = [("sharing", "0141_walk_share_grants")]

    operations = [
        RoleSQL(
            [
                *(sql for _, sql in FUNCTIONS),
                *(f"REVOKE ALL ON FUNCTION sec.{name} FROM PUBLIC" for name, _ in FUNCTIONS),
                *(f"GRANT EXECUTE ON FUNCTION sec.{name} TO @app@" for name in OF_THE_WEB),
                "CREATE TRIGGER guard BEFORE INSERT ON sharing_sharenote "
                "FOR EACH ROW EXECUTE FUNCTION sec.guard_sharenote()",
            ],
            [
                "DROP TRIGGER guard ON sharing_sharenote",
                *(f"DROP FUNCTION sec.{name}" for name, _ in reversed(FUNCTIONS)),
            ],
            "Count approvals of what is shown whole, and show views with a line of it",
        ),
    ]
