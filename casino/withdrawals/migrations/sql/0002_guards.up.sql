-- A withdrawal stays as it was asked for, moves only by the table of states, and tells every step; so do its payments.

CREATE FUNCTION withdrawals_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%: % refused: %', TG_TABLE_NAME, TG_OP, replace(TG_NAME, '_', ' ')
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
END
$$;

-- The same tables as casino/withdrawals/states.py; a test compares both.
CREATE FUNCTION withdrawals_may_follow(p_now text, p_then text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT p_then = ANY (CASE p_now
        WHEN 'requested' THEN ARRAY['checked']
        WHEN 'checked' THEN ARRAY['review', 'kyc', 'frozen', 'approved']
        WHEN 'review' THEN ARRAY['kyc', 'frozen', 'in_process', 'rejected', 'cancelled']
        WHEN 'kyc' THEN ARRAY['review', 'frozen', 'rejected', 'cancelled', 'expired']
        WHEN 'frozen' THEN ARRAY['review', 'rejected']
        WHEN 'in_process' THEN ARRAY['review', 'kyc', 'frozen', 'approved', 'rejected']
        WHEN 'approved' THEN ARRAY['frozen', 'submitted', 'rejected']
        WHEN 'submitted' THEN ARRAY['pay_pending', 'paid', 'failed', 'returned']
        WHEN 'pay_pending' THEN ARRAY['paid', 'failed', 'returned']
        WHEN 'paid' THEN ARRAY['returned']
        WHEN 'part_paid' THEN ARRAY['paid', 'returned']
        WHEN 'failed' THEN ARRAY['review', 'submitted', 'pay_pending', 'paid', 'part_paid', 'rejected', 'returned']
        WHEN 'rejected' THEN ARRAY['paid', 'part_paid']
        ELSE ARRAY[]::text[] END)
$$;
CREATE FUNCTION withdrawals_payout_may_follow(p_now text, p_then text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT p_then = ANY (CASE p_now
        WHEN 'planned' THEN ARRAY['sending', 'dropped']
        WHEN 'sending' THEN ARRAY['unknown', 'pending', 'confirmed', 'failed', 'returned']
        WHEN 'unknown' THEN ARRAY['sending', 'pending', 'confirmed', 'failed', 'returned']
        WHEN 'pending' THEN ARRAY['confirmed', 'failed', 'returned']
        WHEN 'confirmed' THEN ARRAY['returned']
        WHEN 'failed' THEN ARRAY['confirmed']
        ELSE ARRAY[]::text[] END)
$$;

CREATE TRIGGER withdrawal_begins_requested BEFORE INSERT ON withdrawals_withdrawal
    FOR EACH ROW WHEN (NEW.state <> 'requested') EXECUTE FUNCTION withdrawals_refuse_change();
CREATE TRIGGER withdrawal_state_follows BEFORE UPDATE ON withdrawals_withdrawal
    FOR EACH ROW WHEN (OLD.state <> NEW.state AND NOT withdrawals_may_follow(OLD.state, NEW.state))
    EXECUTE FUNCTION withdrawals_refuse_change();
CREATE TRIGGER withdrawal_keeps_its_terms BEFORE UPDATE ON withdrawals_withdrawal
    FOR EACH ROW WHEN ((OLD.id, OLD.reference, OLD.player_id, OLD.request_key, OLD.request_hash, OLD.amount,
        OLD.currency, OLD.method, OLD.instrument_id, OLD.base, OLD.rule_id, OLD.requested_at) IS DISTINCT FROM
        (NEW.id, NEW.reference, NEW.player_id, NEW.request_key, NEW.request_hash, NEW.amount, NEW.currency,
        NEW.method, NEW.instrument_id, NEW.base, NEW.rule_id, NEW.requested_at))
    EXECUTE FUNCTION withdrawals_refuse_change();
CREATE TRIGGER withdrawals_are_kept_for_ever BEFORE DELETE ON withdrawals_withdrawal
    FOR EACH ROW EXECUTE FUNCTION withdrawals_refuse_change();
CREATE TRIGGER withdrawal_steps_are_never_edited BEFORE UPDATE OR DELETE ON withdrawals_withdrawalstep
    FOR EACH ROW EXECUTE FUNCTION withdrawals_refuse_change();

-- Who moved it, when and why is told with the move. At commit, because the step follows the row.
CREATE FUNCTION withdrawals_step_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM withdrawals_withdrawalstep s WHERE s.withdrawal_id = NEW.id AND s.after = NEW.state
                   AND (TG_OP = 'INSERT' OR s.before = OLD.state)) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'withdrawal %: no step tells how it became %', NEW.id, NEW.state
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
END
$$;
CREATE CONSTRAINT TRIGGER withdrawal_opens_with_a_step AFTER INSERT ON withdrawals_withdrawal
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION withdrawals_step_told();
CREATE CONSTRAINT TRIGGER withdrawal_moves_with_a_step AFTER UPDATE ON withdrawals_withdrawal
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION withdrawals_step_told();

-- Nothing is given back or ended while a payment of it is with a gateway.
CREATE FUNCTION withdrawals_nothing_at_gateway() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM withdrawals_payout p WHERE p.withdrawal_id = NEW.id
                   AND p.state IN ('sending', 'unknown', 'pending')) THEN
        RAISE EXCEPTION 'withdrawal %: a payment of it is with a gateway', NEW.id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER withdrawal_given_back_only_when_nothing_is_paid BEFORE UPDATE ON withdrawals_withdrawal
    FOR EACH ROW WHEN (OLD.state <> NEW.state AND NEW.state IN ('rejected', 'cancelled', 'expired', 'part_paid'))
    EXECUTE FUNCTION withdrawals_nothing_at_gateway();

