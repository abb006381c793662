-- What a gateway said stays as it came, is worked off forwards, and counts once; what we asked is told as it was.

CREATE FUNCTION gateways_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%: % refused: %', TG_TABLE_NAME, TG_OP, replace(TG_NAME, '_', ' ')
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
END
$$;

CREATE TRIGGER gateway_messages_are_kept_for_ever BEFORE DELETE ON gateways_gatewaymessage
    FOR EACH ROW EXECUTE FUNCTION gateways_refuse_change();
CREATE TRIGGER gateway_message_keeps_its_content BEFORE UPDATE ON gateways_gatewaymessage
    FOR EACH ROW WHEN ((OLD.id, OLD.gateway, OLD.method, OLD.headers, OLD.query, OLD.raw, OLD.size, OLD.verdict, OLD.ip,
        OLD.received_at) IS DISTINCT FROM (NEW.id, NEW.gateway, NEW.method, NEW.headers, NEW.query, NEW.raw, NEW.size,
        NEW.verdict, NEW.ip, NEW.received_at))
    EXECUTE FUNCTION gateways_refuse_change();
-- Applied and invalid are the end. What is flagged goes back to waiting alone, as a further round that people begin.
CREATE TRIGGER gateway_message_moves_forward BEFORE UPDATE OF outcome, attempts, rounds, next_try_at, note, worked_at
    ON gateways_gatewaymessage
    FOR EACH ROW WHEN (OLD.outcome IN ('applied', 'invalid')
        OR OLD.outcome = 'waiting' AND NEW.rounds <> OLD.rounds
        OR OLD.outcome IN ('quarantined', 'unknown', 'puzzling', 'failed')
            AND NOT (NEW.outcome = 'waiting' AND NEW.rounds = OLD.rounds + 1))
    EXECUTE FUNCTION gateways_refuse_change();
CREATE TRIGGER gateway_news_are_never_edited BEFORE UPDATE OR DELETE ON gateways_gatewaynews
    FOR EACH ROW EXECUTE FUNCTION gateways_refuse_change();
CREATE TRIGGER gateway_calls_are_kept_for_ever BEFORE DELETE ON gateways_gatewaycall
    FOR EACH ROW EXECUTE FUNCTION gateways_refuse_change();
CREATE TRIGGER gateway_call_is_answered_once BEFORE UPDATE ON gateways_gatewaycall
    FOR EACH ROW WHEN (OLD.standing <> '' OR (OLD.id, OLD.gateway, OLD.what, OLD.purpose, OLD.reference, OLD.sent,
        OLD.called_at) IS DISTINCT FROM (NEW.id, NEW.gateway, NEW.what, NEW.purpose, NEW.reference, NEW.sent,
        NEW.called_at))
    EXECUTE FUNCTION gateways_refuse_change();
CREATE TRIGGER gateways_are_kept_for_ever BEFORE DELETE ON gateways_gateway
    FOR EACH ROW EXECUTE FUNCTION gateways_refuse_change();

REVOKE DELETE, TRUNCATE ON gateways_gateway, gateways_gatewaymessage, gateways_gatewaycall, gateways_gatewayinquiry
    FROM casino_app;
REVOKE UPDATE, DELETE, TRUNCATE ON gateways_gatewaynews FROM casino_app;
SELECT audit_history_guard('gateways_gatewayhistory', 'gateways_gateway');
