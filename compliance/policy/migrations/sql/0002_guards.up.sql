-- What a jurisdiction's rules were when stays known: rows are added, by two people, and never touched again.
CREATE TRIGGER policy_rows_are_never_edited BEFORE UPDATE OR DELETE ON policy_policyrow
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON policy_policyrow FROM casino_app;

-- A row is what two people agreed to, to the letter. Migrations, which run as the tables' owner, bring rows of their own.
CREATE FUNCTION policy_row_check() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_payload jsonb;
BEGIN
    IF NEW.approval_id IS NULL THEN
        IF pg_get_userbyid((SELECT relowner FROM pg_class WHERE oid = TG_RELID)) = current_user THEN
            RETURN NEW;
        END IF;
    ELSE
        SELECT payload::jsonb INTO v_payload FROM approvals_approval WHERE id = NEW.approval_id AND kind = 'policy_row';
        IF v_payload ->> 'jurisdiction' = NEW.jurisdiction AND v_payload ->> 'key' = NEW.key
           AND coalesce(v_payload -> 'value', 'null') = coalesce(NEW.value, 'null')
           AND (v_payload ->> 'effective_from')::timestamptz = NEW.effective_from THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'row of policy % % is not what was approved', NEW.jurisdiction, NEW.key
        USING ERRCODE = 'check_violation', CONSTRAINT = 'policy_row_is_as_approved', TABLE = 'policy_policyrow';
END
$$;
CREATE TRIGGER policy_row_is_as_approved BEFORE INSERT ON policy_policyrow
    FOR EACH ROW EXECUTE FUNCTION policy_row_check();
