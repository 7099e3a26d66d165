"""Counting across counties, for a digest that is being made: by functions alone, as a role of its own.

A table is asked for, which is written down and committed; then it is told, whole. What was asked in a
transaction that is undone is told to nobody. docs/architecture/digest.md has the definitions.
"""

from django.db import migrations

from tenancy.rls import RoleSQL

DEFINER = "SECURITY DEFINER SET search_path = pg_catalog, pg_temp"

# As `sharing.domain.digest.declared` had them when this was written; a test holds the one to the other.
OUTCOMES: tuple[tuple[str, str], ...] = (
    ("to_the_procuratorate", "to_the_procuratorate"),
    ("party_expelled", "party"),
    ("party_probation", "party"),
    ("party_post_removed", "party"),
    ("party_serious_warning", "party"),
    ("party_warning", "party"),
    ("admin_dismissed", "administrative"),
    ("admin_removed", "administrative"),
    ("admin_demoted", "administrative"),
    ("admin_serious_demerit", "administrative"),
    ("admin_demerit", "administrative"),
    ("admin_warning", "administrative"),
    ("reorganised", "without_sanction"),
    ("admonition", "without_sanction"),
    ("talk", "without_sanction"),
    ("money_confiscated", "money"),
    ("money_returned", "money"),
    ("no_liability", "nothing"),
    ("not_borne_out", "nothing"),
)
GROUPS = ("party", "administrative", "without_sanction", "money", "nothing")
OF_THE_PERIOD = ("categories", "kinds", "rounds", "clues")
OF_A_COHORT = ("rectification", "ages", "outcomes", *(f"{group}_code" for group in GROUPS))


def listed(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)


CODES = "(VALUES " + ", ".join(
    f"('{code}', '{group}', {place})" for place, (code, group) in enumerate(OUTCOMES)
) + ") AS declared (code, heading, place)"  # fmt: skip

# Whose count it is: the county's whose office keeps the record, or the city's own.
COUNTED_FOR = "CASE WHEN office.parent_id = city THEN office.code::text ELSE 'city' END"

# Findings that were fed back from `since` to the day before `until`, days in China.
FINDINGS = f"""
CREATE FUNCTION sec.digest_findings(city bigint, since date, until date)
RETURNS TABLE (office bigint, finding bigint, item bigint, county text, category bigint,
               unit text, host bigint, lead bigint, round bigint)
LANGUAGE sql STABLE {DEFINER}
AS $body$
    SELECT paper.tenant_id, paper.id, paper.item_id, {COUNTED_FOR}, paper.category_id,
           paper.unit_code::text, room.host_id, room.lead_id, room.round_number
      FROM public.tenancy_office AS office
      JOIN public.sharing_paperstep AS done ON done.tenant_id = office.id
      JOIN public.sharing_workingpaper AS paper
        ON paper.tenant_id = done.tenant_id AND paper.id = done.record_id
      JOIN public.sharing_room AS room
        ON room.tenant_id = paper.tenant_id AND room.id = paper.room_id
     WHERE (office.id = city OR office.parent_id = city) AND done.act = 'fed_back'
       AND (done.at AT TIME ZONE 'Asia/Shanghai')::date >= since
       AND (done.at AT TIME ZONE 'Asia/Shanghai')::date < until
$body$
"""

