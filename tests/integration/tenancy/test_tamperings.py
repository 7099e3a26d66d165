"""The twelve kinds of tampering: each done as the superuser, and the first bad line named.

| kind | found against |
|---|---|
| a flipped bit, a changed field | the line's own hash |
| deleted in the middle, renumbered, swapped, inserted | numbers and hashes of the neighbours |
| deleted at the end, the head moved back | the head's row |
| an old backup put back, a fork from it, a chain rewritten with its head | a kept head |
| rewritten, and the heads signed with a new key | the key's public half, and a kept head |
"""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from tenancy import audit
from tenancy.actor import Actor
from tenancy.audit_heads import public_half
from tests.integration.tenancy.raw import Raw
from tests.people import acting

RoleSwitch = Callable[[str], AbstractContextManager[None]]

OURS = "tenant_id = 9002"
# As `sec.chain_audit` does it: each line follows from the one before, from number %s on.
RECHAIN = """
DO $body$
DECLARE
    line public.tenancy_auditentry%%ROWTYPE;
    before bytea;
BEGIN
    FOR line IN SELECT * FROM tenancy_auditentry WHERE tenant_id = 9002 AND seq >= %s ORDER BY seq
    LOOP
        SELECT hash INTO before FROM tenancy_auditentry
         WHERE tenant_id = 9002 AND seq = line.seq - 1;
        line.prev_hash := COALESCE(before, sha256(''));
        UPDATE tenancy_auditentry SET prev_hash = line.prev_hash, hash = sec.audit_hash(line)
         WHERE id = line.id;
    END LOOP;
END
$body$;
"""
HEAD_OF_LAST = """
UPDATE tenancy_audithead AS h SET seq = e.seq, hash = e.hash
  FROM tenancy_auditentry AS e
 WHERE h.chain = 9002 AND e.tenant_id = 9002
   AND e.seq = (SELECT max(seq) FROM tenancy_auditentry WHERE tenant_id = 9002);
"""
INSERTED = f"""
UPDATE tenancy_auditentry SET seq = -seq - 1 WHERE {OURS} AND seq >= 3;
UPDATE tenancy_auditentry SET seq = -seq WHERE {OURS} AND seq < 0;
INSERT INTO tenancy_auditentry (tenant_id, seq, at, action, object_type, data, prev_hash, hash)
SELECT tenant_id, 3, at, action, object_type, data, hash, hash
  FROM tenancy_auditentry WHERE {OURS} AND seq = 2;
UPDATE tenancy_auditentry AS e SET hash = sec.audit_hash(e) WHERE {OURS} AND seq = 3;
"""
SWAPPED = f"""
UPDATE tenancy_auditentry SET seq = -2 WHERE {OURS} AND seq = 2;
UPDATE tenancy_auditentry SET seq = 2 WHERE {OURS} AND seq = 4;
UPDATE tenancy_auditentry SET seq = 4 WHERE {OURS} AND seq = -2;
"""
RENUMBERED = f"""
DELETE FROM tenancy_auditentry WHERE {OURS} AND seq = 3;
UPDATE tenancy_auditentry SET seq = -seq WHERE {OURS} AND seq > 3;
UPDATE tenancy_auditentry SET seq = -seq - 1 WHERE {OURS} AND seq < 0;
UPDATE tenancy_audithead SET seq = seq - 1 WHERE chain = 9002;
"""
OLD_BACKUP = f"DELETE FROM tenancy_auditentry WHERE {OURS} AND seq > 3;{HEAD_OF_LAST}"
REWRITTEN = (
    f"UPDATE tenancy_auditentry SET data = '{{}}' WHERE {OURS} AND seq = 2;"
    f"{RECHAIN % 2}{HEAD_OF_LAST}"
)

# What is done to a chain of five lines, and what the command says with the chains alone.
BY_ITSELF = {
    "1 a flipped bit": (
        "UPDATE tenancy_auditentry SET hash = set_bit(hash, 5, 1 - get_bit(hash, 5))"
        f" WHERE {OURS} AND seq = 3",
        "line 3 was changed",
    ),
    "2 a changed field": (
        f"UPDATE tenancy_auditentry SET user_id = 9004 WHERE {OURS} AND seq = 3",
        "line 3 was changed",
    ),
    "3 deleted in the middle": (
        f"DELETE FROM tenancy_auditentry WHERE {OURS} AND seq = 3",
        "line 3 is missing",
    ),
    "4 deleted at the end": (
        f"DELETE FROM tenancy_auditentry WHERE {OURS} AND seq > 3",
        "line 4 is missing at the end",
    ),
    "5 two swapped": (SWAPPED, "line 2 was changed"),
    "6 one inserted": (INSERTED, "line 4 was changed"),
    "7 renumbered": (RENUMBERED, "line 3 was changed"),
    "8 the head moved back": (
        "UPDATE tenancy_audithead SET seq = 3, hash = (SELECT hash FROM tenancy_auditentry"
        f" WHERE {OURS} AND seq = 3) WHERE chain = 9002",
        "line 4 is one more than the head knows of",
    ),
}
# The chain is whole in itself; heads were kept after line 1 and after line 5.
BY_KEPT_HEADS = {
    "9 an old backup put back": (
        OLD_BACKUP,
        "line 4 is missing: a kept head knows of line 5",
    ),
    "10 a chain rewritten with its head": (
        REWRITTEN,
        "line 2 or a later one up to 5 was rewritten: a kept head says otherwise",
    ),
}


