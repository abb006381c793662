DROP TRIGGER gateway_message_keeps_its_content ON gateways_gatewaymessage;
DROP FUNCTION gateways_message_ages();
CREATE TRIGGER gateway_message_keeps_its_content BEFORE UPDATE ON gateways_gatewaymessage
    FOR EACH ROW WHEN ((OLD.id, OLD.gateway, OLD.method, OLD.headers, OLD.query, OLD.raw, OLD.size, OLD.verdict, OLD.ip,
        OLD.received_at) IS DISTINCT FROM (NEW.id, NEW.gateway, NEW.method, NEW.headers, NEW.query, NEW.raw, NEW.size,
        NEW.verdict, NEW.ip, NEW.received_at))
    EXECUTE FUNCTION gateways_refuse_change();
