"""What the database insists on for papers and reports: docs/architecture/papers.md."""

from django.db import migrations

from sharing.models.guards import sow, sow_hands, walks
from tenancy.rls import RoleSQL

# The lives as of this migration, written out.
PAPER = [
    ("written", "draft", "draft", "finder"),
    ("evidence_completed", "draft", "evidence_complete", "finder"),
    ("meeting_passed", "evidence_complete", "meeting_passed", "team_leader"),
    ("sent_back", "evidence_complete", "draft", "team_leader"),
    ("sent_back", "meeting_passed", "draft", "team_leader"),
    ("not_upheld", "evidence_complete", "withdrawn", "team_leader"),
    ("not_upheld", "meeting_passed", "withdrawn", "team_leader"),
    ("signed", "meeting_passed", "leader_signed", "team_leader"),
    ("put_in_report", "leader_signed", "in_report", "team_leader"),
    ("commented", "in_report", "in_report", "office_clerk"),
    ("commented", "in_report", "in_report", "office_director"),
    ("taken_back", "leader_signed", "draft", "team_leader"),
    ("taken_back", "in_report", "draft", "team_leader"),
    ("approved", "in_report", "group_approved", "leading_group"),
    ("returned_to_team", "in_report", "leader_signed", "leading_group"),
    ("fed_back", "group_approved", "fed_back", "office_director"),
    ("fed_back", "group_approved", "fed_back", "team_leader"),
    ("assigned", "fed_back", "rectifying", "office_clerk"),
    ("assigned", "fed_back", "rectifying", "office_director"),
    ("closed", "rectifying", "closed", "office_director"),
    ("reopened", "closed", "rectifying", "team_leader"),
]

PAPER_HANDS = [
    ("finder", "deputy_leader", "write_papers"),
    ("finder", "team_leader", "write_papers"),
    ("finder", "team_member", "write_papers"),
    ("team_leader", "team_leader", "sign_papers"),
    ("office_clerk", "county_clerk", "comment_reports"),
    ("office_clerk", "scheduler", "comment_reports"),
    ("office_director", "city_director", "feed_back"),
    ("office_director", "county_director", "feed_back"),
    ("leading_group", "leading_group", "approve_reports"),
]

REPORT = [
    ("written", "drafting", "drafting", "team_leader"),
    ("submitted", "drafting", "submitted", "team_leader"),
    ("recalled", "submitted", "drafting", "team_leader"),
    ("returned", "submitted", "drafting", "leading_group"),
    ("approved", "submitted", "approved", "leading_group"),
    ("feedback_written", "approved", "approved", "office_director"),
    ("feedback_written", "approved", "approved", "team_leader"),
    ("feedback_written", "head_told", "head_told", "office_director"),
    ("feedback_written", "head_told", "head_told", "team_leader"),
    ("feedback_written", "meeting_held", "meeting_held", "office_director"),
    ("feedback_written", "meeting_held", "meeting_held", "team_leader"),
    ("head_told", "approved", "head_told", "team_leader"),
    ("meeting_held", "head_told", "meeting_held", "office_director"),
    ("meeting_held", "head_told", "meeting_held", "team_leader"),
    ("served", "meeting_held", "served", "office_director"),
    ("served", "meeting_held", "served", "team_leader"),
]

REPORT_HANDS = [
    ("team_leader", "team_leader", "sign_papers"),
    ("office_director", "city_director", "feed_back"),
    ("office_director", "county_director", "feed_back"),
    ("leading_group", "leading_group", "approve_reports"),
]


def refused(words: str, constraint: str, table: str) -> str:
    return (
        f"RAISE EXCEPTION '{words}' USING ERRCODE = 'check_violation', "
        f"CONSTRAINT = '{constraint}', TABLE = 'sharing_{table}';"
    )


def trigger(name: str, declared: str, body: str) -> str:
    return (
        f"CREATE FUNCTION sec.{name}() RETURNS trigger "
        "LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp "
        f"AS $body$ {declared} BEGIN {body} RETURN NEW; END $body$"
    )


WHO = """
    NEW.by_id := sec.user_id();
    NEW.at := transaction_timestamp();
    SELECT person.display_name INTO NEW.by_name
      FROM public.tenancy_user AS person WHERE person.id = sec.user_id();
"""

