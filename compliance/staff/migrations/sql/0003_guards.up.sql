-- Rights are granted and revoked, people are switched off: nothing of it is edited away or deleted.
CREATE FUNCTION staff_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
END
$$;

CREATE TRIGGER staff_are_switched_off_not_deleted BEFORE DELETE ON staff_staffuser
    FOR EACH ROW EXECUTE FUNCTION staff_keep();
CREATE TRIGGER roles_are_kept_for_ever BEFORE DELETE ON staff_role
    FOR EACH ROW EXECUTE FUNCTION staff_keep();
CREATE TRIGGER grants_are_kept_for_ever BEFORE DELETE ON staff_rolegrant
    FOR EACH ROW EXECUTE FUNCTION staff_keep();

-- A grant's content never changes; it is revoked once.
CREATE FUNCTION staff_grant_keeps_its_content() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.revoked_at IS NOT NULL
       OR (OLD.staff_id, OLD.role_id, OLD.brands, OLD.jurisdictions, OLD.granted_at, OLD.granted_by, OLD.reason,
           OLD.approval, OLD.valid_until)
          IS DISTINCT FROM
          (NEW.staff_id, NEW.role_id, NEW.brands, NEW.jurisdictions, NEW.granted_at, NEW.granted_by, NEW.reason,
           NEW.approval, NEW.valid_until) THEN
        RAISE EXCEPTION 'grant_keeps_its_content: a grant is revoked, never edited'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'grant_keeps_its_content', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER grant_keeps_its_content BEFORE UPDATE ON staff_rolegrant
    FOR EACH ROW EXECUTE FUNCTION staff_grant_keeps_its_content();

REVOKE DELETE, TRUNCATE ON staff_staffuser, staff_role FROM casino_app;
REVOKE UPDATE, DELETE, TRUNCATE ON staff_rolegrant FROM casino_app;
GRANT UPDATE (revoked_at, revoked_by, revoke_reason) ON staff_rolegrant TO casino_app;
