-- Every promise of the ledger that the database keeps by itself (docs/guards.md). Each refusal names its promise.

-- 1. History is append-only. Hand-written triggers: no session setting switches them off.
CREATE FUNCTION wallet_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
END
$$;
CREATE TRIGGER transactions_are_never_edited BEFORE UPDATE OR DELETE ON wallet_transaction
    FOR EACH ROW EXECUTE FUNCTION wallet_refuse_change();
CREATE TRIGGER entries_are_never_edited BEFORE UPDATE OR DELETE ON wallet_entry
    FOR EACH ROW EXECUTE FUNCTION wallet_refuse_change();
CREATE TRIGGER answers_are_never_edited BEFORE UPDATE OR DELETE ON wallet_recordedanswer
    FOR EACH ROW EXECUTE FUNCTION wallet_refuse_change();
CREATE TRIGGER seals_are_never_edited BEFORE UPDATE OR DELETE ON wallet_seal
    FOR EACH ROW EXECUTE FUNCTION wallet_refuse_change();
CREATE TRIGGER house_balances_are_never_edited BEFORE UPDATE OR DELETE ON wallet_housebalance
    FOR EACH ROW EXECUTE FUNCTION wallet_refuse_change();
CREATE TRIGGER rates_are_never_edited BEFORE UPDATE OR DELETE ON wallet_fxrate
    FOR EACH ROW EXECUTE FUNCTION wallet_refuse_change();
CREATE TRIGGER accounts_are_kept_for_ever BEFORE DELETE ON wallet_account
    FOR EACH ROW EXECUTE FUNCTION wallet_refuse_change();
CREATE TRIGGER holds_are_kept_for_ever BEFORE DELETE ON wallet_hold
    FOR EACH ROW EXECUTE FUNCTION wallet_refuse_change();

-- 2. The application's role may only add to history, and may not touch a balance. TRUNCATE was never granted.
REVOKE UPDATE, DELETE, TRUNCATE ON wallet_transaction, wallet_entry, wallet_recordedanswer, wallet_seal,
    wallet_housebalance, wallet_fxrate FROM casino_app;
-- The place in the commit order is the database's to give: a made-up one would stand beyond, or inside, a seal.
REVOKE INSERT ON wallet_recordedanswer FROM casino_app;
GRANT INSERT (provider_id, provider_transaction_id, call, outcome, fingerprint, player_id, amount, currency,
              round_reference, transaction_id, status, body, recorded_at)
    ON wallet_recordedanswer TO casino_app;
REVOKE UPDATE, DELETE, TRUNCATE ON wallet_account FROM casino_app;
GRANT UPDATE (closed_at) ON wallet_account TO casino_app;
REVOKE UPDATE, DELETE, TRUNCATE ON wallet_hold FROM casino_app;
GRANT UPDATE (state, ended_by_id) ON wallet_hold TO casino_app;

-- 3. An account opens empty, keeps its identity, and its balance moves by entries alone.
CREATE FUNCTION wallet_refuse_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'account %: %', NEW.id, replace(TG_NAME, '_', ' ')
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
END
$$;
CREATE TRIGGER account_kind_known BEFORE INSERT ON wallet_account
    FOR EACH ROW WHEN (NEW.kind NOT IN ('player_real', 'player_bonus', 'player_hold', 'player_receivable', 'gaming',
                                        'bonus_cost', 'jackpot_pool', 'jackpot_funding', 'payment_clearing',
                                        'adjustment', 'fx', 'fx_margin'))
    EXECUTE FUNCTION wallet_refuse_account();
CREATE TRIGGER only_player_accounts_keep_a_balance BEFORE INSERT ON wallet_account
    FOR EACH ROW WHEN ((NEW.kind LIKE 'player%') <> (NEW.player_id IS NOT NULL)
                       OR (NEW.player_id IS NULL) <> (NEW.balance IS NULL))
    EXECUTE FUNCTION wallet_refuse_account();
CREATE TRIGGER account_opens_empty BEFORE INSERT ON wallet_account
    FOR EACH ROW WHEN (NEW.balance <> 0 OR NEW.version <> 0) EXECUTE FUNCTION wallet_refuse_account();
-- Column triggers, because a WHEN condition is read and prepared anew by every statement that updates the table.
CREATE TRIGGER account_keeps_its_identity BEFORE UPDATE OF kind, scope, currency, player_id, opened_at ON wallet_account
    FOR EACH ROW EXECUTE FUNCTION wallet_refuse_account();

-- 4. Transactions and entries have one door, wallet_post (0003), which checks and books both and moves the balances.
--    The application has no other right; the tables' owner is stopped here when he tries without it.
REVOKE INSERT ON wallet_entry, wallet_transaction FROM casino_app;
CREATE FUNCTION wallet_refuse_side_door() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('wallet.door', true) IS DISTINCT FROM 'wallet_post' THEN
        RAISE EXCEPTION '%: rows are booked by wallet_post alone', TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER entries_booked_with_their_transaction BEFORE INSERT ON wallet_entry
    FOR EACH STATEMENT EXECUTE FUNCTION wallet_refuse_side_door();
CREATE TRIGGER balance_moves_only_by_entries BEFORE UPDATE OF balance, version ON wallet_account
    FOR EACH STATEMENT EXECUTE FUNCTION wallet_refuse_side_door();

-- 5. A hold keeps what it was placed for, and ends once.
CREATE FUNCTION wallet_hold_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.account_id, OLD.amount, OLD.reason, OLD.placed_by_id)
        IS DISTINCT FROM (NEW.account_id, NEW.amount, NEW.reason, NEW.placed_by_id) OR OLD.state <> 'open' THEN
        RAISE EXCEPTION 'hold %: it keeps its content and ends once', OLD.id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'hold_ends_once', TABLE = 'wallet_hold';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER hold_ends_once BEFORE UPDATE ON wallet_hold
    FOR EACH ROW EXECUTE FUNCTION wallet_hold_check();

-- 6. Hot rows are updated in place (HOT) and vacuumed early.
ALTER TABLE wallet_account SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);
