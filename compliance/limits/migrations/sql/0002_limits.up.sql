-- Limits of bets in the money's own transaction, and what the database keeps about limits (docs/guards.md).

-- Does any limit bear on the player's bets? For the gate's standing, so that nobody else pays for it.
CREATE FUNCTION limits_bear_on_bets(p_player_id bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT 1 FROM limits_limit l
                   WHERE l.player_id = p_player_id AND l.ended_at IS NULL
                         AND l.kind IN ('loss', 'wager', 'stake', 'session_time'))
$$;

-- Everything that a bet's decision needs of limits (compliance/limits/decisions.py), or NULL when none bears on bets.
-- Called under the wallet's lock.
CREATE FUNCTION limits_of_bet(p_player_id bigint, p_now timestamptz) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    v_bounds jsonb;
    v_signed_in jsonb;
BEGIN
    SELECT jsonb_agg(jsonb_build_array(l.id, l.owner, l.kind, l.period, trim_scale(l.amount)::text) ORDER BY l.id)
        INTO v_bounds
        FROM limits_limit l
        WHERE l.player_id = p_player_id AND l.ended_at IS NULL
              AND l.kind IN ('loss', 'wager', 'stake', 'session_time');
    IF v_bounds IS NULL THEN
        RETURN NULL;
    END IF;
    IF v_bounds @? 'strict $[*] ? (@[2] == "session_time")' THEN
        -- Two devices at once are one player's time: what overlaps counts once.
        SELECT jsonb_agg(jsonb_build_array(lower(x.span), upper(x.span))) INTO v_signed_in
            FROM (SELECT unnest(range_agg(tstzrange(s.created_at, greatest(coalesce(s.ended_at, p_now), s.created_at))))
                         AS span
                  FROM accounts_playersession s
                  WHERE s.player_id = p_player_id AND coalesce(s.ended_at, p_now) > p_now - interval '32 days') x;
    END IF;
    RETURN (SELECT jsonb_build_object(
        'zone', p.time_zone, 'bounds', v_bounds, 'signed_in', coalesce(v_signed_in, '[]'::jsonb),
        'counts', coalesce((
            SELECT jsonb_agg(jsonb_build_array(c.period, c.starts_at, c.ends_at, trim_scale(c.wagered)::text,
                                               trim_scale(c.staked)::text, trim_scale(c.won)::text))
            FROM limits_counter c WHERE c.player_id = p_player_id), '[]'::jsonb))::text
        FROM players_player p WHERE p.id = p_player_id);
END
$$;

-- Adds to the running counts; a count whose period has ended begins anew. `p_counts` is what bet_count, win_count,
-- rollback_count (decisions.py) or the deposit services return.
CREATE FUNCTION limits_count(p_player_id bigint, p_counts text) RETURNS void LANGUAGE sql AS $$
    UPDATE limits_counter c SET
        starts_at = m.starts_at,
        ends_at = m.ends_at,
        wagered = coalesce(m.wagered, 0) + CASE WHEN c.starts_at = m.starts_at THEN c.wagered ELSE 0 END,
        staked = coalesce(m.staked, 0) + CASE WHEN c.starts_at = m.starts_at THEN c.staked ELSE 0 END,
        won = coalesce(m.won, 0) + CASE WHEN c.starts_at = m.starts_at THEN c.won ELSE 0 END,
        deposited = coalesce(m.deposited, 0) + CASE WHEN c.starts_at = m.starts_at THEN c.deposited ELSE 0 END,
        withdrawn = coalesce(m.withdrawn, 0) + CASE WHEN c.starts_at = m.starts_at THEN c.withdrawn ELSE 0 END
    FROM jsonb_to_recordset(p_counts::jsonb) AS m (
        period text, starts_at timestamptz, ends_at timestamptz, wagered numeric, staked numeric, won numeric,
        deposited numeric, withdrawn numeric)
    WHERE c.player_id = p_player_id AND c.period = m.period
$$;

-- 1. Limits, requests and checks keep what they say, end once, and are never deleted.
CREATE FUNCTION limits_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%: % refused: %', TG_TABLE_NAME, TG_OP, replace(TG_NAME, '_', ' ')
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
END
$$;
CREATE TRIGGER limits_are_kept_for_ever BEFORE DELETE ON limits_limit
    FOR EACH ROW EXECUTE FUNCTION limits_refuse_change();
CREATE TRIGGER limit_keeps_its_terms
    BEFORE UPDATE OF id, player_id, owner, kind, period, amount, currency, starts_at, set_by, reason, replaces_id,
        change_id ON limits_limit
    FOR EACH ROW EXECUTE FUNCTION limits_refuse_change();
