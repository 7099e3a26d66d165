"""The twelve kinds of tampering, and two between streams: each done as the superuser, and the first bad line named.

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
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from tenancy import audit
from tenancy.actor import Actor
from tenancy.audit_heads import _seed, key_id, public_half
from tenancy.domain.heads import Signed, Statement
from tenancy.domain.streams import A_READING, ACTS, name_of
from tests.integration.tenancy.raw import Raw
from tests.people import acting

RoleSwitch = Callable[[str], AbstractContextManager[None]]

LINS_READS = 4  # where the database puts what user 9003 reads
OURS = "tenant_id = 9002 AND stream = 0"
# As `sec.chain_audit` does it: each line follows from the one before, from number %s on.
RECHAIN = """
DO $body$
DECLARE
    line public.tenancy_auditentry%%ROWTYPE;
    before bytea;
BEGIN
    FOR line IN SELECT * FROM tenancy_auditentry WHERE tenant_id = 9002 AND stream = 0 AND seq >= %s ORDER BY seq
    LOOP
        SELECT hash INTO before FROM tenancy_auditentry
         WHERE tenant_id = 9002 AND stream = 0 AND seq = line.seq - 1;
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
 WHERE h.chain = 9002 AND h.stream = 0 AND e.tenant_id = 9002 AND e.stream = 0
   AND e.seq = (SELECT max(seq) FROM tenancy_auditentry WHERE tenant_id = 9002 AND stream = 0);
"""
INSERTED = f"""
UPDATE tenancy_auditentry SET seq = -seq - 1 WHERE {OURS} AND seq >= 3;
UPDATE tenancy_auditentry SET seq = -seq WHERE {OURS} AND seq < 0;
INSERT INTO tenancy_auditentry (tenant_id, stream, seq, at, action, object_type, data, prev_hash, hash)
SELECT tenant_id, stream, 3, at, action, object_type, data, hash, hash
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
UPDATE tenancy_audithead SET seq = seq - 1 WHERE chain = 9002 AND stream = 0;
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
        f" WHERE {OURS} AND seq = 3) WHERE chain = 9002 AND stream = 0",
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


def append(actor: Actor, times: int, stream: int = ACTS) -> None:
    for number in range(times):
        with acting(actor):
            audit.record(actor, "probe.word.said", stream=stream, number=number)


def in_stream(sql: str, stream: int) -> str:
    """The same tampering, done to another stream."""
    return sql.replace("stream = 0", f"stream = {stream}")


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
    """The heads after line 1 and after line 5 of the acts and of Lin's reads, kept as the hourly
    export keeps them."""
    file = tmp_path / "heads"
    for times in (1, 4):
        append(lin, times)
        append(lin, times, A_READING)
        said("export_audit_heads", str(file))
    return file


@pytest.mark.parametrize("stream", [ACTS, LINS_READS])
@pytest.mark.parametrize(("sql", "named"), BY_ITSELF.values(), ids=BY_ITSELF.keys())
def test_what_the_chain_itself_shows(
    said: Callable[..., str], anybody: Raw, lin: Actor, sql: str, named: str, stream: int
) -> None:
    append(lin, 5)
    append(lin, 5, A_READING)

    forge(anybody, in_stream(sql, stream))

    found = said("verify_audit")
    assert f"dinghai {name_of(stream)}: {named}." in found
    assert "BROKEN: 1 stream(s)" in found


@pytest.mark.parametrize("stream", [ACTS, LINS_READS])
@pytest.mark.parametrize(("sql", "named"), BY_KEPT_HEADS.values(), ids=BY_KEPT_HEADS.keys())
def test_what_only_a_kept_head_shows(
    said: Callable[..., str], anybody: Raw, kept: Path, sql: str, named: str, stream: int
) -> None:
    assert "BROKEN" not in said("verify_audit", "--heads", str(kept))

    forge(anybody, in_stream(sql, stream))

    assert "BROKEN" not in said("verify_audit"), "the chain is whole in itself"
    assert f"dinghai {name_of(stream)}: {named}." in said("verify_audit", "--heads", str(kept))


def test_11_a_fork_from_an_old_backup(
    said: Callable[..., str], anybody: Raw, kept: Path, lin: Actor
) -> None:
    """The old state is put back, and work goes on from there past the kept head."""
    for stream in (ACTS, LINS_READS):
        forge(anybody, in_stream(OLD_BACKUP, stream))
        append(lin, 4, stream)

    assert "BROKEN" not in said("verify_audit")
    found = said("verify_audit", "--heads", str(kept))
    for stream in (ACTS, LINS_READS):
        assert f"dinghai {name_of(stream)}: line 2 or a later one up to 5 was rewritten" in found


# --- 13 and 14: between streams --------------------------------------------------------------------

