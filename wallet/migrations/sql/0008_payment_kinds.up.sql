-- The cashier's and the transfer wallet's kinds of transactions; booked at a moment, which infinity is none.
-- The one door to the ledger: books a transaction with its entries, checks every promise about them, moves the balances.
-- Callers are wallet/services and play_book (casino.play). It owns the rights that the application lacks.
CREATE OR REPLACE FUNCTION wallet_post(
    p_id uuid, p_kind text, p_player_id bigint, p_provider_id bigint, p_actor text, p_reference text,
    p_original_id uuid, p_fx_rate_id bigint, p_occurred_at timestamptz, p_booked_at timestamptz,
    p_accounts bigint[], p_currencies text[], p_amounts numeric[], p_bases numeric[], p_balances numeric[],
    p_versions bigint[]
) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
    -- A plan made while a table is small would read the whole of it later.
    SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off SET wallet.door = 'wallet_post' AS $$
DECLARE
    v_lines CONSTANT integer := coalesce(cardinality(p_accounts), 0);
    v_shape CONSTANT text := '[1:' || v_lines || ']';
    v_sum numeric := 0;
    v_base_sum numeric := 0;
    v_kind text;
    v_amount numeric(38, 18);
    v_base numeric(38, 18);
    v_balance numeric(38, 18);
    v_found boolean;
BEGIN
    IF p_kind NOT IN ('bet', 'win', 'rollback', 'jackpot_win', 'deposit', 'chargeback', 'hold', 'hold_release',
                      'withdrawal', 'adjustment', 'bonus_grant', 'bonus_conversion', 'bonus_forfeit', 'conversion',
                      'jackpot_seed', 'chargeback_reversal', 'suspense', 'refund', 'refund_return', 'settlement',
                      'withdrawal_return', 'transfer_out', 'transfer_in') THEN
        RAISE EXCEPTION 'transaction %: no such kind: %', p_id, p_kind USING ERRCODE = 'check_violation',
            CONSTRAINT = 'transaction_kind_known', TABLE = 'wallet_transaction';
    ELSIF (isfinite(p_booked_at) AND isfinite(coalesce(p_occurred_at, p_booked_at))) IS NOT TRUE THEN
        RAISE EXCEPTION 'transaction %: no moment: %, %', p_id, p_booked_at, p_occurred_at
            USING ERRCODE = 'check_violation', CONSTRAINT = 'transaction_at_a_moment', TABLE = 'wallet_transaction';
    ELSIF v_lines = 0 THEN
        RAISE EXCEPTION 'transaction % has no entries', p_id USING ERRCODE = 'check_violation',
            CONSTRAINT = 'transaction_has_entries', TABLE = 'wallet_transaction';
    ELSIF (v_shape = ALL (ARRAY[array_dims(p_accounts), array_dims(p_currencies), array_dims(p_amounts),
                                array_dims(p_bases), array_dims(p_balances), array_dims(p_versions)])) IS NOT TRUE THEN
        RAISE EXCEPTION 'transaction %: its % entries are not told in full', p_id, v_lines
            USING ERRCODE = 'check_violation', CONSTRAINT = 'entries_told_in_full', TABLE = 'wallet_entry';
    END IF;
    FOR i IN 1 .. v_lines LOOP
        v_amount := p_amounts[i];
        v_base := p_bases[i];
        IF v_amount = 0 THEN
            RAISE EXCEPTION 'transaction %, line %: an entry moves money', p_id, i
                USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_moves_money', TABLE = 'wallet_entry';
        END IF;
        v_balance := p_balances[i];
        IF p_versions[i] IS NULL THEN
            PERFORM 1 FROM wallet_account a
                WHERE a.id = p_accounts[i] AND a.currency = p_currencies[i] AND a.balance IS NULL;
            v_found := FOUND AND v_balance IS NULL;
        ELSE
            UPDATE wallet_account a SET balance = v_balance, version = p_versions[i]
                WHERE a.id = p_accounts[i] AND a.currency = p_currencies[i] AND a.version + 1 = p_versions[i]
                      AND a.balance + v_amount = v_balance
                RETURNING a.kind INTO v_kind;
            v_found := FOUND;
            IF v_balance < 0 AND v_kind <> 'player_receivable' THEN
                RAISE EXCEPTION 'account %: a player''s balance would fall to %', p_accounts[i], v_balance
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'player_balance_never_negative',
                          TABLE = 'wallet_account';
            ELSIF v_balance > 0 AND v_kind = 'player_receivable' THEN
                RAISE EXCEPTION 'account %: a receivable would rise to %', p_accounts[i], v_balance
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'receivable_never_positive',
                          TABLE = 'wallet_account';
            END IF;
        END IF;
        IF NOT v_found THEN
            PERFORM wallet_entry_explain(p_id, i, p_accounts[i], p_currencies[i], v_balance, p_versions[i]);
        END IF;
        v_sum := v_sum + v_amount;
        v_base_sum := v_base_sum + v_base;
    END LOOP;
    IF v_sum IS DISTINCT FROM 0 OR p_currencies[1] <> ANY (p_currencies) THEN
        PERFORM wallet_balanced_check(p_id, p_currencies, p_amounts);
    END IF;
    IF v_base_sum IS DISTINCT FROM 0 THEN
        RAISE EXCEPTION 'transaction %: base amounts sum to %', p_id, v_base_sum USING ERRCODE = 'check_violation',
            CONSTRAINT = 'transaction_balanced_in_base', TABLE = 'wallet_entry';
    END IF;
    WITH booked AS (
        INSERT INTO wallet_transaction (id, kind, player_id, provider_id, actor, reference, original_id, fx_rate_id,
                                        occurred_at, booked_at)
        VALUES (p_id, p_kind, p_player_id, p_provider_id, p_actor, p_reference, p_original_id, p_fx_rate_id,
                p_occurred_at, p_booked_at)
    )
    INSERT INTO wallet_entry (transaction_id, line, account_id, currency, amount, base_amount, balance_after,
                              account_version, booked_at)
    SELECT p_id, e.line, e.account_id, e.currency, e.amount, e.base, e.balance, e.version, p_booked_at
    FROM unnest(p_accounts, p_currencies, p_amounts, p_bases, p_balances, p_versions)
         WITH ORDINALITY AS e (account_id, currency, amount, base, balance, version, line);
    RETURN true;
END
$$;
