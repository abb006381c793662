-- A secret is shown to the one it was made for, once; whoever could edit that could see it again.
CREATE FUNCTION games_handover_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.shown_at IS NULL AND NEW.shown_at IS NOT NULL
       AND (OLD.key_id, OLD.receiver_id, OLD.until, OLD.approval)
           IS NOT DISTINCT FROM (NEW.key_id, NEW.receiver_id, NEW.until, NEW.approval) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the secret of key % is shown once, to its receiver', OLD.key_id
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'secret_shown_once', TABLE = TG_TABLE_NAME;
END
$$;
CREATE TRIGGER secret_shown_once BEFORE UPDATE OR DELETE ON games_keyhandover
    FOR EACH ROW EXECUTE FUNCTION games_handover_check();
REVOKE UPDATE, DELETE, TRUNCATE ON games_keyhandover FROM casino_app;
GRANT UPDATE (shown_at) ON games_keyhandover TO casino_app;