# What had become of each of them by the beginning of the day `as_of`. `owed_on`: of the unit's clock then.
BECAME = f"""
CREATE FUNCTION sec.digest_rectified(city bigint, since date, until date, as_of date)
RETURNS TABLE (county text, state text, owed_on date)
LANGUAGE sql STABLE {DEFINER}
AS $body$
    SELECT found.county,
           CASE WHEN laid.at IS NULL THEN 'not_assigned' ELSE COALESCE(last.after, 'assigned') END,
           clock.due_on
      FROM sec.digest_findings(city, since, until) AS found
      LEFT JOIN LATERAL (
          SELECT min(done.at) AS at FROM public.sharing_paperstep AS done
           WHERE done.tenant_id = found.office AND done.record_id = found.finding
             AND done.act = 'assigned' AND done.at < as_of::timestamp AT TIME ZONE 'Asia/Shanghai'
      ) AS laid ON true
      LEFT JOIN LATERAL (
          SELECT done.after::text FROM public.sharing_rectificationstep AS done
           WHERE done.tenant_id = found.office AND done.record_id = found.item
             AND done.at < as_of::timestamp AT TIME ZONE 'Asia/Shanghai'
           ORDER BY done.number DESC LIMIT 1
      ) AS last ON laid.at IS NOT NULL
      LEFT JOIN LATERAL (
          SELECT max(one.due_on) AS due_on FROM public.sharing_deadline AS one
           WHERE one.tenant_id = found.office AND one.life = 'rectification_item'
             AND one.number = found.item AND one.started_on < as_of
             AND (one.ended_on IS NULL OR one.ended_on >= as_of)
      ) AS clock ON laid.at IS NOT NULL
$body$
"""

# Clues by the day on which they were first handed over, with the first of their outcomes in the order
# of the declaration, as they had been told by then.
CLUES = f"""
CREATE FUNCTION sec.digest_clues(city bigint, since date, until date, as_of date)
RETURNS TABLE (county text, heading text, code text)
LANGUAGE sql STABLE {DEFINER}
AS $body$
    SELECT {COUNTED_FOR}, COALESCE(became.heading, 'pending'), became.code
      FROM public.tenancy_office AS office
      JOIN public.sharing_officeclue AS clue ON clue.tenant_id = office.id
      LEFT JOIN LATERAL (
          SELECT declared.heading, declared.code
            FROM public.sharing_clueoutcome AS told
            JOIN {CODES} ON declared.code = told.code
           WHERE told.tenant_id = clue.tenant_id AND told.clue_id = clue.id
             AND told.telling = (
                 SELECT max(one.telling) FROM public.sharing_clueoutcome AS one
                  WHERE one.tenant_id = clue.tenant_id AND one.clue_id = clue.id
                    AND one.told_at < as_of::timestamp AT TIME ZONE 'Asia/Shanghai')
           ORDER BY declared.place LIMIT 1
      ) AS became ON true
     WHERE (office.id = city OR office.parent_id = city)
       AND (clue.handed_over_at AT TIME ZONE 'Asia/Shanghai')::date >= since
       AND (clue.handed_over_at AT TIME ZONE 'Asia/Shanghai')::date < until
$body$
"""