def append(actor: Actor, times: int) -> None:
    for number in range(times):
        with acting(actor):
            audit.record(actor, "probe.word.said", number=number)


def forge(anybody: Raw, sql: str) -> None:
    anybody.run("SET LOCAL session_replication_role = replica")
    anybody.run(sql)
    anybody.connection.commit()


@pytest.fixture
def said(django_as: RoleSwitch) -> Callable[..., str]:
    """What a command prints as the auditor, and its error."""

    def run(*command: str) -> str:
        out = io.StringIO()
        with django_as("audit"):
            try:
                call_command(*command, stdout=out)
            except CommandError as error:
                out.write(f"BROKEN: {error}")
        return out.getvalue()

    return run


@pytest.fixture
def kept(said: Callable[..., str], lin: Actor, tmp_path: Path) -> Path:
    """The heads after line 1 and after line 5, kept as the hourly export keeps them."""
    file = tmp_path / "heads"
    append(lin, 1)
    said("export_audit_heads", str(file))
    append(lin, 4)
    said("export_audit_heads", str(file))
    return file


@pytest.mark.parametrize(("sql", "named"), BY_ITSELF.values(), ids=BY_ITSELF.keys())
def test_what_the_chain_itself_shows(
    said: Callable[..., str], anybody: Raw, lin: Actor, sql: str, named: str
) -> None:
    append(lin, 5)

    forge(anybody, sql)

    found = said("verify_audit")
    assert f"dinghai: {named}." in found
    assert "BROKEN" in found


@pytest.mark.parametrize(("sql", "named"), BY_KEPT_HEADS.values(), ids=BY_KEPT_HEADS.keys())
def test_what_only_a_kept_head_shows(
    said: Callable[..., str], anybody: Raw, kept: Path, sql: str, named: str
) -> None:
    assert "BROKEN" not in said("verify_audit", "--heads", str(kept))

    forge(anybody, sql)

    assert "BROKEN" not in said("verify_audit"), "the chain is whole in itself"
    assert f"dinghai: {named}." in said("verify_audit", "--heads", str(kept))


def test_11_a_fork_from_an_old_backup(
    said: Callable[..., str], anybody: Raw, kept: Path, lin: Actor
) -> None:
    """The old state is put back, and work goes on from there past the kept head."""
    forge(anybody, OLD_BACKUP)
    append(lin, 4)

    assert "BROKEN" not in said("verify_audit")
    assert "dinghai: line 2 or a later one up to 5 was rewritten" in said(
        "verify_audit", "--heads", str(kept)
    )


def test_12_rewritten_and_its_heads_signed_with_a_new_key(
    said: Callable[..., str], anybody: Raw, kept: Path, tmp_path: Path, settings: Settings
) -> None:
    ours = settings.AUDIT_SIGNING_KEY
    forge(anybody, REWRITTEN)
    settings.AUDIT_SIGNING_KEY = b"a key of whoever rewrote the lot"
    said("export_audit_heads", str(tmp_path / "forged"))
    settings.AUDIT_SIGNING_KEY = ours

    assert "is signed with key" in said("verify_audit", "--heads", str(tmp_path / "forged"))
    # The key is given from outside, as to a machine that can check and cannot sign.
    settings.AUDIT_SIGNING_KEY = b""
    with_public = ("verify_audit", "--public-key", public_half(ours).hex(), "--heads")
    assert "dinghai: line 2 or a later one" in said(*with_public, str(kept))


def test_a_kept_head_that_was_changed_is_refused(
    said: Callable[..., str], kept: Path, tmp_path: Path
) -> None:
    changed = tmp_path / "changed"
    changed.write_text(kept.read_text().replace('"seq": 5', '"seq": 4'))

    assert "was changed after signing" in said("verify_audit", "--heads", str(changed))


@pytest.mark.parametrize("text", ["", "{}", "hash", '{"signature": 1}', "[]"])
def test_a_file_that_holds_no_heads_is_refused(
    said: Callable[..., str], db: None, tmp_path: Path, text: str
) -> None:
    (tmp_path / "heads").write_text(text)

    assert "The kept heads are of no use" in said(
        "verify_audit", "--heads", str(tmp_path / "heads")
    )
