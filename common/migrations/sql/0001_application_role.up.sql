-- The application works as casino_app: it reads and writes rows, owns nothing, and never truncates.
-- Migrations of the ledger take further rights away from it (wallet/migrations/sql).
DO $$
BEGIN
    CREATE ROLE casino_app NOLOGIN;
EXCEPTION
    WHEN duplicate_object OR unique_violation THEN NULL;
END
$$;

DO $$
BEGIN
    EXECUTE format('GRANT casino_app TO %I', current_user);
EXCEPTION
    WHEN insufficient_privilege OR invalid_grant_operation THEN NULL;  -- granted already, by somebody above us
END
$$;

GRANT USAGE ON SCHEMA public TO casino_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO casino_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO casino_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO casino_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO casino_app;

-- Rows that must be read in the order in which they became visible carry the number of their transaction.
-- A row below the horizon can not be joined by an earlier one any more; that is what sealing and cursors rely on.
-- The added constant is raised by `manage.py rebase_commit_order` after a dump is restored into a new cluster,
-- whose transaction numbers start again.
CREATE FUNCTION commit_order() RETURNS bigint LANGUAGE sql STABLE PARALLEL RESTRICTED
    AS 'SELECT pg_current_xact_id()::text::bigint + 0';
CREATE FUNCTION commit_order_horizon() RETURNS bigint LANGUAGE sql STABLE PARALLEL RESTRICTED
    AS 'SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint + 0';
