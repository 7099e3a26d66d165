"""Shares among twenty offices that are all alike, each of one view of a finding, put in by SQL past every
trigger and policy; and the same sharing said in two other ways, to be measured beside it.

Of ten shares one is taken back and one is past its day. Share `i` of receiver `r` has the number
`r * BLOCK + i`, and so have its view and what is shown of it.
"""

from __future__ import annotations

from scheduling.management.fence_rows import BLOCK, FIRST_OFFICE, OFFICES, Run
from sharing.management.list_rows import person

# Who shares, by a number from 0: another office than the receiver.
OWNER = f"(1 + (r + i % {OFFICES - 1}) % {OFFICES})"
NUMBER = f"(r * {BLOCK} + i)"
RECORD = f"({OWNER} * {BLOCK} + 1 + (i * 7 + r) % {{records}})"
ROWS = "FROM generate_series(1, {offices}) AS r, generate_series(1, {each}) AS i"
UNTIL = "CURRENT_DATE + CASE i % 10 WHEN 0 THEN -1 ELSE 20 + (i % 60)::int END"
TAKEN_BACK = "CASE i % 10 WHEN 1 THEN now() END"
STATE = "CASE i % 10 WHEN 1 THEN 'revoked' ELSE 'active' END"
WORDS = (
    "json_build_object('format', 1, 'kind', 'finding', 'shown', json_build_object("
    "'title', '党组会未按规定研究重大经费支出 ' || i, 'fact', repeat('三笔经费支出未经集体研究。', 12),"
    " 'nature', '民主集中制执行不到位。', 'unit', '█████教育局'))::text"
)

GRANTS = f"""
INSERT INTO sharing_sharegrant (id, tenant_id, receiver_id, watcher_id, state, steps, is_offered, purpose,
    basis, wanted, kinds, unit, fields, roles, until_on, may_export, asked_by_id, asked_by_name,
    asked_at, edition, granted_at, ended_at)
SELECT {NUMBER}, {FIRST_OFFICE} + {OWNER}, {FIRST_OFFICE} + r,
    CASE WHEN {OWNER} = 1 THEN NULL ELSE {FIRST_OFFICE} + 1 END, {STATE}, 3, false,
    'preparation', '条例第五条', '教育系统工程建设类问题', '{{finding}}', '', '{{}}',
    '{{county_director,city_director}}', {UNTIL}, false, {person("director", "r")}, '林知行',
    now() - i * interval '5 minutes', 1, now() - i * interval '4 minutes', {TAKEN_BACK} {ROWS}"""
STEPS = f"""
INSERT INTO sharing_sharegrantstep (tenant_id, sender_id, record_id, number, act, hand, before, after,
    by_id, by_name, on_behalf_of, reason, facts, at)
SELECT {FIRST_OFFICE} + {OWNER}, {FIRST_OFFICE} + {OWNER}, {NUMBER}, n,
    (ARRAY['prepared', 'approved', 'granted'])[n], (ARRAY['office_clerk', 'discipline_body',
    'office_director'])[n], '', (ARRAY['prepared', 'under_approval', 'active'])[n],
    {person("director", OWNER)}, '林知行', '', '', '{{}}', now() {ROWS}, generate_series(1, 3) AS n"""
VIEWS = f"""
INSERT INTO sharing_shareview (id, tenant_id, grant_id, edition, place, kind, object_id, concerns,
    withheld, spans, content, digest, made_by_name, made_at)
SELECT {NUMBER}, {FIRST_OFFICE} + {OWNER}, {NUMBER}, 1, 1, 'finding', {RECORD}, '', '[]', '[]', {WORDS},
    encode(sha256(convert_to({WORDS}, 'UTF8')), 'hex'), '林知行', now() {ROWS}"""
SHOWN = f"""
INSERT INTO sharing_shownview (id, tenant_id, sender_id, use, grant_number, edition, place, kind, purpose,
    roles, until_on, may_export, concerns, fields, content, digest, shown_from, taken_back_at)
SELECT {NUMBER}, {FIRST_OFFICE} + r, {FIRST_OFFICE} + {OWNER}, 'reading', {NUMBER}, 1, 1, 'finding',
    'preparation', '{{county_director,city_director}}', {UNTIL}, false, '',
    '{{title,fact,nature,unit}}', {WORDS}, encode(sha256(convert_to({WORDS}, 'UTF8')), 'hex'),
    now() - i * interval '4 minutes', {TAKEN_BACK} {ROWS}"""
LINES = f"""
INSERT INTO sharing_sharedisclosure (tenant_id, sender_id, grant_number, view, kind, place, edition,
    digest, fields, person_id, person_name, role, purpose, way, at)
SELECT {FIRST_OFFICE} + {OWNER}, {FIRST_OFFICE} + r, {NUMBER}, {NUMBER}, 'finding', 1, 1, repeat('a', 64),
    '{{title,fact}}', {person("director", "r")}, '林知行', 'county_director', 'preparation', 'page',
    now() {ROWS}, generate_series(1, 2) AS n"""
# The record itself is shared, and a policy looks for it.
BY_POLICY = f"""
CREATE TABLE bench_share (record_id bigint, receiver_id bigint, until_on date, taken_back_at timestamptz,
    PRIMARY KEY (record_id, receiver_id));
INSERT INTO bench_share SELECT {RECORD}, {FIRST_OFFICE} + r, {UNTIL}, {TAKEN_BACK} {ROWS}
    ON CONFLICT DO NOTHING;
CREATE INDEX ON bench_share (receiver_id, record_id);
GRANT SELECT ON bench_share TO PUBLIC"""
# The record itself is shared, and guardian holds for each of its readers that they may see it.
BY_GUARDIAN = f"""
INSERT INTO guardian_userobjectpermission (permission_id, content_type_id, object_pk, user_id)
SELECT {{permission}}, {{kind}}, {RECORD}, {person("director", "r")} {ROWS}
 WHERE i % 10 > 1 ON CONFLICT DO NOTHING;
GRANT SELECT ON guardian_userobjectpermission TO PUBLIC"""


def share(run: Run, *, shares: int, records: int) -> None:
    """About `shares` shares; `records`: how many findings each office has."""
    each = shares // OFFICES
    for text in (GRANTS, STEPS, VIEWS, SHOWN, LINES, BY_POLICY):
        run("SET session_replication_role = 'replica';" + _filled(text, each, records))


def share_by_guardian(run: Run, *, shares: int, records: int, permission: int, kind: int) -> None:
    text = _filled(BY_GUARDIAN, shares // OFFICES, records)
    run(text.replace("{permission}", str(permission)).replace("{kind}", str(kind)))


def _filled(text: str, each: int, records: int) -> str:
    for name, number in (("offices", OFFICES), ("each", each), ("records", records)):
        text = text.replace("{" + name + "}", str(number))
    return text
