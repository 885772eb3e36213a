-- The three roles of a PostgreSQL installation. Run once in each database, by an administrator,
-- before the first migration; running it again changes nothing. docs/postgresql.md.
--
--   tejido_owner   owns the tables and migrates them; row-level security binds it too (FORCE)
--   tejido_app     what the web server and the tasks use; sees rows only in an announced scope
--   tejido_backup  reads everything, for pg_dump; writes nothing
--
-- Give each its password, or a line in pg_hba.conf, yourself: none is set here.

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tejido_owner') THEN
        CREATE ROLE tejido_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tejido_app') THEN
        CREATE ROLE tejido_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tejido_backup') THEN
        CREATE ROLE tejido_backup LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE BYPASSRLS;
    END IF;
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format(
        'GRANT CONNECT ON DATABASE %I TO tejido_owner, tejido_app, tejido_backup',
        current_database()
    );
END
$$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO tejido_owner;
GRANT USAGE ON SCHEMA public TO tejido_app, tejido_backup;

ALTER DEFAULT PRIVILEGES FOR ROLE tejido_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO tejido_app;
ALTER DEFAULT PRIVILEGES FOR ROLE tejido_owner IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO tejido_app;
ALTER DEFAULT PRIVILEGES FOR ROLE tejido_owner IN SCHEMA public
    GRANT SELECT ON TABLES TO tejido_backup;
ALTER DEFAULT PRIVILEGES FOR ROLE tejido_owner IN SCHEMA public
    GRANT SELECT ON SEQUENCES TO tejido_backup;
