-- A recovery code is used once, and nothing else of it ever changes.
CREATE FUNCTION signin_recovery_code_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.used_at IS NOT NULL OR NEW.used_at IS NULL
       OR (NEW.id, NEW.staff_id, NEW.digest, NEW.issued_at) IS DISTINCT FROM (OLD.id, OLD.staff_id, OLD.digest, OLD.issued_at)
    THEN
        RAISE EXCEPTION 'a recovery code is used once and never changes'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'recovery_code_used_once';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER recovery_code_used_once BEFORE UPDATE ON signin_recoverycode
    FOR EACH ROW EXECUTE FUNCTION signin_recovery_code_guard();

-- The passwords that somebody had stay known, so that they can not come back.
CREATE FUNCTION signin_former_password_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'former passwords are never edited'
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'former_passwords_are_never_edited';
END $$;
CREATE TRIGGER former_passwords_are_never_edited BEFORE UPDATE OR DELETE ON signin_formerpassword
    FOR EACH ROW EXECUTE FUNCTION signin_former_password_guard();
REVOKE UPDATE, DELETE, TRUNCATE ON signin_formerpassword FROM casino_app;
REVOKE TRUNCATE ON signin_recoverycode FROM casino_app;
