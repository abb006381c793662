CREATE TRIGGER write_offs_are_never_edited BEFORE UPDATE OR DELETE ON settlements_writeoff
    FOR EACH ROW EXECUTE FUNCTION settlements_keep();
REVOKE UPDATE, DELETE, TRUNCATE ON settlements_writeoff FROM casino_app;

-- It books the break's amount out of clearing, or back, and nothing else.
CREATE FUNCTION settlements_write_off_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM settlements_break b
        WHERE b.id = NEW.of_id AND b.amount * CASE WHEN NEW.undoes_id IS NULL THEN -1 ELSE 1 END = (
            SELECT sum(e.amount) FROM wallet_entry e JOIN wallet_account a ON a.id = e.account_id
            WHERE e.transaction_id = NEW.transaction_id AND a.kind = 'payment_clearing' AND a.scope = b.gateway
              AND a.currency = b.currency)) THEN
        RAISE EXCEPTION 'the ledger booked something else'
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER write_off_is_what_was_booked BEFORE INSERT ON settlements_writeoff
    FOR EACH ROW EXECUTE FUNCTION settlements_write_off_fits();