# Each gives codes and county; `told_counts` counts them.
QUERIES = {
    "categories": """
        SELECT ARRAY[COALESCE(citys.code, heading.code || '.other', 'unsorted')::text, entry.county]
          FROM sec.digest_findings(one.tenant_id, since, until) AS entry
          LEFT JOIN public.sharing_findingcategory AS own
            ON own.tenant_id = entry.office AND own.id = entry.category
          LEFT JOIN public.sharing_findingcategory AS over
            ON over.tenant_id = own.tenant_id AND over.id = own.parent_id
          LEFT JOIN public.sharing_findingcategory AS citys
            ON citys.tenant_id = one.tenant_id AND citys.code = own.code
           AND citys.parent_id IS NOT NULL
          LEFT JOIN public.sharing_findingcategory AS heading
            ON heading.tenant_id = one.tenant_id AND heading.code = over.code
           AND heading.parent_id IS NULL""",
    "kinds": """
        SELECT ARRAY[COALESCE(unit.kind::text, 'unknown'), entry.county]
          FROM sec.digest_findings(one.tenant_id, since, until) AS entry
          LEFT JOIN public.scheduling_inspectedunit AS unit
            ON unit.tenant_id = entry.host AND unit.code = entry.unit""",
    "rounds": """
        SELECT ARRAY[CASE WHEN entry.lead <> one.tenant_id THEN 'own'
                          WHEN led.id IS NULL THEN 'earlier' ELSE 'r' || led.id::text END,
                     entry.county]
          FROM sec.digest_findings(one.tenant_id, since, until) AS entry
          LEFT JOIN public.scheduling_inspectionround AS led
            ON led.tenant_id = entry.lead AND led.id = entry.round AND led.state <> 'drafting'
           AND led.starts_on < one.until_on
           AND EXTRACT(year FROM led.starts_on) >= EXTRACT(year FROM one.begins_on) - 1""",
    "clues": """
        SELECT ARRAY[entry.county]
          FROM sec.digest_clues(one.tenant_id, since, until, one.until_on) AS entry""",
    "rectification": """
        SELECT ARRAY[entry.state, entry.county]
          FROM sec.digest_rectified(one.tenant_id, since, until, one.until_on) AS entry""",
    "ages": """
        SELECT ARRAY[CASE WHEN entry.owed_on IS NULL OR one.until_on - 1 <= entry.owed_on THEN 'in_time'
                          WHEN one.until_on - 1 - entry.owed_on <= 30 THEN 'days_30'
                          WHEN one.until_on - 1 - entry.owed_on <= 90 THEN 'days_90'
                          ELSE 'longer' END, entry.county]
          FROM sec.digest_rectified(one.tenant_id, since, until, one.until_on) AS entry
         WHERE entry.state <> 'closed_out'""",
    "outcomes": """
        SELECT ARRAY[entry.heading, entry.county]
          FROM sec.digest_clues(one.tenant_id, since, until, one.until_on) AS entry""",
}  # fmt: skip
OF_A_GROUP = """
        SELECT ARRAY[entry.code]
          FROM sec.digest_clues(one.tenant_id, since, until, one.until_on) AS entry
         WHERE entry.heading || '_code' = asked."table\""""

ASK = f"""
CREATE FUNCTION sec.ask_counts(of_digest bigint, of_table text, of_cohort text) RETURNS bigint
LANGUAGE plpgsql VOLATILE {DEFINER}
AS $body$
DECLARE
    one public.sharing_digest%ROWTYPE;
    number bigint;
BEGIN
    SELECT * INTO one FROM public.sharing_digest AS digest
     WHERE digest.tenant_id = sec.tenant() AND digest.id = of_digest AND digest.state = 'making';
    IF NOT FOUND OR NOT sec.acts_as('city_director', 'publish_digest') THEN
        RAISE EXCEPTION 'Counts are for a digest that is being made, for its director.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NOT (of_cohort = one.period AND of_table IN ({listed(OF_THE_PERIOD)})
            OR of_table IN ({listed(OF_A_COHORT)}) AND EXISTS (
                SELECT FROM public.sharing_digest AS cohort
                 WHERE cohort.tenant_id = one.tenant_id AND cohort.period = of_cohort
                   AND cohort.state = 'published'
                   AND cohort.until_on + interval '6 months' > one.begins_on
                   AND cohort.until_on + interval '6 months' <= one.until_on)) THEN
        RAISE EXCEPTION 'The digest has no such table of that period.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO public.sharing_digestquestion
        (tenant_id, digest_id, "table", cohort, asked_by_id, asked_by_name, asked_at, asked_in)
    VALUES (one.tenant_id, one.id, of_table, of_cohort, sec.user_id(),
            (SELECT person.display_name FROM public.tenancy_user AS person
              WHERE person.id = sec.user_id()),
            clock_timestamp(), pg_current_xact_id()::text::bigint)
    RETURNING id INTO number;
    INSERT INTO public.tenancy_auditentry (tenant_id, action, object_type, object_id, data)
    VALUES (one.tenant_id, 'sharing.digest.counted', 'sharing.digest', one.id,
            jsonb_build_object('table', of_table, 'period', of_cohort));
    RETURN number;
END
$body$
"""

BRANCHES = "".join(
    f"""
    {"IF" if place == 0 else "ELSIF"} asked."table" = '{table}' THEN
        RETURN QUERY SELECT counted.codes, count(*) FROM ({query}
        ) AS counted (codes) GROUP BY counted.codes;"""
    for place, (table, query) in enumerate(QUERIES.items())
)

