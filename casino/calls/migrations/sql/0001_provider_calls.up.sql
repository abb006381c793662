-- Every call of a game provider, by month. It is filled by COPY from the spool (casino/calls/services/shipping.py);
-- the call's own id makes shipping it twice harmless.
CREATE TABLE calls_providercall (
    id uuid NOT NULL,
    received_at timestamptz NOT NULL,
    status integer NOT NULL,
    body_length integer NOT NULL,
    edge_us integer NOT NULL,
    database_us integer NOT NULL,
    total_us integer NOT NULL,
    replayed boolean NOT NULL,
    call text NOT NULL,
    method text NOT NULL,
    path text NOT NULL,
    headers jsonb NOT NULL,
    remote_address text NOT NULL,
    request_id text NOT NULL,
    provider_code text NOT NULL,
    key_id text NOT NULL,
    signature text NOT NULL,
    outcome text NOT NULL,
    error_class text NOT NULL,
    player text NOT NULL,
    provider_transaction_id text NOT NULL,
    original_transaction_id text NOT NULL,
    round_reference text NOT NULL,
    game_code text NOT NULL,
    body_form text NOT NULL,
    body bytea NOT NULL,
    body_sha256 bytea,
    answer bytea NOT NULL,
    CONSTRAINT call_kept_once PRIMARY KEY (received_at, id)
) PARTITION BY RANGE (received_at);

-- The primary key begins with the time, so the time needs no index of its own; the detail page asks by id alone.
CREATE INDEX calls_by_id ON calls_providercall (id);
CREATE INDEX calls_by_transaction ON calls_providercall (provider_transaction_id, provider_code)
    WHERE provider_transaction_id <> '';
CREATE INDEX calls_by_original ON calls_providercall (original_transaction_id, provider_code)
    WHERE original_transaction_id <> '';
CREATE INDEX calls_by_round ON calls_providercall (round_reference) WHERE round_reference <> '';
CREATE INDEX calls_by_player ON calls_providercall (player, received_at) WHERE player <> '';

-- Calls whose month has no partition yet are kept here until calls_partition_ensure takes them over.
CREATE TABLE calls_providercall_default PARTITION OF calls_providercall DEFAULT;

-- Append-only for the application, and only through the parent: partitions themselves are closed to it.
REVOKE ALL ON calls_providercall, calls_providercall_default FROM PUBLIC, casino_app;
GRANT SELECT, INSERT ON calls_providercall TO casino_app;

-- Make the partition of a month (its first day, UTC). True when it was made, false when it was there.
CREATE FUNCTION calls_partition_ensure(p_month date) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp SET lock_timeout = '3s' SET timezone = 'UTC' AS $$
DECLARE
    v_name text := 'calls_providercall_' || to_char(p_month, 'YYYY_MM');
    v_from timestamptz;
    v_to timestamptz;
BEGIN
    IF p_month IS NULL OR NOT isfinite(p_month) OR extract(day FROM p_month) <> 1
       OR p_month NOT BETWEEN (now() - interval '3 years')::date AND (now() + interval '1 year')::date THEN
        RAISE EXCEPTION 'no partition for %: it must be the first day of a month near to now', p_month
            USING ERRCODE = 'check_violation', CONSTRAINT = 'call_partition_month_near_now',
                  TABLE = 'calls_providercall';
    END IF;
    IF to_regclass('public.' || v_name) IS NOT NULL THEN
        RETURN false;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('calls_partition_ensure'));
    IF to_regclass('public.' || v_name) IS NOT NULL THEN
        RETURN false;  -- somebody else made it while we waited
    END IF;
    v_from := p_month;
    v_to := p_month + interval '1 month';
    EXECUTE format('CREATE TABLE public.%I (LIKE public.calls_providercall INCLUDING DEFAULTS)', v_name);
    -- The owner's default privileges have just given the application rights that it must not have here.
    EXECUTE format('REVOKE ALL ON public.%I FROM PUBLIC, casino_app', v_name);
    LOCK TABLE public.calls_providercall_default IN ACCESS EXCLUSIVE MODE;
    EXECUTE format('WITH moved AS (DELETE FROM public.calls_providercall_default '
                   'WHERE received_at >= %L AND received_at < %L RETURNING *) INSERT INTO public.%I SELECT * FROM moved',
                   v_from, v_to, v_name);
    EXECUTE format('ALTER TABLE public.calls_providercall ATTACH PARTITION public.%I FOR VALUES FROM (%L) TO (%L)',
                   v_name, v_from, v_to);
    RETURN true;
END
$$;

-- Drop months that ended more than p_keep_days ago, by the database's own clock; what is as old in the default
-- partition goes too. Nothing younger than 30 days can be removed this way, whoever asks.
CREATE FUNCTION calls_purge(p_keep_days integer) RETURNS TABLE (dropped text, calls bigint)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp SET lock_timeout = '10s' SET timezone = 'UTC' AS $$
DECLARE
    v_until timestamptz;
BEGIN
    IF p_keep_days IS NULL OR p_keep_days NOT BETWEEN 30 AND 36500 THEN
        RAISE EXCEPTION 'calls are kept for 30 days at least, not %', coalesce(p_keep_days::text, 'for no time')
            USING ERRCODE = 'check_violation', CONSTRAINT = 'calls_kept_30_days', TABLE = 'calls_providercall';
    END IF;
    v_until := now() - make_interval(days => p_keep_days);
    FOR dropped IN
        SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
        WHERE i.inhparent = 'public.calls_providercall'::regclass
          AND c.relname ~ '^calls_providercall_[0-9]{4}_[0-9]{2}$'
          AND to_date(right(c.relname, 7), 'YYYY_MM') + interval '1 month' <= v_until
        ORDER BY c.relname
    LOOP
        EXECUTE format('SELECT count(*) FROM public.%I', dropped) INTO calls;
        EXECUTE format('DROP TABLE public.%I', dropped);
        RETURN NEXT;
    END LOOP;
    DELETE FROM public.calls_providercall_default WHERE received_at < v_until;
    GET DIAGNOSTICS calls = ROW_COUNT;
    IF calls > 0 THEN
        dropped := 'calls_providercall_default';
        RETURN NEXT;
    END IF;
END
$$;

REVOKE ALL ON FUNCTION calls_partition_ensure(date), calls_purge(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION calls_partition_ensure(date), calls_purge(integer) TO casino_app;
