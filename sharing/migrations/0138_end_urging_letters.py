"""A letter that was signed and not sent can be discarded: its number stays used.

An urging letter whose urged letter was answered meanwhile is sent no more, and would wait for ever.
docs/architecture/letters.md says what is enforced where."""

from django.db import migrations

from tenancy.rls import RoleSQL

DISCARDED = ("office_clerk", "office_director")


class Migration(migrations.Migration):
    dependencies = [("sharing", "0131_tell_of_teams")]

    operations = [
        RoleSQL(
            [
                "INSERT INTO sharing_lawfulstep (life, act, before, after, hand) VALUES "
                + ", ".join(
                    f"('letter', 'discarded', 'numbered', 'discarded', '{hand}')"
                    for hand in DISCARDED
                )
            ],
            [
                "DELETE FROM sharing_lawfulstep"
                " WHERE life = 'letter' AND act = 'discarded' AND before = 'numbered'"
            ],
            "Let a letter that was not sent be discarded after its signature",
        ),
    ]
