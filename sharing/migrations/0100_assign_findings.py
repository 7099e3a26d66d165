"""Findings that were fed back become items of rectification, and end and begin again with them.

docs/architecture/rectification.md says what is enforced where."""

import django.db.models.deletion
from django.db import migrations, models

from sharing.models.guards import walks_otherwise
from tenancy.rls import RoleSQL, composite_fk

# An item from a report is of that report: its unit, its round, its day, once it was served.
COME_FROM_REPORT = """
CREATE FUNCTION sec.come_from_report() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF NOT EXISTS (
        SELECT FROM public.sharing_inspectionreport AS report
          JOIN public.sharing_room AS room
            ON room.tenant_id = report.tenant_id AND room.id = report.room_id
          JOIN public.sharing_unitdesk AS desk
            ON desk.tenant_id = report.tenant_id AND desk.unit_code = report.unit_code
          JOIN public.sharing_reportstep AS served
            ON served.tenant_id = report.tenant_id AND served.record_id = report.id
           AND served.number = (
               SELECT max(done.number) FROM public.sharing_reportstep AS done
                WHERE done.tenant_id = report.tenant_id AND done.record_id = report.id
                  AND done.act = 'served')
         WHERE report.tenant_id = sec.tenant() AND report.tenant_id = NEW.tenant_id
           AND report.id = NEW.report_id AND report.state = 'served'
           AND room.host_id = report.tenant_id AND room.round_name = NEW.round_name
           AND desk.id = NEW.desk_id AND served.facts ->> 'served_on' = NEW.served_on::text
           AND NEW.source_life = '') THEN
        RAISE EXCEPTION 'An item is of the feedback that it is from.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'rectification_from_its_report',
                  TABLE = 'sharing_rectificationitem';
    END IF;
    RETURN NEW;
END
$body$
"""

# At the end of the transaction that made it.
HOLD_A_FINDING = """
CREATE FUNCTION sec.hold_a_finding() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF NOT EXISTS (SELECT FROM public.sharing_workingpaper AS paper
                    WHERE paper.tenant_id = NEW.tenant_id AND paper.item_id = NEW.id) THEN
        RAISE EXCEPTION 'An item from a report is of one of its findings.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'rectification_of_a_finding',
                  TABLE = 'sharing_rectificationitem';
    END IF;
    RETURN NULL;
END
$body$
"""

# The item is locked before its findings, by everybody. A finding goes where an item says it word for
# word and nobody has begun on it; it ends with its item, and is open again with it.
GO_WITH_ITEM = """
CREATE FUNCTION sec.go_with_item() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    one public.sharing_workingpaper%ROWTYPE;
    item public.sharing_rectificationitem%ROWTYPE;
    written public.sharing_paperversion%ROWTYPE;
    fits boolean := false;
BEGIN
    IF NEW.act NOT IN ('assigned', 'closed', 'reopened') THEN
        RETURN NEW;
    END IF;
    SELECT * INTO one FROM public.sharing_workingpaper AS paper
     WHERE paper.tenant_id = sec.tenant() AND paper.tenant_id = NEW.tenant_id
       AND paper.id = NEW.record_id;
    SELECT * INTO item FROM public.sharing_rectificationitem AS laid
     WHERE laid.tenant_id = one.tenant_id
       AND laid.id = CASE WHEN NEW.act <> 'assigned' THEN one.item_id
                          WHEN jsonb_typeof(NEW.facts -> 'rectification') = 'number'
                          THEN (NEW.facts ->> 'rectification')::bigint END
       FOR SHARE;
    IF NEW.act = 'closed' THEN
        fits := item.state = 'closed_out';
    ELSIF NEW.act = 'reopened' THEN
        fits := item.state = 'in_progress';
    ELSE
        SELECT * INTO written FROM public.sharing_paperversion AS version
         WHERE version.tenant_id = one.tenant_id AND version.paper_id = one.id
           AND version.number = one.version;
        fits := item.report_id = one.report_id AND item.steps = 0
            AND position(written.title || E'\\n' || written.fact IN item.issue) > 0;
    END IF;
    IF fits IS NOT TRUE THEN
        RAISE EXCEPTION 'A finding goes with its item.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'finding_with_its_item',
                  TABLE = 'sharing_paperstep';
    END IF;
    RETURN NEW;
END
$body$
"""

TIE_TO_ITEM = """
CREATE FUNCTION sec.tie_to_item() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    UPDATE public.sharing_workingpaper AS paper
       SET item_id = (NEW.facts ->> 'rectification')::bigint
     WHERE paper.tenant_id = NEW.tenant_id AND paper.id = NEW.record_id;
    RETURN NULL;
END
$body$
"""

# At the end of the transaction: no item is closed out, or open again, without its findings.
TAKE_FINDINGS = """
CREATE FUNCTION sec.take_findings() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF EXISTS (
        SELECT FROM public.sharing_rectificationitem AS item
          JOIN public.sharing_workingpaper AS paper
            ON paper.tenant_id = item.tenant_id AND paper.item_id = item.id
         WHERE item.tenant_id = NEW.tenant_id AND item.id = NEW.record_id
           AND (paper.state = 'closed') <> (item.state = 'closed_out')) THEN
        RAISE EXCEPTION 'Its findings end with an item, and are open again with it.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'item_with_its_findings',
                  TABLE = 'sharing_rectificationstep';
    END IF;
    RETURN NULL;
END
$body$
"""