# In its room by a member; its number, finder and repeated columns are not theirs to say. The room's
# row is locked, so that of two papers begun at once each has a number and none is left out.
LAY_PAPER = trigger(
    "lay_paper",
    "",
    f"""
    IF (NEW.tenant_id = sec.tenant() AND sec.in_room(NEW.room_id)
        AND sec.holds_hand('working_paper', 'finder')) IS NOT TRUE THEN
        {refused("A paper is begun by a member of the team.", "paper_by_a_member", "workingpaper")}
    END IF;
    PERFORM FROM public.sharing_room AS room
      WHERE room.tenant_id = NEW.tenant_id AND room.id = NEW.room_id AND room.purpose = 'papers'
        FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        {refused("A paper is kept in a room for papers.", "paper_in_a_room_for_papers", "workingpaper")}
    END IF;
    SELECT unit.name INTO NEW.unit_name FROM public.sharing_roomunit AS unit
     WHERE unit.tenant_id = NEW.tenant_id AND unit.room_id = NEW.room_id
       AND unit.code = NEW.unit_code;
    IF NOT FOUND THEN
        {refused("The team inspects no such unit.", "paper_of_a_unit_of_its_room", "workingpaper")}
    END IF;
    SELECT person.id, person.display_name INTO NEW.finder_id, NEW.finder_name
      FROM public.tenancy_user AS person WHERE person.id = sec.user_id();
    SELECT COALESCE(max(other.sequence), 0) + 1 INTO NEW.sequence
      FROM public.sharing_workingpaper AS other
     WHERE other.tenant_id = NEW.tenant_id AND other.room_id = NEW.room_id;
    NEW.year := extract(year FROM sec.today());
    NEW.report_id := NULL; NEW.finding_sequence := NULL; NEW.version := 0; NEW.title := '';
    NEW.level := ''; NEW.class_name := ''; NEW.severity := ''; NEW.money_cents := NULL;
    NEW.people_count := NULL; NEW.disciplines := '[]';
    NEW.begun_at := clock_timestamp(); NEW.changed_at := NEW.begun_at;
    """,
)

# A text is its finder's, while it is a draft, and follows the one that the writer had before them.
WRITE_PAPER = trigger(
    "write_paper",
    "DECLARE one public.sharing_workingpaper%ROWTYPE;",
    f"""
    SELECT * INTO one FROM public.sharing_workingpaper AS paper
     WHERE paper.tenant_id = sec.tenant() AND paper.tenant_id = NEW.tenant_id
       AND paper.id = NEW.paper_id FOR NO KEY UPDATE;
    IF NOT FOUND OR (one.finder_id = sec.user_id() AND sec.in_room(one.room_id)
            AND sec.holds_hand('working_paper', 'finder')) IS NOT TRUE THEN
        {refused("A text is written by its finder.", "text_by_its_finder", "paperversion")}
    END IF;
    IF one.state <> 'draft' THEN
        {refused("A text stands once it is handed on.", "text_stands", "paperversion")}
    END IF;
    IF NEW.number <> one.version + 1 THEN
        {refused("There is a newer text.", "text_follows_the_newest", "paperversion")}
    END IF;
    {WHO}
    UPDATE public.sharing_workingpaper AS paper
       SET version = NEW.number, title = NEW.title, level = NEW.level,
           class_name = NEW.class_name, severity = NEW.severity, money_cents = NEW.money_cents,
           people_count = NEW.people_count, disciplines = NEW.disciplines,
           changed_at = clock_timestamp()
     WHERE paper.tenant_id = one.tenant_id AND paper.id = one.id;
    """,
)

# What a version cites comes in its own transaction, by whoever writes it, and never later.
COME_WITH_TEXT = trigger(
    "come_with_text",
    "",
    f"""
    IF NOT EXISTS (
        SELECT FROM public.sharing_paperversion AS written
         WHERE written.tenant_id = sec.tenant() AND written.tenant_id = NEW.tenant_id
           AND written.id = NEW.version_id AND written.by_id = sec.user_id()
           AND written.at = transaction_timestamp()) THEN
        {refused("It comes with its text.", "comes_with_its_text", "paperversion")}
    END IF;
    """,
)

COMMENT_PAPER = trigger(
    "comment_paper",
    "",
    f"""
    IF NOT (sec.holds_hand('working_paper', 'office_clerk')
            OR sec.holds_hand('working_paper', 'office_director')) THEN
        {refused("The office comments.", "comment_by_the_office", "papercomment")}
    END IF;
    SELECT paper.version INTO NEW.of_version FROM public.sharing_workingpaper AS paper
     WHERE paper.tenant_id = sec.tenant() AND paper.tenant_id = NEW.tenant_id
       AND paper.id = NEW.paper_id AND paper.state = 'in_report' FOR SHARE;
    IF NOT FOUND THEN
        {refused("Only what is in a report is commented.", "comment_on_a_report", "papercomment")}
    END IF;
    {WHO}
    """,
)