CREATE TRIGGER limit_ends_once BEFORE UPDATE ON limits_limit
    FOR EACH ROW WHEN (OLD.ended_at IS NOT NULL) EXECUTE FUNCTION limits_refuse_change();
CREATE TRIGGER limit_changes_are_kept_for_ever BEFORE DELETE ON limits_limitchange
    FOR EACH ROW EXECUTE FUNCTION limits_refuse_change();
CREATE TRIGGER limit_change_keeps_its_terms
    BEFORE UPDATE OF id, player_id, limit_id, amount, asked_at, asked_by, effective_from, needs_confirmation,
        confirm_by, policy ON limits_limitchange
    FOR EACH ROW EXECUTE FUNCTION limits_refuse_change();
CREATE TRIGGER limit_change_ends_once BEFORE UPDATE ON limits_limitchange
    FOR EACH ROW WHEN (OLD.state <> 'waiting') EXECUTE FUNCTION limits_refuse_change();
CREATE TRIGGER care_cases_are_kept_for_ever BEFORE DELETE ON limits_carecase
    FOR EACH ROW EXECUTE FUNCTION limits_refuse_change();
CREATE TRIGGER care_case_is_decided_once BEFORE UPDATE ON limits_carecase
    FOR EACH ROW WHEN (OLD.state <> 'open') EXECUTE FUNCTION limits_refuse_change();
CREATE TRIGGER deposit_reservations_are_kept_for_ever BEFORE DELETE ON limits_depositreservation
    FOR EACH ROW EXECUTE FUNCTION limits_refuse_change();
CREATE TRIGGER deposit_reservation_keeps_its_terms
    BEFORE UPDATE OF id, player_id, reference, amount, currency, reserved_at ON limits_depositreservation
    FOR EACH ROW EXECUTE FUNCTION limits_refuse_change();
CREATE TRIGGER deposit_reservation_ends_once BEFORE UPDATE ON limits_depositreservation
    FOR EACH ROW WHEN (OLD.state <> 'reserved') EXECUTE FUNCTION limits_refuse_change();
CREATE TRIGGER counted_withdrawals_are_never_edited BEFORE UPDATE OR DELETE ON limits_countedwithdrawal
    FOR EACH ROW EXECUTE FUNCTION limits_refuse_change();

-- 2. A player's own limit gives way only to a stricter one, or by a request whose time has come. At commit, because
--    the old row ends before the new one begins.
CREATE FUNCTION limits_loosened_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM limits_limit n WHERE n.replaces_id = NEW.id AND n.owner = NEW.owner
                   AND n.player_id = NEW.player_id AND n.kind = NEW.kind AND n.period = NEW.period
                   AND n.starts_at <= NEW.ended_at AND n.amount <= NEW.amount)
       OR EXISTS (SELECT 1 FROM limits_limitchange c LEFT JOIN limits_limit n ON n.change_id = c.id
                  WHERE c.limit_id = NEW.id AND c.state = 'applied' AND n.amount IS NOT DISTINCT FROM c.amount
                        AND c.effective_from <= clock_timestamp()) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'limit %: a player''s own limit is loosened only by a request whose time has come', NEW.id
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
END
$$;
CREATE CONSTRAINT TRIGGER own_limit_loosened_only_by_its_request AFTER UPDATE OF ended_at ON limits_limit
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.owner = 'player' AND NEW.ended_at IS NOT NULL) EXECUTE FUNCTION limits_loosened_check();

CREATE TRIGGER limit_spoils_the_standing AFTER INSERT OR UPDATE OR DELETE ON limits_limit
    FOR EACH ROW EXECUTE FUNCTION gate_standing_spoil();

-- 3. The application's role may end, and add, and nothing else.
REVOKE UPDATE, DELETE, TRUNCATE ON limits_limit, limits_limitchange, limits_carecase, limits_depositreservation,
    limits_countedwithdrawal, limits_limitreview FROM casino_app;
REVOKE DELETE, TRUNCATE ON limits_counter FROM casino_app;
GRANT UPDATE (ended_at, ended_by) ON limits_limit TO casino_app;
GRANT UPDATE (state, ended_at, ended_by) ON limits_limitchange TO casino_app;
GRANT UPDATE (state, decided_at, decided_by, rationale, allowed, valid_until) ON limits_carecase TO casino_app;
GRANT UPDATE (state, ended_at, transaction_id) ON limits_depositreservation TO casino_app;
GRANT UPDATE (reviewed_at) ON limits_limitreview TO casino_app;
-- Hot rows are updated in place (HOT).
ALTER TABLE limits_counter SET (fillfactor = 70);
