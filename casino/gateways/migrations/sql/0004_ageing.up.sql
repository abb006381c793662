-- A message's content never changes. It may go, once: worked off or forged, kept as long as its gateway's row says, with
-- a digest in its place.
CREATE FUNCTION gateways_message_ages() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.id, OLD.gateway, OLD.method, OLD.size, OLD.verdict, OLD.received_at)
           IS DISTINCT FROM (NEW.id, NEW.gateway, NEW.method, NEW.size, NEW.verdict, NEW.received_at)
        OR OLD.aged_at IS NOT NULL OR NEW.aged_at IS NULL OR OLD.outcome NOT IN ('applied', 'invalid')
        OR length(NEW.raw) > 0 OR NEW.query <> '' OR NEW.headers <> '{}'::jsonb OR NEW.ip IS NOT NULL
        OR NEW.raw_sha256 <> encode(sha256(OLD.raw), 'hex')
        OR NOT EXISTS (SELECT 1 FROM gateways_gateway g WHERE g.code = OLD.gateway
                       AND OLD.received_at < now() - make_interval(days => g.messages_kept_days)) THEN
        RAISE EXCEPTION '%: % refused: %', TG_TABLE_NAME, TG_OP, replace(TG_NAME, '_', ' ')
            USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END
$$;
DROP TRIGGER gateway_message_keeps_its_content ON gateways_gatewaymessage;
CREATE TRIGGER gateway_message_keeps_its_content BEFORE UPDATE ON gateways_gatewaymessage
    FOR EACH ROW WHEN ((OLD.id, OLD.gateway, OLD.method, OLD.headers, OLD.query, OLD.raw, OLD.size, OLD.verdict, OLD.ip,
        OLD.received_at, OLD.aged_at, OLD.raw_sha256) IS DISTINCT FROM (NEW.id, NEW.gateway, NEW.method, NEW.headers,
        NEW.query, NEW.raw, NEW.size, NEW.verdict, NEW.ip, NEW.received_at, NEW.aged_at, NEW.raw_sha256))
    EXECUTE FUNCTION gateways_message_ages();