# A paper goes into its own unit's report while that is drafted, and then where its report went. The
# report is locked before the paper, by everybody.
FOLLOW_REPORT = trigger(
    "follow_report",
    "DECLARE one public.sharing_workingpaper%ROWTYPE; of_report bigint; wanted text; stands text;",
    f"""
    SELECT * INTO one FROM public.sharing_workingpaper AS paper
     WHERE paper.tenant_id = sec.tenant() AND paper.tenant_id = NEW.tenant_id
       AND paper.id = NEW.record_id;
    of_report := one.report_id;
    wanted := CASE NEW.act
        WHEN 'put_in_report' THEN 'drafting' WHEN 'returned_to_team' THEN 'drafting'
        WHEN 'approved' THEN 'approved' WHEN 'fed_back' THEN 'served' END;
    IF NEW.act = 'put_in_report' THEN
        of_report := CASE WHEN jsonb_typeof(NEW.facts -> 'report') = 'number'
                          THEN (NEW.facts ->> 'report')::bigint END;
    ELSIF NEW.act = 'taken_back' AND one.state = 'in_report' THEN
        wanted := 'drafting';
    END IF;
    IF wanted IS NOT NULL THEN
        SELECT report.state INTO stands FROM public.sharing_inspectionreport AS report
         WHERE report.tenant_id = one.tenant_id AND report.id = of_report
           AND report.room_id = one.room_id AND report.unit_code = one.unit_code FOR SHARE;
        IF stands IS DISTINCT FROM wanted THEN
            {refused("A paper goes with its report.", "paper_with_its_report", "paperstep")}
        END IF;
    END IF;
    """,
)

# After the step was lawful. The number is the next among what the room has put in reports.
PLACE_PAPER = trigger(
    "place_paper",
    "",
    """
    IF NEW.act = 'put_in_report' THEN
        PERFORM FROM public.sharing_room AS room
           JOIN public.sharing_workingpaper AS paper
             ON paper.tenant_id = room.tenant_id AND paper.room_id = room.id
          WHERE paper.tenant_id = NEW.tenant_id AND paper.id = NEW.record_id
            FOR NO KEY UPDATE OF room;
        UPDATE public.sharing_workingpaper AS paper
           SET report_id = (NEW.facts ->> 'report')::bigint,
               finding_sequence = COALESCE(paper.finding_sequence, (
                   SELECT COALESCE(max(other.finding_sequence), 0) + 1
                     FROM public.sharing_workingpaper AS other
                    WHERE other.tenant_id = paper.tenant_id AND other.room_id = paper.room_id))
         WHERE paper.tenant_id = NEW.tenant_id AND paper.id = NEW.record_id;
    ELSIF NEW.act IN ('taken_back', 'returned_to_team') THEN
        UPDATE public.sharing_workingpaper AS paper SET report_id = NULL
         WHERE paper.tenant_id = NEW.tenant_id AND paper.id = NEW.record_id;
    END IF;
    """,
)

LAY_REPORT = trigger(
    "lay_report",
    "",
    f"""
    IF (NEW.tenant_id = sec.tenant() AND sec.in_room(NEW.room_id)
        AND sec.holds_hand('report', 'team_leader')) IS NOT TRUE THEN
        {refused("A report is begun by the team leader.", "report_by_the_leader", "inspectionreport")}
    END IF;
    SELECT unit.name INTO NEW.unit_name FROM public.sharing_roomunit AS unit
      JOIN public.sharing_room AS room
        ON room.tenant_id = unit.tenant_id AND room.id = unit.room_id
     WHERE unit.tenant_id = NEW.tenant_id AND unit.room_id = NEW.room_id
       AND unit.code = NEW.unit_code AND room.purpose = 'papers';
    IF NOT FOUND THEN
        {refused("The team inspects no such unit.", "report_of_a_unit_of_its_room", "inspectionreport")}
    END IF;
    NEW.begun_at := clock_timestamp();
    """,
)

