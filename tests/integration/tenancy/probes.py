"""Every way that raw SQL knows to reach a row, for every table of an office.

`{t}` is the table, `{id}` the row that is aimed at, `{office}` its office, `{c}` a column that
the role may change (or `id`). `READS` answer with what they reach; `WRITES` touch it.
"""

from __future__ import annotations

READS = {
    "plainly": "SELECT id FROM {t}",
    "by TABLE": "TABLE {t}",
    "by its number": "SELECT id FROM {t} WHERE id = {id}",
    "by its office": "SELECT id FROM {t} WHERE tenant_id = {office}",
    "by OR true": "SELECT id FROM {t} WHERE tenant_id = 1 OR true",
    "by UNION": "SELECT id FROM {t} WHERE false UNION ALL SELECT id FROM {t}",
    "by EXCEPT": "SELECT id FROM {t} EXCEPT SELECT 0",
    "by a sub-query": "SELECT (SELECT max(id) FROM {t} WHERE id = {id})",
    "by the least": "SELECT min(id) FROM {t} WHERE id >= {id}",
    "by an aggregate": "SELECT array_agg(id) FROM {t} HAVING count(*) > 0",
    "by a window": "SELECT id, count(*) OVER () FROM {t}",
    "by a join": "SELECT r.id FROM tenancy_office o JOIN {t} r ON r.tenant_id = o.id",
    "by an outer join": "SELECT r.id FROM tenancy_office o LEFT JOIN {t} r ON r.tenant_id = o.id"
    " WHERE r.id IS NOT NULL",
    "by LATERAL": "SELECT r.id FROM tenancy_office o, LATERAL"
    " (SELECT id FROM {t} WHERE tenant_id = o.id) r",
    "by a CTE": "WITH every AS MATERIALIZED (SELECT id FROM {t}) SELECT id FROM every",
    "by recursion": "WITH RECURSIVE r AS (SELECT id FROM {t} UNION SELECT id FROM r) TABLE r",
    "by EXISTS": "SELECT {id} WHERE EXISTS (SELECT FROM {t} WHERE id = {id})",
    "by IN": "SELECT o.id FROM (VALUES ({id})) AS o (id) WHERE o.id IN (SELECT id FROM {t})",
    "by its place": "SELECT id FROM {t} WHERE ctid = ANY (ARRAY(SELECT ctid FROM {t}))",
    "by a sample": "SELECT id FROM {t} TABLESAMPLE SYSTEM (100)",
    "by the row after": "SELECT id FROM {t} ORDER BY id DESC LIMIT 1",
    "by the whole row": "SELECT r::text, id FROM {t} AS r",
    "by JSON": "SELECT to_jsonb(r) ->> 'id' FROM {t} AS r",
    "by a list in JSON": "SELECT json_agg(r.id)::text FROM {t} AS r",
    "by a lock": "SELECT id FROM {t} WHERE id = {id} FOR UPDATE",
    "by a shared lock": "SELECT id FROM {t} FOR KEY SHARE",
    "by a cursor": "DECLARE c NO SCROLL CURSOR FOR SELECT id FROM {t}; FETCH ALL c",
    "by a prepared statement": "PREPARE p AS SELECT id FROM {t}; EXECUTE p",
    "by a filter that fails on it": "SELECT id FROM {t} WHERE 1 / (id - {id} + 1) >= 0",
    "by a filter that tells": "SELECT id FROM {t} WHERE (id::text || '')::bigint = {id}",
}
WRITES = {
    "INSERT": "INSERT INTO {t} (tenant_id) VALUES ({office})",
    "INSERT of what is there": "INSERT INTO {t} SELECT * FROM {t} WHERE id = {id}",
    "ON CONFLICT DO NOTHING": "INSERT INTO {t} (id, tenant_id) VALUES ({id}, {office})"
    " ON CONFLICT DO NOTHING RETURNING id",
    "ON CONFLICT DO UPDATE": "INSERT INTO {t} (id, tenant_id) VALUES ({id}, {office})"
    " ON CONFLICT (id) DO UPDATE SET {c} = EXCLUDED.{c} RETURNING {t}.id",
    "UPDATE": "UPDATE {t} SET {c} = {c} WHERE id = {id} RETURNING id",
    "UPDATE of all": "UPDATE {t} SET {c} = {c} WHERE tenant_id = {office} RETURNING id",
    "UPDATE by a join": "UPDATE {t} AS r SET {c} = r.{c} FROM tenancy_office o"
    " WHERE o.id = r.tenant_id AND o.id = {office} RETURNING r.id",
    "UPDATE into the office": "UPDATE {t} SET tenant_id = {office}",
    "UPDATE by a CTE": "WITH w AS (UPDATE {t} SET {c} = {c} WHERE id = {id} RETURNING id) TABLE w",
    "DELETE": "DELETE FROM {t} WHERE id = {id} RETURNING id",
    "DELETE by a join": "DELETE FROM {t} AS r USING tenancy_office o"
    " WHERE o.id = r.tenant_id AND o.id = {office} RETURNING r.id",
    "MERGE that deletes": "MERGE INTO {t} AS r USING (VALUES ({id})) AS s (id) ON r.id = s.id"
    " WHEN MATCHED THEN DELETE",
    "MERGE that updates": "MERGE INTO {t} AS r USING (VALUES ({id})) AS s (id) ON r.id = s.id"
    " WHEN MATCHED THEN UPDATE SET {c} = r.{c}",
}
# Refused whoever asks: no policy governs them.
NEVER = {
    "TRUNCATE": "TRUNCATE {t}",
    "TRUNCATE CASCADE": "TRUNCATE {t} CASCADE",
    "no fence": "ALTER TABLE {t} DISABLE ROW LEVEL SECURITY",
    "no force": "ALTER TABLE {t} NO FORCE ROW LEVEL SECURITY",
    "a gate": "CREATE POLICY gate ON {t} FOR SELECT USING (true)",
    "a dropped policy": "DROP POLICY fence_select ON {t}",
    "a trigger": "CREATE TRIGGER spy AFTER INSERT ON {t} FOR EACH ROW"
    " EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "a rule": "CREATE RULE spy AS ON INSERT TO {t} DO ALSO NOTIFY x",
    "a view": "CREATE VIEW spy AS SELECT * FROM {t}",
    "a materialised view": "CREATE MATERIALIZED VIEW spy AS SELECT * FROM {t}",
    "a passing view": "CREATE TEMP VIEW spy AS SELECT * FROM {t}",
    "a table of it": "CREATE TABLE spy AS SELECT * FROM {t}",
    "a foreign key": "CREATE TABLE spy (id bigint REFERENCES {t})",
    "a partition": "CREATE TABLE spy PARTITION OF {t} DEFAULT",
    "a child": "CREATE TABLE spy () INHERITS ({t})",
    "an index": "CREATE INDEX spy ON {t} (id)",
    "statistics": "CREATE STATISTICS spy ON id, tenant_id FROM {t}",
    "a column": "ALTER TABLE {t} ADD COLUMN spy text",
    "an owner": "ALTER TABLE {t} OWNER TO CURRENT_USER",
    "a check": "ALTER TABLE {t} ADD CHECK (true)",
    "a lost check": "ALTER TABLE {t} DROP COLUMN tenant_id CASCADE",
    "its sequence": "SELECT last_value FROM {t}_id_seq",
    "the policies off": "SET LOCAL row_security = off; SELECT id FROM {t}",
    "COPY in": "COPY {t} FROM STDIN",
    "COPY to a program": "COPY {t} TO PROGRAM 'cat'",
    "a file": "COPY {t} TO '/tmp/spy'",
    "sleeping triggers": "SET LOCAL session_replication_role = 'replica'",
}
# Whoever asks gets an answer, and no row of anybody is in it.
SILENT = {
    "its statistics": "SELECT * FROM pg_stats WHERE tablename = '{t}'",
    "its extended statistics": "SELECT * FROM pg_stats_ext WHERE tablename = '{t}'",
    "its sequence's catalogue": "SELECT last_value FROM pg_sequences"
    " WHERE sequencename = '{t}_id_seq' AND last_value IS NOT NULL",
    "its raw statistics": "SELECT 1 WHERE has_table_privilege('pg_statistic', 'SELECT')",
    "large objects": "SELECT 1 FROM pg_largeobject_metadata",
}
