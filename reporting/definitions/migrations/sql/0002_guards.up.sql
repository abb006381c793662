-- What a figure meant stays known: rows are added, by two people, and never touched again.
CREATE TRIGGER definitions_are_never_edited BEFORE UPDATE OR DELETE ON definitions_definitionrow
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER duties_are_never_edited BEFORE UPDATE OR DELETE ON definitions_dutyrow
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER provider_fees_are_never_edited BEFORE UPDATE OR DELETE ON definitions_feerow
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON definitions_definitionrow, definitions_dutyrow, definitions_feerow FROM casino_app;

-- Migrations, which run as the tables' owner, bring rows of their own; the application only what was approved.
CREATE FUNCTION definitions_row_check() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_row jsonb := to_jsonb(NEW);
    v_payload jsonb;
    v_name text;
BEGIN
    IF NEW.approval_id IS NULL THEN
        IF pg_get_userbyid((SELECT relowner FROM pg_class WHERE oid = TG_RELID)) = current_user THEN
            RETURN NEW;
        END IF;
    ELSE
        SELECT payload::jsonb INTO v_payload FROM approvals_approval
            WHERE id = NEW.approval_id AND kind = 'definition_row';
        IF v_payload ->> 'table' = TG_TABLE_NAME AND (v_payload ->> 'valid_from')::date = NEW.valid_from THEN
            FOREACH v_name IN ARRAY ARRAY['code', 'formula', 'jurisdiction', 'tax', 'base', 'basis', 'currency'] LOOP
                IF v_row ? v_name AND v_row ->> v_name IS DISTINCT FROM v_payload ->> v_name THEN
                    v_payload := NULL;
                END IF;
            END LOOP;
            FOREACH v_name IN ARRAY ARRAY['rate', 'percentage', 'minimum', 'provider_id'] LOOP
                IF v_row ? v_name AND (v_row ->> v_name)::numeric IS DISTINCT FROM (v_payload ->> v_name)::numeric THEN
                    v_payload := NULL;
                END IF;
            END LOOP;
            IF v_payload IS NOT NULL THEN
                RETURN NEW;
            END IF;
        END IF;
    END IF;
    RAISE EXCEPTION 'this row is not what was approved'
        USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
END
$$;
CREATE TRIGGER definition_is_as_approved BEFORE INSERT ON definitions_definitionrow
    FOR EACH ROW EXECUTE FUNCTION definitions_row_check();
CREATE TRIGGER duty_is_as_approved BEFORE INSERT ON definitions_dutyrow
    FOR EACH ROW EXECUTE FUNCTION definitions_row_check();
CREATE TRIGGER provider_fee_is_as_approved BEFORE INSERT ON definitions_feerow
    FOR EACH ROW EXECUTE FUNCTION definitions_row_check();
