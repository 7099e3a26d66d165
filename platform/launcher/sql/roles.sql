-- The roles of one server. Written to be run again: it makes what is missing and puts right
-- what differs. psql variables: migrator_password, app_password, worker_password,
-- audit_password, matcher_password, backup_password, statistics_password.
--
-- xuncha_owner     owns the schema, cannot log in
-- xuncha_migrator  logs in for migrations and acts as the owner
-- xuncha_app       web processes: bound by row-level security
-- xuncha_worker    job workers: bound by row-level security
-- xuncha_audit     reads the audit record of all offices, and nothing else
-- xuncha_matcher   compares the tokens of clues, which nobody else reads, and sees no clue
-- xuncha_statistics counts for the city digest by functions, and reads no row of any table
-- xuncha_backup    reads everything, for pg_dump: the one role of ours that no policy binds
\set ON_ERROR_STOP on
SET client_min_messages = warning;

SELECT format('CREATE ROLE %I', name)
  FROM unnest(ARRAY['xuncha_owner', 'xuncha_migrator', 'xuncha_app', 'xuncha_worker',
                    'xuncha_audit', 'xuncha_matcher', 'xuncha_backup', 'xuncha_statistics']) AS name
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec

ALTER ROLE xuncha_owner NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION;
ALTER ROLE xuncha_migrator LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION
  PASSWORD :'migrator_password';
ALTER ROLE xuncha_app LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION
  PASSWORD :'app_password';
ALTER ROLE xuncha_worker LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION
  PASSWORD :'worker_password';
ALTER ROLE xuncha_audit LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION
  PASSWORD :'audit_password';
ALTER ROLE xuncha_matcher LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION
  PASSWORD :'matcher_password';
ALTER ROLE xuncha_statistics LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION
  PASSWORD :'statistics_password';
-- pg_dump switches row-level security off and is refused as anybody else: a dump is whole or none.
ALTER ROLE xuncha_backup LOGIN NOSUPERUSER BYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION
  PASSWORD :'backup_password';
GRANT pg_read_all_data TO xuncha_backup;
-- A second lock on the door: neither has a right to write anything.
ALTER ROLE xuncha_audit SET default_transaction_read_only = on;
ALTER ROLE xuncha_backup SET default_transaction_read_only = on;

-- Values stand in the text of statements, the signed context among them, and a role may read the
-- statements of all its sessions in pg_stat_activity: one office's could take another's context.
-- Only a superuser can switch it on again.
ALTER ROLE xuncha_app SET track_activities = off;
ALTER ROLE xuncha_worker SET track_activities = off;
ALTER ROLE xuncha_audit SET track_activities = off;
ALTER ROLE xuncha_matcher SET track_activities = off;
ALTER ROLE xuncha_statistics SET track_activities = off;

-- The driver writes values into statements, and an error's words repeat them ("invalid input
-- syntax for type integer: …", "Key (…)=(…) already exists"): names and ID numbers of people. No
-- error, statement or parameter of our roles reaches the server's log; processes write their own.
-- tenancy/checks.py refuses to serve where one of these differs.
SELECT format('ALTER ROLE %I SET %s = %L', role, name, value)
  FROM unnest(ARRAY['xuncha_migrator', 'xuncha_app', 'xuncha_worker', 'xuncha_audit',
                    'xuncha_matcher', 'xuncha_backup', 'xuncha_statistics']) AS role,
       (VALUES ('log_min_messages', 'fatal'),
               ('log_min_error_statement', 'panic'),
               ('log_error_verbosity', 'terse'),
               ('log_statement', 'none'),
               ('log_min_duration_statement', '-1'),
               ('log_min_duration_sample', '-1'),
               ('log_transaction_sample_rate', '0'),
               ('log_parameter_max_length', '0'),
               ('log_parameter_max_length_on_error', '0'),
               ('debug_print_parse', 'off'),
               ('debug_print_rewritten', 'off'),
               ('debug_print_plan', 'off')) AS setting (name, value) \gexec

GRANT xuncha_owner TO xuncha_migrator;
ALTER ROLE xuncha_migrator SET role = 'xuncha_owner';