WRITE_REPORT = trigger(
    "write_report",
    "DECLARE one public.sharing_inspectionreport%ROWTYPE; newest integer; is_theirs boolean;",
    f"""
    SELECT * INTO one FROM public.sharing_inspectionreport AS report
     WHERE report.tenant_id = sec.tenant() AND report.tenant_id = NEW.tenant_id
       AND report.id = NEW.report_id FOR NO KEY UPDATE;
    is_theirs := (sec.in_room(one.room_id) AND sec.holds_hand('report', 'team_leader'))
        OR (NEW.part = 'feedback' AND sec.holds_hand('report', 'office_director'));
    IF is_theirs IS NOT TRUE THEN
        {refused("The text is of another hand.", "report_written_in_ones_own_hand", "reporttext")}
    END IF;
    IF NOT (CASE NEW.part WHEN 'report' THEN one.state = 'drafting'
            ELSE one.state IN ('approved', 'head_told', 'meeting_held') END) THEN
        {refused("The text stands.", "report_text_stands", "reporttext")}
    END IF;
    SELECT COALESCE(max(other.number), 0) INTO newest FROM public.sharing_reporttext AS other
     WHERE other.tenant_id = one.tenant_id AND other.report_id = one.id AND other.part = NEW.part;
    IF NEW.number <> newest + 1 THEN
        {refused("There is a newer text.", "report_text_follows_the_newest", "reporttext")}
    END IF;
    {WHO}
    """,
)

# After the step has locked the report: nothing is handed in that holds no finding.
HOLD_FINDINGS = trigger(
    "hold_findings",
    "",
    f"""
    IF NEW.act = 'submitted' AND NOT EXISTS (
        SELECT FROM public.sharing_workingpaper AS paper
         WHERE paper.tenant_id = NEW.tenant_id AND paper.report_id = NEW.record_id
           AND paper.state = 'in_report') THEN
        {refused("A report holds a finding.", "report_holds_a_finding", "reportstep")}
    END IF;
    """,
)

# name of the trigger, when, table, function. Those of one table fire in the order of their names.
TRIGGERS = (
    ("lay", "BEFORE INSERT", "workingpaper", "lay_paper", LAY_PAPER),
    ("write", "BEFORE INSERT", "paperversion", "write_paper", WRITE_PAPER),
    ("follow", "BEFORE INSERT", "paperstep", "follow_report", FOLLOW_REPORT),
    ("place", "AFTER INSERT", "paperstep", "place_paper", PLACE_PAPER),
    ("comment", "BEFORE INSERT", "papercomment", "comment_paper", COMMENT_PAPER),
    ("come", "BEFORE INSERT", "paperbasis", "come_with_text", COME_WITH_TEXT),
    ("come", "BEFORE INSERT", "paperevidence", "come_with_text", ""),
    ("lay", "BEFORE INSERT", "inspectionreport", "lay_report", LAY_REPORT),
    ("write", "BEFORE INSERT", "reporttext", "write_report", WRITE_REPORT),
    ("hold", "AFTER INSERT", "reportstep", "hold_findings", HOLD_FINDINGS),
)
FUNCTIONS = [(name, made) for *_, name, made in TRIGGERS if made]

IN_ITS_ROOM = "sec.in_room(one.room_id)"


class Migration(migrations.Migration):
    dependencies = [("sharing", "0020_working_papers")]

    operations = [
        sow("working_paper", PAPER),
        sow_hands("working_paper", PAPER_HANDS),
        walks(
            "workingpaper",
            step="paperstep",
            life="working_paper",
            begins_as="draft",
            asks={
                "finder": f"one.finder_id = sec.user_id() AND {IN_ITS_ROOM}",
                "team_leader": IN_ITS_ROOM,
            },
        ),
        sow("report", REPORT),
        sow_hands("report", REPORT_HANDS),
        walks(
            "inspectionreport",
            step="reportstep",
            life="report",
            begins_as="drafting",
            asks={"team_leader": IN_ITS_ROOM},
        ),
        RoleSQL(
            [
                *(made for _, made in FUNCTIONS),
                *(f"REVOKE ALL ON FUNCTION sec.{name}() FROM PUBLIC" for name, _ in FUNCTIONS),
                *(
                    f"CREATE TRIGGER {name} {when} ON sharing_{table} "
                    f"FOR EACH ROW EXECUTE FUNCTION sec.{function}()"
                    for name, when, table, function, _ in TRIGGERS
                ),
            ],
            [
                *(f"DROP TRIGGER {name} ON sharing_{table}" for name, _, table, *_ in TRIGGERS),
                *(f"DROP FUNCTION sec.{name}()" for name, _ in FUNCTIONS),
            ],
            "Keep papers, texts and reports to their hands",
        ),
    ]
