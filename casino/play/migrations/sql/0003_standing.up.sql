-- play_situation reads the gate's standing by its key, instead of the player's row, the brand's and restrictions.
DROP FUNCTION play_situation(bigint, text, text, text, text, text, text, timestamptz);
DROP TYPE play_situation;

CREATE TYPE play_situation AS (
    -- the recorded answer of this transaction id, if any
    answer_outcome text, answer_fingerprint bytea, answer_status smallint, answer_body bytea,
    -- the player and the wallet
    player_id bigint, player_currency text, player_is_test boolean,
    -- what conditions bets: null nothing, 'stale' to be worked out anew, else JSON; and the limits that bear on them
    terms text, limits text,
    real_id bigint, real_balance numeric, real_version bigint,
    bonus_id bigint, bonus_balance numeric, bonus_version bigint,
    receivable_id bigint, receivable_balance numeric, receivable_version bigint,
    -- the session, the game and its provider
    session_id bigint, session_player_id bigint, session_authenticated_at timestamptz, session_last_seen_at timestamptz,
    session_ended_at timestamptz, session_mode text,
    game_id bigint, game_enabled boolean, game_real_enabled boolean, game_blocked_country text,
    game_blocked_brand bigint, game_category text, game_min_stake numeric, game_max_stake numeric, stopped text,
    provider_min_stake numeric, provider_max_stake numeric,
    -- the round
    round_id bigint, round_state text, round_fx_rate_id bigint, round_live_bets integer,
    round_live_wins integer, round_dead_bets integer,
    -- the other leg that the call names: a win's bet or a rollback's original
    other_outcome text, other_call text, other_player_id bigint, other_leg_id uuid, other_round_id bigint,
    other_round_reference text, other_real numeric, other_bonus numeric, other_contribution numeric,
    other_fx_rate_id bigint, other_reversed_by uuid, other_game_id bigint, other_live_wins integer,
    other_win_kind text, other_round_state text, other_booked_at timestamptz,
    -- the first live bet of the round: whose split and rate a win uses when it names no bet
    bet_leg_id uuid, bet_real numeric, bet_bonus numeric, bet_fx_rate_id bigint
);

CREATE FUNCTION play_situation(
    p_provider_id bigint, p_transaction_id text, p_player text, p_session text, p_game text, p_round text,
    p_other text, p_now timestamptz
) RETURNS play_situation LANGUAGE plpgsql
    -- A plan made while a table is small would read the whole of it later.
    SET enable_seqscan = off AS $$
DECLARE
    s play_situation;
    a record;
    v_country text;
    v_brand_id bigint;
    v_stops boolean;
