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
REVOKE INSERT ON wallet_transaction, wallet_recordedanswer FROM casino_app;
GRANT INSERT (id, kind, player_id, provider_id, actor, reference, original_id, fx_rate_id, occurred_at, booked_at)
    ON wallet_transaction TO casino_app;
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
CREATE TRIGGER balance_moves_only_by_entries BEFORE UPDATE OF balance, version ON wallet_account
    FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION wallet_refuse_account();

-- 4. Entries: balanced, in their account's currency, booked with their transaction, in unbroken history.
--    This trigger is the only writer of balances; it owns the right that the application lacks.
--    Rows are looked up one by one: a join would be planned while the tables are small and scan them later.
CREATE FUNCTION wallet_entries_book() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS $$
DECLARE
    e record;
    v_transaction uuid;
    v_currency text;
    v_sum numeric := 0;
    v_mixed boolean := false;
    v_broken uuid;
    v_kind text;
BEGIN
    IF TG_RELID <> 'public.wallet_entry'::regclass THEN
        RAISE EXCEPTION 'wallet_entries_book serves wallet_entry alone' USING ERRCODE = 'insufficient_privilege',
            CONSTRAINT = 'entries_book', TABLE = TG_TABLE_NAME;
    END IF;
    FOR e IN SELECT * FROM booked LOOP
        IF v_transaction IS DISTINCT FROM e.transaction_id THEN
            PERFORM 1 FROM wallet_transaction t WHERE t.id = e.transaction_id AND t.commit_order = commit_order();
            IF NOT FOUND THEN
                RAISE EXCEPTION 'transaction %: entries are booked with their transaction or not at all',
                    e.transaction_id USING ERRCODE = 'check_violation',
                    CONSTRAINT = 'entries_booked_with_their_transaction', TABLE = 'wallet_entry';
            END IF;
            v_mixed := v_mixed OR v_transaction IS NOT NULL;
            v_transaction := e.transaction_id;
        END IF;
        IF e.amount = 0 THEN
            RAISE EXCEPTION 'transaction %, line %: an entry moves money', e.transaction_id, e.line
                USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_moves_money', TABLE = 'wallet_entry';
        END IF;
        v_mixed := v_mixed OR coalesce(v_currency <> e.currency, false);
        v_currency := e.currency;
        v_sum := v_sum + e.amount;
        IF e.account_version IS NULL THEN
            PERFORM 1 FROM wallet_account a
                WHERE a.id = e.account_id AND a.currency = e.currency AND a.balance IS NULL;
        ELSE
            UPDATE wallet_account a SET balance = e.balance_after, version = e.account_version
                WHERE a.id = e.account_id AND a.currency = e.currency AND a.version + 1 = e.account_version
                      AND a.balance + e.amount = e.balance_after
                RETURNING a.kind INTO v_kind;
        END IF;
        IF NOT FOUND OR (e.balance_after IS NULL) <> (e.account_version IS NULL) THEN
            PERFORM wallet_entry_explain(e.transaction_id, e.line, e.account_id, e.currency, e.balance_after,
                                         e.account_version);
        END IF;
        IF e.balance_after < 0 AND v_kind <> 'player_receivable' THEN
            RAISE EXCEPTION 'account %: a player''s balance would fall to %', e.account_id, e.balance_after
                USING ERRCODE = 'check_violation', CONSTRAINT = 'player_balance_never_negative',
                      TABLE = 'wallet_account';
        ELSIF e.balance_after > 0 AND v_kind = 'player_receivable' THEN
            RAISE EXCEPTION 'account %: a receivable would rise to %', e.account_id, e.balance_after
                USING ERRCODE = 'check_violation', CONSTRAINT = 'receivable_never_positive',
                      TABLE = 'wallet_account';
        END IF;
    END LOOP;
    IF NOT v_mixed AND v_sum <> 0 THEN
        v_broken := v_transaction;
    ELSIF v_mixed THEN
        SELECT b.transaction_id INTO v_broken FROM booked b
            GROUP BY b.transaction_id, b.currency HAVING sum(b.amount) <> 0 LIMIT 1;
    END IF;
    IF v_broken IS NOT NULL THEN
        RAISE EXCEPTION 'transaction %: amounts do not sum to zero per currency', v_broken
            USING ERRCODE = 'check_violation', CONSTRAINT = 'transaction_balanced', TABLE = 'wallet_entry';
    END IF;
    RETURN NULL;
END
$$;

-- Names the promise that an entry breaks; called only when one does.
CREATE FUNCTION wallet_entry_explain(
    p_transaction uuid, p_line integer, p_account bigint, p_currency text, p_balance numeric, p_version bigint
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    a record;
BEGIN
    SELECT * INTO a FROM wallet_account w WHERE w.id = p_account;
    IF a.currency IS DISTINCT FROM p_currency THEN
        RAISE EXCEPTION 'transaction %, line %: the account is in %, the entry in %',
            p_transaction, p_line, a.currency, p_currency USING ERRCODE = 'check_violation',
            CONSTRAINT = 'entry_in_its_accounts_currency', TABLE = 'wallet_entry';
    ELSIF a.balance IS NULL THEN
        RAISE EXCEPTION 'transaction %, line %: a house account keeps no balance', p_transaction, p_line
            USING ERRCODE = 'check_violation', CONSTRAINT = 'house_entry_tells_no_balance', TABLE = 'wallet_entry';
    END IF;
    RAISE EXCEPTION 'transaction %, line %: version % with balance % does not follow version % with balance %',
        p_transaction, p_line, p_version, p_balance, a.version, a.balance USING ERRCODE = 'check_violation',
        CONSTRAINT = 'history_without_gap', TABLE = 'wallet_entry';
END
$$;
-- Nobody else may hang it on a table of his own: it writes balances with its owner's right.
REVOKE EXECUTE ON FUNCTION wallet_entries_book() FROM PUBLIC;
CREATE TRIGGER entries_book AFTER INSERT ON wallet_entry
    REFERENCING NEW TABLE AS booked FOR EACH STATEMENT EXECUTE FUNCTION wallet_entries_book();

-- 5. A transaction is of a known kind and has entries: written by the same statement (wallet_post).
CREATE FUNCTION wallet_transaction_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.kind NOT IN ('bet', 'win', 'rollback', 'jackpot_win', 'deposit', 'chargeback', 'hold', 'hold_release',
                        'withdrawal', 'adjustment', 'bonus_grant', 'bonus_conversion', 'bonus_forfeit', 'conversion',
                        'jackpot_seed') THEN
        RAISE EXCEPTION 'transaction %: no such kind: %', NEW.id, NEW.kind USING ERRCODE = 'check_violation',
            CONSTRAINT = 'transaction_kind_known', TABLE = 'wallet_transaction';
    END IF;
    PERFORM 1 FROM wallet_entry e WHERE e.transaction_id = NEW.id AND e.line = 1;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'transaction % has no entries', NEW.id USING ERRCODE = 'check_violation',
            CONSTRAINT = 'transaction_has_entries', TABLE = 'wallet_transaction';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER transaction_has_entries AFTER INSERT ON wallet_transaction
    FOR EACH ROW EXECUTE FUNCTION wallet_transaction_check();

-- 6. A hold keeps what it was placed for, and ends once.
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

-- 7. Hot rows are updated in place (HOT) and vacuumed early.
ALTER TABLE wallet_account SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);
