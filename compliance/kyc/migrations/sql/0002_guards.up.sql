-- Evidence of who a person is stays as it came; a verification that moves is heard by the very next bet.

CREATE FUNCTION kyc_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%: % refused: %', TG_TABLE_NAME, TG_OP, replace(TG_NAME, '_', ' ')
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
END
$$;

CREATE TRIGGER kyc_decisions_are_never_edited BEFORE UPDATE OR DELETE ON kyc_decision
    FOR EACH ROW EXECUTE FUNCTION kyc_refuse_change();
CREATE TRIGGER kyc_flows_are_never_edited BEFORE UPDATE OR DELETE ON kyc_moneyflow
    FOR EACH ROW EXECUTE FUNCTION kyc_refuse_change();
CREATE TRIGGER verifications_are_kept_for_ever BEFORE DELETE ON kyc_kycstate
    FOR EACH ROW EXECUTE FUNCTION kyc_refuse_change();
CREATE TRIGGER documents_are_kept_for_ever BEFORE DELETE ON kyc_document
    FOR EACH ROW EXECUTE FUNCTION kyc_refuse_change();
CREATE TRIGGER document_keeps_its_content BEFORE UPDATE ON kyc_document
    FOR EACH ROW WHEN ((OLD.id, OLD.player_id, OLD.kind, OLD.file_name, OLD.file_type, OLD.size, OLD.sha256,
        OLD.sent_at, OLD.sent_by) IS DISTINCT FROM (NEW.id, NEW.player_id, NEW.kind, NEW.file_name, NEW.file_type,
        NEW.size, NEW.sha256, NEW.sent_at, NEW.sent_by))
    EXECUTE FUNCTION kyc_refuse_change();
-- What was decided is not decided again, but for an accepted document that expires.
CREATE TRIGGER document_is_decided_once BEFORE UPDATE OF state ON kyc_document
    FOR EACH ROW WHEN (OLD.state IN ('rejected', 'expired', 'infected') AND NEW.state <> OLD.state
        OR OLD.state = 'accepted' AND NEW.state NOT IN ('accepted', 'expired'))
    EXECUTE FUNCTION kyc_refuse_change();
CREATE TRIGGER provider_messages_are_kept_for_ever BEFORE DELETE ON kyc_providerevent
    FOR EACH ROW EXECUTE FUNCTION kyc_refuse_change();
CREATE TRIGGER provider_message_keeps_its_content BEFORE UPDATE ON kyc_providerevent
    FOR EACH ROW WHEN ((OLD.id, OLD.provider, OLD.signed, OLD.raw, OLD.applicant, OLD.kind, OLD.created_ms,
        OLD.received_at) IS DISTINCT FROM (NEW.id, NEW.provider, NEW.signed, NEW.raw, NEW.applicant, NEW.kind,
        NEW.created_ms, NEW.received_at) OR OLD.outcome <> 'waiting')
    EXECUTE FUNCTION kyc_refuse_change();

REVOKE UPDATE, DELETE, TRUNCATE ON kyc_decision, kyc_moneyflow FROM casino_app;
REVOKE DELETE, TRUNCATE ON kyc_kycstate, kyc_document, kyc_providerevent FROM casino_app;

CREATE TRIGGER kycstate_spoils_the_standing AFTER INSERT OR UPDATE OR DELETE ON kyc_kycstate
    FOR EACH ROW EXECUTE FUNCTION gate_standing_spoil();
