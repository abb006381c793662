CREATE FUNCTION accounts_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
END
$$;
-- The address alone may be taken out, when the person is erased.
CREATE FUNCTION accounts_keep_but_address() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.ip IS NULL AND to_jsonb(OLD) - 'ip' = to_jsonb(NEW) - 'ip' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '%: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
END
$$;
CREATE TRIGGER consents_are_never_edited BEFORE UPDATE OR DELETE ON accounts_consent
    FOR EACH ROW EXECUTE FUNCTION accounts_keep_but_address();
CREATE TRIGGER acceptances_are_never_edited BEFORE UPDATE OR DELETE ON accounts_termsacceptance
    FOR EACH ROW EXECUTE FUNCTION accounts_keep_but_address();
CREATE TRIGGER registrations_are_never_edited BEFORE UPDATE OR DELETE ON accounts_registration
    FOR EACH ROW EXECUTE FUNCTION accounts_keep_but_address();
CREATE TRIGGER terms_are_never_edited BEFORE UPDATE OR DELETE ON accounts_termsversion
    FOR EACH ROW EXECUTE FUNCTION accounts_keep();
CREATE TRIGGER session_that_ended_stays_ended BEFORE UPDATE OF ended_at ON accounts_playersession
    FOR EACH ROW WHEN (OLD.ended_at IS NOT NULL AND NEW.ended_at IS DISTINCT FROM OLD.ended_at)
    EXECUTE FUNCTION accounts_keep();
CREATE TRIGGER token_is_used_once BEFORE UPDATE ON accounts_onetimetoken
    FOR EACH ROW WHEN (OLD.used_at IS NOT NULL) EXECUTE FUNCTION accounts_keep();
CREATE TRIGGER purged_person_does_not_come_back BEFORE UPDATE OR DELETE ON accounts_erasure
    FOR EACH ROW WHEN (OLD.pseudonymised_at IS NOT NULL AND OLD.state = 'purged') EXECUTE FUNCTION accounts_keep();
REVOKE UPDATE, DELETE, TRUNCATE ON accounts_consent, accounts_termsacceptance, accounts_registration,
    accounts_termsversion, accounts_playersession, accounts_onetimetoken FROM casino_app;
REVOKE DELETE, TRUNCATE ON accounts_credential, accounts_erasure FROM casino_app;
GRANT UPDATE (ip) ON accounts_consent, accounts_termsacceptance, accounts_registration TO casino_app;
GRANT UPDATE (last_seen_at, strong_at, ended_at, end_reason, ip, user_agent) ON accounts_playersession TO casino_app;
GRANT UPDATE (used_at) ON accounts_onetimetoken TO casino_app;
GRANT DELETE ON accounts_onetimetoken TO casino_app;
