-- Row history (docs/audit.md): written by the triggers of the tracked table and by nobody else.
--
-- The triggers are django-pghistory's, and three things are taken from them that would let somebody around them:
-- they run with their owner's right, so that the application needs none on the history; no session setting
-- (pgtrigger.ignore) skips them; and nobody may hang their functions on a table of his own.
CREATE FUNCTION audit_history_guard(p_history regclass, p_tracked regclass) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    v_function regprocedure;
    v_columns text;
    v_triggers integer := 0;
BEGIN
    FOR v_function IN
        SELECT p.oid FROM pg_trigger g JOIN pg_proc p ON p.oid = g.tgfoid
        WHERE g.tgrelid = p_tracked AND p.prosrc LIKE format('%%INSERT INTO "%s" %%', p_history::text)
    LOOP
        EXECUTE format('ALTER FUNCTION %s SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp'
                       ' SET pgtrigger.ignore = %L', v_function, '{}');
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', v_function);
        v_triggers := v_triggers + 1;
    END LOOP;
    IF v_triggers <> 3 THEN
        RAISE EXCEPTION 'the history % has % triggers on %, and needs one each for INSERT, UPDATE and DELETE',
            p_history, v_triggers, p_tracked;
    END IF;
    EXECUTE format('REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON %s FROM casino_app', p_history);
    EXECUTE format('CREATE OR REPLACE TRIGGER history_is_never_edited BEFORE UPDATE OR DELETE ON %s'
                   ' FOR EACH ROW EXECUTE FUNCTION audit_refuse_change()', p_history);
    -- Rows that were there before their history begin it as they stand.
    SELECT string_agg(quote_ident(h.attname), ', ' ORDER BY h.attnum) INTO v_columns
        FROM pg_attribute h JOIN pg_attribute t ON t.attname = h.attname
        WHERE h.attrelid = p_history AND t.attrelid = p_tracked AND h.attnum > 0 AND t.attnum > 0
              AND NOT h.attisdropped AND NOT t.attisdropped;
    EXECUTE format('INSERT INTO %1$s (%3$s, pgh_created_at, pgh_label) SELECT %3$s, now(), ''baseline'' FROM %2$s t'
                   ' WHERE NOT EXISTS (SELECT FROM %1$s)', p_history, p_tracked, v_columns);
END
$$;
REVOKE EXECUTE ON FUNCTION audit_history_guard(regclass, regclass) FROM PUBLIC;