BEGIN
    -- The lock comes first and alone: every later statement sees what was committed while this one waited. It locks
    -- the real money's row, as every writer of a wallet does first (wallet/locks.py); the others are read under it.
    SELECT w.player_id, w.currency, w.id, w.balance, w.version
        INTO s.player_id, s.player_currency, s.real_id, s.real_balance, s.real_version
        FROM players_player p JOIN wallet_account w ON w.player_id = p.id AND w.currency = p.currency
        WHERE p.public_id = p_player AND w.kind = 'player_real' AND w.scope = ''
        FOR NO KEY UPDATE OF w;
    FOR a IN SELECT w.id, w.kind, w.balance, w.version FROM wallet_account w
             WHERE w.player_id = s.player_id AND w.kind IN ('player_bonus', 'player_receivable')
                   AND w.currency = s.player_currency AND w.scope = ''
    LOOP
        IF a.kind = 'player_bonus' THEN
            s.bonus_id := a.id; s.bonus_balance := a.balance; s.bonus_version := a.version;
        ELSE
            s.receivable_id := a.id; s.receivable_balance := a.balance; s.receivable_version := a.version;
        END IF;
    END LOOP;

    SELECT r.outcome, r.fingerprint, r.status, r.body
        INTO s.answer_outcome, s.answer_fingerprint, s.answer_status, s.answer_body
        FROM wallet_recordedanswer r
        WHERE r.provider_id = p_provider_id AND r.provider_transaction_id = p_transaction_id;
    IF FOUND OR s.player_id IS NULL THEN
        RETURN s;
    END IF;

    -- The standing was worked out before; what changed one of its facts has emptied valid_until (docs/gate.md).
    SELECT t.country, t.brand_id, t.is_test, CASE WHEN t.valid_until > p_now THEN t.terms::text ELSE 'stale' END,
           g.id, g.player_id, g.authenticated_at, g.last_seen_at, g.ended_at, g.mode
        INTO v_country, v_brand_id, s.player_is_test, s.terms,
             s.session_id, s.session_player_id, s.session_authenticated_at, s.session_last_seen_at,
             s.session_ended_at, s.session_mode
        FROM gate_standing t
        LEFT JOIN play_gamesession g ON g.public_id = p_session AND g.provider_id = p_provider_id
        WHERE t.player_id = s.player_id;
    IF s.terms = 'stale' OR strpos(s.terms, '"limits"') > 0 THEN
        s.limits := limits_of_bet(s.player_id, p_now);
    END IF;

    IF p_game IS NOT NULL THEN
        SELECT g.id, g.enabled AND v.enabled, g.real_enabled,
               CASE WHEN v_country = ANY (g.blocked_countries) THEN v_country END,
               CASE WHEN v_brand_id = ANY (g.blocked_brands) THEN v_brand_id END,
               CASE WHEN s.terms IS NOT NULL THEN g.category END, g.min_stake, g.max_stake, v.min_stake, v.max_stake,
               EXISTS (SELECT 1 FROM games_stop x WHERE x.ended_at IS NULL)
            INTO s.game_id, s.game_enabled, s.game_real_enabled, s.game_blocked_country, s.game_blocked_brand,
                 s.game_category, s.game_min_stake, s.game_max_stake, s.provider_min_stake, s.provider_max_stake, v_stops
            FROM games_game g JOIN games_provider v ON v.id = g.provider_id
            WHERE g.provider_id = p_provider_id AND g.code = p_game;
        IF v_stops THEN
            SELECT x.scope INTO s.stopped FROM games_stop x
                WHERE x.ended_at IS NULL AND (x.scope = 'all' OR x.provider_id = p_provider_id
                                              OR x.game_id = s.game_id OR x.player_id = s.player_id)
                ORDER BY array_position(ARRAY['all', 'provider', 'game', 'player'], x.scope::text) LIMIT 1;
        END IF;
    END IF;

    IF p_round IS NOT NULL THEN
        SELECT r.id, r.state, r.fx_rate_id, r.live_bets, r.live_wins, r.dead_bets
            INTO s.round_id, s.round_state, s.round_fx_rate_id, s.round_live_bets,
                 s.round_live_wins, s.round_dead_bets
            FROM play_round r
            WHERE r.provider_id = p_provider_id AND r.player_id = s.player_id AND r.reference = p_round;
    END IF;

    IF p_other IS NOT NULL THEN
        SELECT r.outcome, r.call, r.player_id, r.transaction_id
            INTO s.other_outcome, s.other_call, s.other_player_id, s.other_leg_id
            FROM wallet_recordedanswer r
            WHERE r.provider_id = p_provider_id AND r.provider_transaction_id = p_other;
        IF s.other_leg_id IS NOT NULL THEN
            SELECT l.round_id, l.real, l.bonus, l.contribution, l.fx_rate_id, l.reversed_by_id, l.game_id, l.win_kind,
                   (SELECT count(*) FROM play_leg x WHERE x.round_id = l.round_id AND x.kind IN ('win', 'jackpot')
                       AND x.win_kind <> 'promo' AND x.reversed_by_id IS NULL), r.state, r.reference,
                   l.booked_at
                INTO s.other_round_id, s.other_real, s.other_bonus, s.other_contribution, s.other_fx_rate_id,
                     s.other_reversed_by, s.other_game_id, s.other_win_kind, s.other_live_wins, s.other_round_state,
                     s.other_round_reference, s.other_booked_at
                FROM play_leg l LEFT JOIN play_round r ON r.id = l.round_id WHERE l.id = s.other_leg_id;
        END IF;
    ELSIF s.round_id IS NOT NULL THEN
        SELECT l.id, l.real, l.bonus, l.fx_rate_id
            INTO s.bet_leg_id, s.bet_real, s.bet_bonus, s.bet_fx_rate_id
            FROM play_leg l
            WHERE l.round_id = s.round_id AND l.kind = 'bet' AND l.reversed_by_id IS NULL ORDER BY l.id LIMIT 1;
    END IF;
    RETURN s;
END
$$;
