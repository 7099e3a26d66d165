"""Files of a reply to a letter: docs/architecture/attachments.md."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from sharing.models.hanging import hangs
from tenancy.rls import composite_fk, fence, grant

# The letter is locked first: of a file and of the office's next act, one comes after the other.
REPLY = """
    SELECT letter.id, letter.tenant_id, letter.desk_id, letter.person_id, letter.role, letter.state,
           reply.id AS reply
      INTO one
      FROM public.sharing_letterreply AS reply
      JOIN public.sharing_letter AS letter
        ON letter.tenant_id = reply.tenant_id AND letter.id = reply.letter_id
     WHERE reply.tenant_id = sec.tenant() AND reply.tenant_id = NEW.tenant_id
       AND reply.id = NEW.subject_id FOR NO KEY UPDATE OF letter"""
ADDRESSEE = """sec.holds_hand('letter', 'addressee')
        AND sec.letter_is_for(one.desk_id, one.person_id, one.role)"""
# From the reply on, until the office has closed the letter or returned the reply.
NOT_CLOSED = """one.state = 'replied' AND one.reply = (
            SELECT max(other.id) FROM public.sharing_letterreply AS other
             WHERE other.tenant_id = one.tenant_id AND other.letter_id = one.id)"""


class Migration(migrations.Migration):
    dependencies = [
        ("sharing", "0091_attach_to_claims"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReplyFile",
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
                        to="sharing.letterreply",
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
                    models.Index(fields=["tenant", "attachment"], name="reply_file_of_a_file")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("detached_at__isnull", True)),
                        fields=("tenant", "subject", "attachment"),
                        name="reply_file_once",
                    )
                ],
            },
        ),
        fence("sharing_replyfile"),
        composite_fk("sharing_replyfile", "attachment_id", "sharing_attachment"),
        composite_fk("sharing_replyfile", "subject_id", "sharing_letterreply"),
        grant("sharing_replyfile", app="SELECT, INSERT", worker="SELECT"),
        hangs("replyfile", finds=REPLY, whose=ADDRESSEE, meanwhile=NOT_CLOSED),
    ]
