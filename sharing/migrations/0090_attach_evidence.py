"""Files of working papers, on the lines of their evidence: docs/architecture/attachments.md."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from sharing.models.hanging import hangs
from tenancy.rls import composite_fk, fence, grant

# The paper is locked first: of a file and of an act that hands the text on, one comes after the other.
PAPER = """
    SELECT paper.id, paper.tenant_id, paper.room_id, paper.finder_id, paper.state, paper.version,
           written.number AS text,
           written.at = transaction_timestamp() AND written.by_id = sec.user_id() AS is_being_written
      INTO one
      FROM public.sharing_paperevidence AS evidence
      JOIN public.sharing_paperversion AS written
        ON written.tenant_id = evidence.tenant_id AND written.id = evidence.version_id
      JOIN public.sharing_workingpaper AS paper
        ON paper.tenant_id = written.tenant_id AND paper.id = written.paper_id
     WHERE evidence.tenant_id = sec.tenant() AND evidence.tenant_id = NEW.tenant_id
       AND evidence.id = NEW.subject_id FOR NO KEY UPDATE OF paper"""
FINDER = """one.finder_id = sec.user_id() AND sec.in_room(one.room_id)
        AND sec.holds_hand('working_paper', 'finder')"""
NOT_HANDED_ON = """one.state = 'draft' AND one.text = one.version AND (one.is_being_written OR (
        SELECT done.act = 'written' FROM public.sharing_paperstep AS done
         WHERE done.tenant_id = one.tenant_id AND done.record_id = one.id
         ORDER BY done.number DESC LIMIT 1))"""
# A further version takes along what hangs on the paper.
OF_THE_PAPER = """EXISTS (
        SELECT FROM public.sharing_evidencefile AS hung
          JOIN public.sharing_paperevidence AS evidence
            ON evidence.tenant_id = hung.tenant_id AND evidence.id = hung.subject_id
          JOIN public.sharing_paperversion AS written
            ON written.tenant_id = evidence.tenant_id AND written.id = evidence.version_id
         WHERE hung.tenant_id = one.tenant_id AND hung.attachment_id = NEW.attachment_id
           AND hung.detached_at IS NULL AND written.paper_id = one.id)"""


class Migration(migrations.Migration):
    dependencies = [
        ("sharing", "0083_cite_dictionaries"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="EvidenceFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("attached_at", models.DateTimeField()),
                ("detached_at", models.DateTimeField(null=True)),
                (
                    "attached_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "attachment",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sharing.attachment",
                    ),
                ),
                (
                    "detached_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sharing.paperevidence",
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
            options={
                "indexes": [
                    models.Index(fields=["tenant", "attachment"], name="evidence_file_of_a_file")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("detached_at__isnull", True)),
                        fields=("tenant", "subject", "attachment"),
                        name="evidence_file_once",
                    )
                ],
            },
        ),
        fence("sharing_evidencefile"),
        composite_fk("sharing_evidencefile", "attachment_id", "sharing_attachment"),
        composite_fk("sharing_evidencefile", "subject_id", "sharing_paperevidence"),
        grant(
            "sharing_evidencefile",
            app="SELECT, INSERT, UPDATE (detached_by_id, detached_at)",
            worker="SELECT",
        ),
        hangs(
            "evidencefile", finds=PAPER, whose=FINDER, meanwhile=NOT_HANDED_ON, carried=OF_THE_PAPER
        ),
    ]
