-- The two ways into the vault. Callers are wallet/services and the booking function of casino.play.

-- Books one transaction with its entries, in one statement: the triggers of both tables fire at its end and see both.
CREATE FUNCTION wallet_post(
    p_id uuid, p_kind text, p_player_id bigint, p_provider_id bigint, p_actor text, p_reference text,
    p_original_id uuid, p_fx_rate_id bigint, p_occurred_at timestamptz, p_booked_at timestamptz,
    p_accounts bigint[], p_currencies text[], p_amounts numeric[], p_bases numeric[], p_balances numeric[],
    p_versions bigint[]
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
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
END
$$;