CUT_AWAY = """
DELETE FROM tenancy_auditentry WHERE tenant_id = 9002 AND stream = 0;
DELETE FROM tenancy_audithead WHERE chain = 9002 AND stream = 0;
"""


@pytest.mark.parametrize("stream", [ACTS, LINS_READS])
def test_13_a_whole_stream_cut_away_with_its_head(
    said: Callable[..., str], anybody: Raw, kept: Path, tmp_path: Path, stream: int
) -> None:
    forge(anybody, in_stream(CUT_AWAY, stream))

    name = f"dinghai {name_of(stream)}"
    assert f"{name}: line 1 and all after it may be gone: the whole stream" in said("verify_audit")
    # What was exported since lacks the stream, and is refused as a whole.
    said("export_audit_heads", str(tmp_path / "since"))
    lacks = f"lacks {name_of(stream)} of chain 9002"
    assert lacks in said("verify_audit", "--heads", str(tmp_path / "since"))


@pytest.mark.parametrize("stream", [ACTS, LINS_READS])
def test_13_its_head_put_back_to_the_beginning_is_found_by_a_kept_head(
    said: Callable[..., str], anybody: Raw, kept: Path, stream: int
) -> None:
    emptied = (
        "UPDATE tenancy_audithead SET seq = 0, hash = sha256('') WHERE chain = 9002 AND stream = 0"
    )
    forge(anybody, in_stream(CUT_AWAY.split(";")[0] + ";" + emptied, stream))

    assert "BROKEN" not in said("verify_audit"), "a stream that nobody has used yet looks the same"
    found = said("verify_audit", "--heads", str(kept))
    assert f"dinghai {name_of(stream)}: line 1 is missing: a kept head knows of line 5" in found


@pytest.mark.parametrize(
    ("moved", "named"),
    [
        ((ACTS, LINS_READS), "dinghai reads 4: line 6 was changed"),
        ((LINS_READS, ACTS), "dinghai acts: line 6 was changed"),
        ((LINS_READS, 2), "dinghai reads 2: line 6 was changed"),
    ],
)
def test_14_a_line_moved_to_another_stream(
    said: Callable[..., str], anybody: Raw, lin: Actor, moved: tuple[int, int], named: str
) -> None:
    append(lin, 5)
    append(lin, 5, A_READING)
    source, target = moved

    forge(
        anybody,
        f"UPDATE tenancy_auditentry SET stream = {target}, seq = 6"
        f" WHERE tenant_id = 9002 AND stream = {source} AND seq = 3",
    )

    found = said("verify_audit")
    assert f"dinghai {name_of(source)}: line 3 is missing" in found
    assert named in found or f"dinghai {name_of(target)}: line 1 is missing" in found


def test_a_line_moved_under_its_own_number_is_changed_by_that(
    said: Callable[..., str], anybody: Raw, lin: Actor
) -> None:
    """The last of the reads becomes the next of the acts: number and predecessor could fit."""
    append(lin, 4)
    append(lin, 5, A_READING)

    forge(
        anybody,
        "UPDATE tenancy_auditentry SET stream = 0"
        " WHERE tenant_id = 9002 AND stream = 4 AND seq = 5",
    )

    found = said("verify_audit")
    assert "dinghai acts: line 5 was changed" in found
    assert "dinghai reads 4: line 5 is missing at the end" in found


def test_a_file_that_lost_the_line_of_a_stream_is_refused(
    said: Callable[..., str], kept: Path, tmp_path: Path
) -> None:
    lines = kept.read_text().splitlines(keepends=True)
    shorter = tmp_path / "shorter"
    shorter.write_text("".join(line for line in lines if '"stream": 4' not in line))

    assert "lacks reads 4 of chain 9002" in said("verify_audit", "--heads", str(shorter))


def test_heads_from_before_there_were_streams_are_those_of_the_acts(
    said: Callable[..., str], anybody: Raw, lin: Actor, tmp_path: Path, settings: Settings
) -> None:
    append(lin, 3)
    rows = anybody.rows("SELECT seq, hash FROM tenancy_audithead WHERE chain = 9002 AND stream = 0")
    [(seq, digest)] = rows
    key = Ed25519PrivateKey.from_private_bytes(_seed(settings.AUDIT_SIGNING_KEY))
    name = key_id(public_half(settings.AUDIT_SIGNING_KEY))
    old = Statement(9002, seq, bytes(digest).hex(), "2026-01-01T00:00:00+00:00", name)
    assert b"stream" not in old.text()
    file = tmp_path / "old"
    file.write_text(Signed(old, key.sign(old.text()).hex()).line())

    assert "BROKEN" not in said("verify_audit", "--heads", str(file))
    forge(anybody, REWRITTEN)
    assert "dinghai acts: line 1 or a later one" in said("verify_audit", "--heads", str(file))


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
    assert "dinghai acts: line 2 or a later one" in said(*with_public, str(kept))


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
