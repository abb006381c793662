CREATE FUNCTION personal_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
END
$$;
-- The row stays, so that history keeps its place; what makes it readable is deleted instead.
CREATE TRIGGER personal_data_is_erased_by_key_alone BEFORE DELETE ON personal_personaldata
    FOR EACH ROW EXECUTE FUNCTION personal_keep();
-- A key that changed would leave older copies readable by the old one, or nothing readable at all.
CREATE TRIGGER personal_key_is_destroyed_never_changed BEFORE UPDATE OF wrapped, data_id ON personal_personalkey
    FOR EACH ROW WHEN (OLD.wrapped IS DISTINCT FROM NEW.wrapped OR OLD.data_id IS DISTINCT FROM NEW.data_id)
    EXECUTE FUNCTION personal_keep();
CREATE TRIGGER reveals_are_never_edited BEFORE UPDATE OR DELETE ON personal_reveal
    FOR EACH ROW EXECUTE FUNCTION personal_keep();
REVOKE DELETE, TRUNCATE ON personal_personaldata FROM casino_app;
REVOKE UPDATE, DELETE, TRUNCATE ON personal_reveal FROM casino_app;
REVOKE UPDATE, TRUNCATE ON personal_personalkey FROM casino_app;
GRANT UPDATE (email_index, phone_index, name_birth_index) ON personal_personalkey TO casino_app;
