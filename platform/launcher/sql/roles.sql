-- The roles of one server. Written to be run again: it makes what is missing and puts right
-- what differs. psql variables: migrator_password, app_password, worker_password.
--
-- xuncha_owner     owns the schema, cannot log in
-- xuncha_migrator  logs in for migrations and acts as the owner
-- xuncha_app       web processes: bound by row-level security
-- xuncha_worker    job workers: bound by row-level security
\set ON_ERROR_STOP on
SET client_min_messages = warning;

SELECT format('CREATE ROLE %I', name)
  FROM unnest(ARRAY['xuncha_owner', 'xuncha_migrator', 'xuncha_app', 'xuncha_worker']) AS name
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec

ALTER ROLE xuncha_owner NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION;
ALTER ROLE xuncha_migrator LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION
  PASSWORD :'migrator_password';
ALTER ROLE xuncha_app LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION
  PASSWORD :'app_password';
ALTER ROLE xuncha_worker LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION
  PASSWORD :'worker_password';

-- Values stand in the text of statements, the signed context among them, and a role may read the
-- statements of all its sessions in pg_stat_activity: one office's could take another's context.
-- Only a superuser can switch it on again.
ALTER ROLE xuncha_app SET track_activities = off;
ALTER ROLE xuncha_worker SET track_activities = off;

GRANT xuncha_owner TO xuncha_migrator;
ALTER ROLE xuncha_migrator SET role = 'xuncha_owner';
