-- What happened to money that came by a gateway stays as it happened, and a state follows only where PAY-01 lets it.

CREATE FUNCTION cashier_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%: % refused: %', TG_TABLE_NAME, TG_OP, replace(TG_NAME, '_', ' ')
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
END
$$;

-- The same table as casino/cashier/states.py; a test compares both.
CREATE FUNCTION cashier_deposit_may_follow(p_now text, p_then text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT p_then = ANY (CASE p_now
        WHEN 'created' THEN ARRAY['pending', 'authorised', 'declined', 'expired', 'cancelled', 'failed', 'credited',
                                  'to_refund']
        WHEN 'pending' THEN ARRAY['authorised', 'declined', 'expired', 'cancelled', 'failed', 'credited', 'to_refund']
        WHEN 'authorised' THEN ARRAY['declined', 'expired', 'cancelled', 'failed', 'credited', 'to_refund']
        WHEN 'declined' THEN ARRAY['credited', 'to_refund']
        WHEN 'expired' THEN ARRAY['credited', 'to_refund']
        WHEN 'cancelled' THEN ARRAY['credited', 'to_refund']
        WHEN 'failed' THEN ARRAY['credited', 'to_refund']
        WHEN 'credited' THEN ARRAY['refunding', 'reversed', 'charged_back']
        WHEN 'to_refund' THEN ARRAY['refunded', 'reversed']
        WHEN 'refunding' THEN ARRAY['refunded', 'credited']
        WHEN 'refunded' THEN ARRAY['credited', 'to_refund']
        WHEN 'charged_back' THEN ARRAY['chargeback_reversed']
        WHEN 'chargeback_reversed' THEN ARRAY['charged_back_again']
        ELSE ARRAY[]::text[] END)
$$;
CREATE FUNCTION cashier_refund_may_follow(p_now text, p_then text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT p_then = ANY (CASE p_now
        WHEN 'waiting' THEN ARRAY['sent', 'done', 'failed']
        WHEN 'sent' THEN ARRAY['done', 'failed']
        WHEN 'done' THEN ARRAY['failed']
        ELSE ARRAY[]::text[] END)
$$;
CREATE FUNCTION cashier_chargeback_may_follow(p_now text, p_then text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT p_then = ANY (CASE p_now
        WHEN 'announced' THEN ARRAY['booked', 'reversed']
        WHEN 'booked' THEN ARRAY['reversed']
        ELSE ARRAY[]::text[] END)
$$;

CREATE TRIGGER deposit_begins_let_in BEFORE INSERT ON cashier_deposit
    FOR EACH ROW WHEN (NEW.state <> 'created') EXECUTE FUNCTION cashier_refuse_change();
CREATE TRIGGER deposit_state_follows BEFORE UPDATE ON cashier_deposit
    FOR EACH ROW WHEN (OLD.state <> NEW.state AND NOT cashier_deposit_may_follow(OLD.state, NEW.state))
    EXECUTE FUNCTION cashier_refuse_change();
CREATE TRIGGER deposit_keeps_its_figures BEFORE UPDATE ON cashier_deposit
    FOR EACH ROW WHEN ((OLD.id, OLD.reference, OLD.player_id, OLD.client_key, OLD.method, OLD.amount, OLD.currency,
        OLD.fee, OLD.credit, OLD.credit_currency, OLD.margin, OLD.rate_id, OLD.credit_rate_id, OLD.margin_row_id,
        OLD.created_at) IS DISTINCT FROM (NEW.id, NEW.reference, NEW.player_id, NEW.client_key, NEW.method, NEW.amount,
        NEW.currency, NEW.fee, NEW.credit, NEW.credit_currency, NEW.margin, NEW.rate_id, NEW.credit_rate_id,
        NEW.margin_row_id, NEW.created_at))
    EXECUTE FUNCTION cashier_refuse_change();
-- Credited once, received once: the transaction that did it is named for good.
CREATE TRIGGER deposit_is_booked_once BEFORE UPDATE ON cashier_deposit
    FOR EACH ROW WHEN (OLD.transaction_id IS NOT NULL AND OLD.transaction_id IS DISTINCT FROM NEW.transaction_id
        OR OLD.suspense_id IS NOT NULL AND OLD.suspense_id IS DISTINCT FROM NEW.suspense_id)
    EXECUTE FUNCTION cashier_refuse_change();
CREATE TRIGGER deposits_are_kept_for_ever BEFORE DELETE ON cashier_deposit
    FOR EACH ROW EXECUTE FUNCTION cashier_refuse_change();

-- Whoever moves a deposit tells why, in the same transaction.
CREATE FUNCTION cashier_deposit_told() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_state text;
    v_told text;
BEGIN
    SELECT state INTO v_state FROM cashier_deposit WHERE id = NEW.id;
    SELECT after INTO v_told FROM cashier_depositstep WHERE deposit_id = NEW.id ORDER BY id DESC LIMIT 1;
    IF v_told IS DISTINCT FROM v_state THEN
        RAISE EXCEPTION 'deposit %: it is % and its last step says %', NEW.id, v_state, v_told
            USING ERRCODE = 'check_violation', CONSTRAINT = 'deposit_steps_tell_its_state', TABLE = 'cashier_deposit';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER deposit_steps_tell_its_state AFTER INSERT OR UPDATE OF state ON cashier_deposit
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION cashier_deposit_told();

CREATE TRIGGER deposit_steps_are_never_edited BEFORE UPDATE OR DELETE ON cashier_depositstep
    FOR EACH ROW EXECUTE FUNCTION cashier_refuse_change();
CREATE TRIGGER deposit_tries_are_kept_for_ever BEFORE DELETE ON cashier_deposittry
    FOR EACH ROW EXECUTE FUNCTION cashier_refuse_change();
CREATE TRIGGER deposit_try_keeps_its_place BEFORE UPDATE ON cashier_deposittry
    FOR EACH ROW WHEN ((OLD.id, OLD.deposit_id, OLD.number, OLD.gateway, OLD.started_at)
        IS DISTINCT FROM (NEW.id, NEW.deposit_id, NEW.number, NEW.gateway, NEW.started_at))
    EXECUTE FUNCTION cashier_refuse_change();

CREATE TRIGGER refund_state_follows BEFORE UPDATE ON cashier_refund
    FOR EACH ROW WHEN (OLD.state <> NEW.state AND NOT cashier_refund_may_follow(OLD.state, NEW.state))
    EXECUTE FUNCTION cashier_refuse_change();
CREATE TRIGGER refund_keeps_its_figures BEFORE UPDATE ON cashier_refund
    FOR EACH ROW WHEN ((OLD.id, OLD.reference, OLD.deposit_id, OLD.origin, OLD.amount, OLD.currency, OLD.created_at)
        IS DISTINCT FROM (NEW.id, NEW.reference, NEW.deposit_id, NEW.origin, NEW.amount, NEW.currency, NEW.created_at))
    EXECUTE FUNCTION cashier_refuse_change();
CREATE TRIGGER refunds_are_kept_for_ever BEFORE DELETE ON cashier_refund
    FOR EACH ROW EXECUTE FUNCTION cashier_refuse_change();

CREATE TRIGGER chargeback_state_follows BEFORE UPDATE ON cashier_chargeback
    FOR EACH ROW WHEN (OLD.state <> NEW.state AND NOT cashier_chargeback_may_follow(OLD.state, NEW.state))
    EXECUTE FUNCTION cashier_refuse_change();
CREATE TRIGGER chargeback_keeps_its_deposit BEFORE UPDATE ON cashier_chargeback
    FOR EACH ROW WHEN ((OLD.id, OLD.deposit_id, OLD.number, OLD.currency, OLD.opened_at)
        IS DISTINCT FROM (NEW.id, NEW.deposit_id, NEW.number, NEW.currency, NEW.opened_at))
    EXECUTE FUNCTION cashier_refuse_change();
CREATE TRIGGER chargebacks_are_kept_for_ever BEFORE DELETE ON cashier_chargeback
    FOR EACH ROW EXECUTE FUNCTION cashier_refuse_change();

CREATE TRIGGER instruments_are_kept_for_ever BEFORE DELETE ON cashier_instrument
    FOR EACH ROW EXECUTE FUNCTION cashier_refuse_change();
CREATE TRIGGER instrument_keeps_its_owner BEFORE UPDATE ON cashier_instrument
    FOR EACH ROW WHEN ((OLD.id, OLD.player_id, OLD.gateway, OLD.kind, OLD.token, OLD.fingerprint, OLD.added_at)
        IS DISTINCT FROM (NEW.id, NEW.player_id, NEW.gateway, NEW.kind, NEW.token, NEW.fingerprint, NEW.added_at))
    EXECUTE FUNCTION cashier_refuse_change();
CREATE TRIGGER conversion_margins_are_never_edited BEFORE UPDATE OR DELETE ON cashier_conversionmargin
    FOR EACH ROW EXECUTE FUNCTION cashier_refuse_change();

REVOKE UPDATE, DELETE, TRUNCATE ON cashier_depositstep, cashier_conversionmargin FROM casino_app;
REVOKE DELETE, TRUNCATE ON cashier_deposit, cashier_deposittry, cashier_refund, cashier_chargeback, cashier_instrument
    FROM casino_app;