TELL = f"""
CREATE FUNCTION sec.told_counts(question bigint) RETURNS TABLE (codes text[], records bigint)
LANGUAGE plpgsql STABLE {DEFINER}
AS $body$
DECLARE
    asked public.sharing_digestquestion%ROWTYPE;
    one public.sharing_digest%ROWTYPE;
    since date;
    until date;
BEGIN
    SELECT * INTO asked FROM public.sharing_digestquestion AS row
     WHERE row.tenant_id = sec.tenant() AND row.id = question AND row.asked_by_id = sec.user_id()
       AND row.asked_at > clock_timestamp() - interval '15 minutes'
       AND row.asked_in IS DISTINCT FROM pg_current_xact_id_if_assigned()::text::bigint;
    SELECT * INTO one FROM public.sharing_digest AS digest
     WHERE digest.tenant_id = asked.tenant_id AND digest.id = asked.digest_id
       AND digest.state = 'making';
    IF one.id IS NULL THEN
        RAISE EXCEPTION 'Told is what was asked, written down and committed a moment ago.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    -- What was known before the first period counts in it.
    SELECT CASE WHEN period.is_first THEN '-infinity' ELSE period.begins_on END, period.until_on
      INTO since, until
      FROM public.sharing_digest AS cohort, sec.digest_period(one.tenant_id, cohort.begins_on) AS period
     WHERE cohort.tenant_id = one.tenant_id AND cohort.period = asked.cohort;
    {BRANCHES}
    ELSE
        RETURN QUERY SELECT counted.codes, count(*) FROM ({OF_A_GROUP}
        ) AS counted (codes) GROUP BY counted.codes;
    END IF;
END
$body$
"""

# What earlier digests said, and the sealed counts behind it, for the digest that follows them.
EARLIER = f"""
CREATE FUNCTION sec.earlier_digests(of_digest bigint)
RETURNS TABLE (period text, document text, cipher text, key text, wrapped bytea, sealed bytea)
LANGUAGE sql STABLE {DEFINER}
AS $body$
    SELECT before.period::text, kept.document, kept.cipher::text, kept.key::text, kept.wrapped,
           kept.sealed
      FROM public.sharing_digest AS one
      JOIN public.sharing_digest AS before
        ON before.tenant_id = one.tenant_id AND before.until_on <= one.begins_on
       AND before.state = 'published'
      JOIN public.sharing_sealeddigest AS kept
        ON kept.tenant_id = before.tenant_id AND kept.digest_id = before.id
     WHERE one.tenant_id = sec.tenant() AND one.id = of_digest AND one.state = 'making'
     ORDER BY before.begins_on
$body$
"""

INSIDE = {
    "digest_findings(bigint, date, date)": FINDINGS,
    "digest_rectified(bigint, date, date, date)": BECAME,
    "digest_clues(bigint, date, date, date)": CLUES,
}
CALLED = {
    "ask_counts(bigint, text, text)": ASK,
    "told_counts(bigint)": TELL,
    "earlier_digests(bigint)": EARLIER,
}


class Migration(migrations.Migration):
    dependencies = [("sharing", "0161_guard_digests")]

    operations = [
        RoleSQL(
            [
                *INSIDE.values(),
                *CALLED.values(),
                *(f"REVOKE ALL ON FUNCTION sec.{name} FROM PUBLIC" for name in INSIDE | CALLED),
                "GRANT USAGE ON SCHEMA sec TO @statistics@",
                *(f"GRANT EXECUTE ON FUNCTION sec.{name} TO @statistics@" for name in CALLED),
            ],
            [
                *(f"DROP FUNCTION sec.{name}" for name in [*CALLED, *reversed(INSIDE)]),
                "REVOKE USAGE ON SCHEMA sec FROM @statistics@",
            ],
            "Count for digests by functions alone",
        ),
    ]
