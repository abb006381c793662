CREATE FUNCTION settlements_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
END
$$;
CREATE TRIGGER settlement_files_are_never_edited BEFORE UPDATE OR DELETE ON settlements_settlementfile
    FOR EACH ROW EXECUTE FUNCTION settlements_keep();
CREATE TRIGGER settlement_totals_are_never_edited BEFORE UPDATE OR DELETE ON settlements_settlementtotal
    FOR EACH ROW EXECUTE FUNCTION settlements_keep();
CREATE TRIGGER settlement_lines_are_never_edited BEFORE UPDATE OR DELETE ON settlements_settlementline
    FOR EACH ROW EXECUTE FUNCTION settlements_keep();
CREATE TRIGGER movements_are_never_edited BEFORE UPDATE OR DELETE ON settlements_movement
    FOR EACH ROW EXECUTE FUNCTION settlements_keep();
CREATE TRIGGER matches_are_never_edited BEFORE UPDATE OR DELETE ON settlements_match
    FOR EACH ROW EXECUTE FUNCTION settlements_keep();
REVOKE UPDATE, DELETE, TRUNCATE ON settlements_settlementfile, settlements_settlementtotal,
    settlements_settlementline, settlements_movement, settlements_match FROM casino_app;

-- A gateway owes what the ledger booked, and nobody writes another figure.
CREATE FUNCTION settlements_movement_booked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.amount IS DISTINCT FROM (
        SELECT -sum(e.amount) FROM wallet_entry e JOIN wallet_account a ON a.id = e.account_id
        WHERE e.transaction_id = NEW.transaction_id AND a.kind = 'payment_clearing' AND a.scope = NEW.gateway
          AND a.currency = NEW.currency) THEN
        RAISE EXCEPTION 'the ledger booked something else'
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER movement_is_what_was_booked BEFORE INSERT ON settlements_movement
    FOR EACH ROW EXECUTE FUNCTION settlements_movement_booked();

-- A line settles a movement of its own gateway and currency, and the difference is the difference.
CREATE FUNCTION settlements_match_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM settlements_settlementline l, settlements_movement m
        WHERE l.id = NEW.line_id AND m.id = NEW.movement_id AND l.gateway = m.gateway AND l.currency = m.currency
          AND NEW.difference = l.gross - m.amount) THEN
        RAISE EXCEPTION 'line and movement do not fit'
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER match_tells_the_difference BEFORE INSERT ON settlements_match
    FOR EACH ROW EXECUTE FUNCTION settlements_match_fits();

-- The table of casino/settlements/states.py; a test compares both.
CREATE FUNCTION settlements_break_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'breaks are kept for ever'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'breaks_are_kept_for_ever', TABLE = TG_TABLE_NAME;
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'open' THEN
            RAISE EXCEPTION 'a break begins open'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'break_follows_its_states', TABLE = TG_TABLE_NAME;
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.kind, NEW.gateway, NEW.currency, NEW.amount, NEW.line_id, NEW.movement_id, NEW.since, NEW.opened_at)
        IS DISTINCT FROM
       (OLD.kind, OLD.gateway, OLD.currency, OLD.amount, OLD.line_id, OLD.movement_id, OLD.since, OLD.opened_at) THEN
        RAISE EXCEPTION 'a break keeps what it is about'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'break_keeps_its_content', TABLE = TG_TABLE_NAME;
    END IF;
    IF OLD.state || '>' || NEW.state NOT IN (
        'open>explained', 'open>closed', 'open>settled', 'explained>closed', 'explained>settled', 'explained>open',
        'closed>open', 'closed>settled') THEN
        RAISE EXCEPTION '% does not follow %', NEW.state, OLD.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'break_follows_its_states', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER break_follows_its_states BEFORE INSERT OR UPDATE OR DELETE ON settlements_break
    FOR EACH ROW EXECUTE FUNCTION settlements_break_follows();
REVOKE DELETE, TRUNCATE ON settlements_break, settlements_gatheredto FROM casino_app;

-- Read on, never back: what was passed would be gathered a second time.
CREATE FUNCTION settlements_read_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.commit_order < OLD.commit_order THEN
        RAISE EXCEPTION 'reading goes forward'
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER ledger_is_read_forward BEFORE UPDATE ON settlements_gatheredto
    FOR EACH ROW EXECUTE FUNCTION settlements_read_on();