CREATE TRIGGER payout_begins_planned BEFORE INSERT ON withdrawals_payout
    FOR EACH ROW WHEN (NEW.state <> 'planned') EXECUTE FUNCTION withdrawals_refuse_change();
CREATE TRIGGER payout_state_follows BEFORE UPDATE ON withdrawals_payout
    FOR EACH ROW WHEN (OLD.state <> NEW.state AND NOT withdrawals_payout_may_follow(OLD.state, NEW.state))
    EXECUTE FUNCTION withdrawals_refuse_change();
CREATE TRIGGER payout_keeps_its_terms BEFORE UPDATE ON withdrawals_payout
    FOR EACH ROW WHEN ((OLD.id, OLD.withdrawal_id, OLD.player_id, OLD.part, OLD.attempt, OLD.reference, OLD.hold_id,
        OLD.instrument_id, OLD.closed_loop, OLD.method, OLD.held, OLD.fee, OLD.amount, OLD.currency, OLD.margin,
        OLD.rate_id, OLD.wallet_rate_id, OLD.margin_row_id, OLD.created_at) IS DISTINCT FROM (NEW.id,
        NEW.withdrawal_id, NEW.player_id, NEW.part, NEW.attempt, NEW.reference, NEW.hold_id, NEW.instrument_id,
        NEW.closed_loop, NEW.method, NEW.held, NEW.fee, NEW.amount, NEW.currency, NEW.margin, NEW.rate_id,
        NEW.wallet_rate_id, NEW.margin_row_id, NEW.created_at))
    EXECUTE FUNCTION withdrawals_refuse_change();
-- Whoever was asked to pay stays known: another gateway is another payment.
CREATE TRIGGER payout_keeps_its_gateway BEFORE UPDATE ON withdrawals_payout
    FOR EACH ROW WHEN (OLD.state <> 'planned' AND (OLD.gateway, OLD.gateway_method)
        IS DISTINCT FROM (NEW.gateway, NEW.gateway_method))
    EXECUTE FUNCTION withdrawals_refuse_change();
CREATE TRIGGER payout_is_booked_once BEFORE UPDATE ON withdrawals_payout
    FOR EACH ROW WHEN (OLD.settled_by IS NOT NULL AND OLD.settled_by IS DISTINCT FROM NEW.settled_by
        OR OLD.returned_by IS NOT NULL AND OLD.returned_by IS DISTINCT FROM NEW.returned_by)
    EXECUTE FUNCTION withdrawals_refuse_change();
CREATE TRIGGER payouts_are_kept_for_ever BEFORE DELETE ON withdrawals_payout
    FOR EACH ROW EXECUTE FUNCTION withdrawals_refuse_change();
CREATE TRIGGER withdrawal_rules_are_never_edited BEFORE UPDATE OR DELETE ON withdrawals_rule
    FOR EACH ROW EXECUTE FUNCTION withdrawals_refuse_change();

-- The application's role may move, and add, and nothing else.
REVOKE UPDATE, DELETE, TRUNCATE ON withdrawals_withdrawal, withdrawals_withdrawalstep, withdrawals_payout,
    withdrawals_rule FROM casino_app;
GRANT UPDATE (state, checks, risk, risk_score, auto_approved, taken_by, reason, state_since, approved_at, ended_at)
    ON withdrawals_withdrawal TO casino_app;
GRANT UPDATE (state, gateway, gateway_method, gateway_reference, stop_codes, code, text, sent_at, asked_at, ended_at,
    settled_by, returned_by) ON withdrawals_payout TO casino_app;
