CREATE FUNCTION reconciliation_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%: % refused: %', TG_TABLE_NAME, TG_OP, replace(TG_NAME, '_', ' ')
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
END
$$;
CREATE TRIGGER statement_parts_are_never_edited BEFORE UPDATE OR DELETE ON reconciliation_statementpart
    FOR EACH ROW EXECUTE FUNCTION reconciliation_keep();
CREATE TRIGGER statement_lines_are_never_edited BEFORE UPDATE OR DELETE ON reconciliation_line
    FOR EACH ROW EXECUTE FUNCTION reconciliation_keep();
CREATE TRIGGER statement_faults_are_never_edited BEFORE UPDATE OR DELETE ON reconciliation_fault
    FOR EACH ROW EXECUTE FUNCTION reconciliation_keep();
CREATE TRIGGER results_are_never_edited BEFORE UPDATE OR DELETE ON reconciliation_result
    FOR EACH ROW EXECUTE FUNCTION reconciliation_keep();
CREATE TRIGGER round_results_are_never_edited BEFORE UPDATE OR DELETE ON reconciliation_roundresult
    FOR EACH ROW EXECUTE FUNCTION reconciliation_keep();
CREATE TRIGGER tallies_are_never_edited BEFORE UPDATE OR DELETE ON reconciliation_tally
    FOR EACH ROW EXECUTE FUNCTION reconciliation_keep();
CREATE TRIGGER break_steps_are_never_edited BEFORE UPDATE OR DELETE ON reconciliation_breakstep
    FOR EACH ROW EXECUTE FUNCTION reconciliation_keep();
CREATE TRIGGER corrections_are_never_edited BEFORE UPDATE OR DELETE ON reconciliation_correction
    FOR EACH ROW EXECUTE FUNCTION reconciliation_keep();
CREATE TRIGGER statements_are_kept_for_ever BEFORE DELETE ON reconciliation_statement
    FOR EACH ROW EXECUTE FUNCTION reconciliation_keep();
-- A statement is read once; what it is never changes.
CREATE TRIGGER statement_is_read_once BEFORE UPDATE ON reconciliation_statement
    FOR EACH ROW WHEN (OLD.state <> 'received' OR (OLD.provider_id, OLD.format, OLD.origin, OLD.name, OLD.sha256,
        OLD.size, OLD.time_zone, OLD.day, OLD.received_at, OLD.received_by) IS DISTINCT FROM
        (NEW.provider_id, NEW.format, NEW.origin, NEW.name, NEW.sha256, NEW.size, NEW.time_zone, NEW.day,
        NEW.received_at, NEW.received_by))
    EXECUTE FUNCTION reconciliation_keep();
REVOKE UPDATE, DELETE, TRUNCATE ON reconciliation_statementpart, reconciliation_line, reconciliation_fault,
    reconciliation_result, reconciliation_roundresult, reconciliation_tally, reconciliation_breakstep,
    reconciliation_correction FROM casino_app;
REVOKE DELETE, TRUNCATE ON reconciliation_statement, reconciliation_break, reconciliation_statementsource
    FROM casino_app;

-- The table of casino/reconciliation/states.py; a test compares both.
CREATE FUNCTION reconciliation_may_follow(p_now text, p_then text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT p_then = ANY (CASE p_now
        WHEN 'open' THEN ARRAY['explained', 'corrected', 'written_off', 'closed']
        WHEN 'explained' THEN ARRAY['open', 'corrected', 'written_off', 'closed']
        WHEN 'corrected' THEN ARRAY['closed']
        WHEN 'written_off' THEN ARRAY['open', 'closed']
        WHEN 'closed' THEN ARRAY['open']
        ELSE ARRAY[]::text[] END)
$$;
CREATE TRIGGER provider_breaks_are_kept_for_ever BEFORE DELETE ON reconciliation_break
    FOR EACH ROW EXECUTE FUNCTION reconciliation_keep();
CREATE TRIGGER provider_break_begins_open BEFORE INSERT ON reconciliation_break
    FOR EACH ROW WHEN (NEW.state NOT IN ('open', 'explained')) EXECUTE FUNCTION reconciliation_keep();
CREATE TRIGGER provider_break_follows_its_states BEFORE UPDATE ON reconciliation_break
    FOR EACH ROW WHEN (OLD.state <> NEW.state AND NOT reconciliation_may_follow(OLD.state, NEW.state))
    EXECUTE FUNCTION reconciliation_keep();
CREATE TRIGGER provider_break_keeps_its_content BEFORE UPDATE ON reconciliation_break
    FOR EACH ROW WHEN ((OLD.provider_id, OLD.kind, OLD.told_as, OLD.statement_id, OLD.line_id, OLD.leg, OLD.player_id,
        OLD.transaction_id, OLD.round_reference, OLD.currency, OLD.theirs, OLD.ours, OLD.amount, OLD.cause, OLD.since,
        OLD.opened_at) IS DISTINCT FROM (NEW.provider_id, NEW.kind, NEW.told_as, NEW.statement_id, NEW.line_id, NEW.leg,
        NEW.player_id, NEW.transaction_id, NEW.round_reference, NEW.currency, NEW.theirs, NEW.ours, NEW.amount,
        NEW.cause, NEW.since, NEW.opened_at))
    EXECUTE FUNCTION reconciliation_keep();

-- Nobody calls a break corrected without the booking that corrects it.
CREATE FUNCTION reconciliation_corrected() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM reconciliation_correction c JOIN play_leg g ON g.id = c.transaction
                   WHERE c.break_row_id = NEW.id)
       AND NOT EXISTS (SELECT 1 FROM reconciliation_correction c JOIN wallet_transaction t ON t.id = c.transaction
                       WHERE c.break_row_id = NEW.id) THEN
        RAISE EXCEPTION 'break %: no booking corrects it', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER corrected_by_a_booking BEFORE UPDATE ON reconciliation_break
    FOR EACH ROW WHEN (NEW.state = 'corrected' AND OLD.state <> 'corrected') EXECUTE FUNCTION reconciliation_corrected();
