-- One database for the product. psql variables: database, locale. Made to be run again.
\set ON_ERROR_STOP on
SET client_min_messages = warning;

-- Trigram indexes on Chinese text work only where lc_ctype is a UTF-8 one.
SELECT format('CREATE DATABASE %I OWNER xuncha_owner TEMPLATE template0 ENCODING %L LOCALE %L',
              :'database', 'UTF8', :'locale')
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') \gexec

REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"database" TO xuncha_migrator, xuncha_app, xuncha_worker,
  xuncha_audit, xuncha_matcher, xuncha_backup, xuncha_statistics;
