-- A temporary table stands before every table of its name in whatever a session runs, trigger functions included: the
-- application could show a guard the rows that it likes to see. It makes none, so nobody but the owner may.
DO $$
BEGIN
    EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC, casino_app', current_database());
END
$$;