FUNCTIONS = {
    "come_from_report": COME_FROM_REPORT,
    "hold_a_finding": HOLD_A_FINDING,
    "go_with_item": GO_WITH_ITEM,
    "tie_to_item": TIE_TO_ITEM,
    "take_findings": TAKE_FINDINGS,
}
# name, kind, when, table, condition, function. Those of one table fire in the order of their names.
TRIGGERS = (
    ("come", "TRIGGER", "BEFORE", "rectificationitem", "NEW.report_id IS NOT NULL", "come_from_report"),
    ("hold", "CONSTRAINT TRIGGER", "AFTER", "rectificationitem", "NEW.report_id IS NOT NULL", "hold_a_finding"),
    ("go", "TRIGGER", "BEFORE", "paperstep", "true", "go_with_item"),
    ("tie", "TRIGGER", "AFTER", "paperstep", "NEW.act = 'assigned'", "tie_to_item"),
    ("take", "CONSTRAINT TRIGGER", "AFTER", "rectificationstep", "NEW.act IN ('closed_out', 'reopened')", "take_findings"),
)  # fmt: skip

IN_ITS_ROOM = "sec.in_room(one.room_id)"
BEFORE = {"finder": f"one.finder_id = sec.user_id() AND {IN_ITS_ROOM}", "team_leader": IN_ITS_ROOM}
# Opened again by the leader of the look-back, who is of another room: whoever opened its item just now.
OPENED_ITS_ITEM = """EXISTS (
        SELECT FROM public.sharing_rectificationitem AS item
          JOIN public.sharing_rectificationstep AS done
            ON done.tenant_id = item.tenant_id AND done.record_id = item.id
           AND done.number = item.steps
         WHERE item.tenant_id = one.tenant_id AND item.id = one.item_id
           AND done.act = 'reopened' AND done.by_id = sec.user_id())"""
ASKS = BEFORE | {
    "team_leader": f"CASE WHEN NEW.act = 'reopened' THEN {OPENED_ITS_ITEM} ELSE {IN_ITS_ROOM} END"
}


def made(name: str, kind: str, when: str, table: str, condition: str, function: str) -> str:
    deferred = " DEFERRABLE INITIALLY DEFERRED" if kind == "CONSTRAINT TRIGGER" else ""
    return (
        f"CREATE {kind} {name} {when} INSERT ON sharing_{table}{deferred}"
        f" FOR EACH ROW WHEN ({condition}) EXECUTE FUNCTION sec.{function}()"
    )


class Migration(migrations.Migration):
    dependencies = [("sharing", "0098_judge_by_the_offices_own")]

    operations = [
        migrations.AlterField(
            "rectificationitem",
            "issue",
            models.CharField(help_text="Word for word as it was fed back.", max_length=25_000),
        ),
        migrations.AlterField("rectificationitem", "category", models.CharField(max_length=200)),
        migrations.AddField(
            "rectificationitem",
            "report",
            models.ForeignKey(
                db_constraint=False,
                db_index=False,
                help_text="Whose feedback it is from; its findings point here.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="items",
                to="sharing.inspectionreport",
            ),
        ),
        migrations.AddField(
            "workingpaper",
            "item",
            models.ForeignKey(
                db_constraint=False,
                db_index=False,
                help_text="What the unit does about it, once it was assigned.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="findings",
                to="sharing.rectificationitem",
            ),
        ),
        migrations.AddIndex(
            "rectificationitem",
            models.Index(fields=["tenant", "report"], name="rectification_by_report"),
        ),
        migrations.AddIndex(
            "workingpaper", models.Index(fields=["tenant", "item"], name="paper_by_item")
        ),
        migrations.AddConstraint(
            "workingpaper",
            models.CheckConstraint(
                condition=models.Q(
                    ("item__isnull", True), ("state__in", ["rectifying", "closed"]), _connector="OR"
                ),
                name="finding_assigned_with_its_item",
            ),
        ),
        composite_fk("sharing_rectificationitem", "report_id", "sharing_inspectionreport"),
        composite_fk("sharing_workingpaper", "item_id", "sharing_rectificationitem"),
        RoleSQL(
            [
                *FUNCTIONS.values(),
                *(f"REVOKE ALL ON FUNCTION sec.{name}() FROM PUBLIC" for name in FUNCTIONS),
                *(made(*trigger) for trigger in TRIGGERS),
            ],
            [
                *(f"DROP TRIGGER {name} ON sharing_{table}" for name, _, _, table, *_ in TRIGGERS),
                *(f"DROP FUNCTION sec.{name}()" for name in FUNCTIONS),
            ],
            "Keep findings and their items in step",
        ),
        walks_otherwise(
            "workingpaper", step="paperstep", life="working_paper", before=BEFORE, asks=ASKS
        ),
    ]
