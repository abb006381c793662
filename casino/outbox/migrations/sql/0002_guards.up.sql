-- Readers rely on it: what was announced stays, and stands where its own transaction put it.

CREATE FUNCTION outbox_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%: % refused: %', TG_TABLE_NAME, TG_OP, replace(TG_NAME, '_', ' ')
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
END
$$;

CREATE TRIGGER facts_are_never_edited BEFORE UPDATE OR DELETE ON outbox_fact
    FOR EACH ROW EXECUTE FUNCTION outbox_refuse_change();
CREATE TRIGGER fact_stands_in_its_own_place BEFORE INSERT ON outbox_fact
    FOR EACH ROW WHEN (NEW.commit_order IS DISTINCT FROM commit_order()) EXECUTE FUNCTION outbox_refuse_change();
CREATE TRIGGER facts_are_read_forwards BEFORE UPDATE ON outbox_factreader
    FOR EACH ROW WHEN ((NEW.commit_order, NEW.fact_id) < (OLD.commit_order, OLD.fact_id) OR NEW.name <> OLD.name)
    EXECUTE FUNCTION outbox_refuse_change();

REVOKE UPDATE, DELETE, TRUNCATE ON outbox_fact FROM casino_app;
REVOKE DELETE, TRUNCATE ON outbox_factreader FROM casino_app;
