"""Files of what a unit claims, on the evidence of its claim: docs/architecture/attachments.md."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from sharing.models.hanging import hangs
from tenancy.rls import composite_fk, fence, grant

# The item is locked first: of a file and of a check, one comes after the other.
NOTE = """
    SELECT item.id, item.tenant_id, item.desk_id, item.state, note.id AS note,
           note.kind
      INTO one
      FROM public.sharing_itemnote AS note
      JOIN public.sharing_rectificationitem AS item
        ON item.tenant_id = note.tenant_id AND item.id = note.item_id
     WHERE note.tenant_id = sec.tenant() AND note.tenant_id = NEW.tenant_id
       AND note.id = NEW.subject_id FOR NO KEY UPDATE OF item"""
UNIT = "sec.holds_hand('rectification_item', 'unit') AND sec.speaks_for(one.desk_id)"
# From the claim on, until somebody has checked it.
NOT_CHECKED = """one.kind = 'evidence' AND one.state = 'claimed_done' AND one.note = (
            SELECT max(other.id) FROM public.sharing_itemnote AS other
             WHERE other.tenant_id = one.tenant_id AND other.item_id = one.id
               AND other.kind = 'evidence')"""


class Migration(migrations.Migration):
    dependencies = [
        ("sharing", "0090_attach_evidence"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="NoteFile",
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
                        to="sharing.itemnote",
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
                    models.Index(fields=["tenant", "attachment"], name="note_file_of_a_file")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("detached_at__isnull", True)),
                        fields=("tenant", "subject", "attachment"),
                        name="note_file_once",
                    )
                ],
            },
        ),
        fence("sharing_notefile"),
        composite_fk("sharing_notefile", "attachment_id", "sharing_attachment"),
        composite_fk("sharing_notefile", "subject_id", "sharing_itemnote"),
        grant("sharing_notefile", app="SELECT, INSERT", worker="SELECT"),
        hangs("notefile", finds=NOTE, whose=UNIT, meanwhile=NOT_CHECKED),
    ]
