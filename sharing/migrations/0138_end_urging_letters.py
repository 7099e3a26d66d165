"""A letter that was signed and not sent can be discarded: its number stays used.

An urging letter whose urged letter was answered meanwhile is sent no more, and would wait for ever.
And an urging letter goes to whom it urges: the unit of its item, also when it is written anew.
docs/architecture/letters.md says what is enforced where."""

from importlib import import_module

from django.db import migrations

from tenancy.rls import RoleSQL

DISCARDED = ("office_clerk", "office_director")

BEFORE = import_module("sharing.migrations.0040_send_letters").GUARD_LETTER.replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1
)
WRITTEN_AS_A_DRAFT = """    IF NEW.urges_id IS NOT NULL AND"""
# Before what is asked of an urging letter for a letter.
KEEPS_ITS_ADDRESSEE = """    IF NEW.kind = 'urging_letter' AND (
        (TG_OP = 'UPDATE' AND (NEW.goes_to, NEW.desk_id, NEW.person_id, NEW.role, NEW.addressee)
            IS DISTINCT FROM (OLD.goes_to, OLD.desk_id, OLD.person_id, OLD.role, OLD.addressee))
        OR (NEW.item_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM public.sharing_rectificationitem AS item
             WHERE item.tenant_id = NEW.tenant_id AND item.id = NEW.item_id
               AND NEW.goes_to = 'unit' AND item.desk_id = NEW.desk_id))) THEN
        RAISE EXCEPTION 'An urging letter goes to whom it urges.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'letter_urges_its_addressee',
                  TABLE = 'sharing_letter';
    END IF;
"""
GUARD_LETTER = BEFORE.replace(WRITTEN_AS_A_DRAFT, KEEPS_ITS_ADDRESSEE + WRITTEN_AS_A_DRAFT, 1)


class Migration(migrations.Migration):
    dependencies = [("sharing", "0137_know_kinds_of_outcomes")]

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
        RoleSQL([GUARD_LETTER], [BEFORE], "Keep an urging letter to whom it urges"),
    ]
