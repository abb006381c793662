-- Business days of a brand, by its dated calendar rows; without one, days of UTC. A day ends where the next begins:
-- days of 23 and of 25 hours come out of the clocks, and a new row shortens or lengthens the day before it.
CREATE VIEW facts_calendar_span AS
WITH steps AS (
    SELECT b.id AS brand_id, NULL::date AS from_day, 'UTC'::varchar AS time_zone, interval '0' AS day_starts,
           '-infinity'::timestamptz AS starts
    FROM players_brand b
    UNION ALL
    SELECT c.brand_id, c.from_day, c.time_zone, c.day_starts, (c.from_day + c.day_starts) AT TIME ZONE c.time_zone
    FROM facts_calendar c
)
SELECT brand_id, from_day, lead(from_day) OVER w AS until_day, time_zone, day_starts, starts,
       coalesce(lead(starts) OVER w, 'infinity') AS ends
FROM steps WINDOW w AS (PARTITION BY brand_id ORDER BY starts);
GRANT SELECT ON facts_calendar_span TO casino_app;

CREATE FUNCTION facts_business_day(moment timestamptz, brand_id bigint) RETURNS date LANGUAGE sql STABLE AS $$
    SELECT coalesce(
        (SELECT least(((moment AT TIME ZONE c.time_zone) - c.day_starts)::date, c.until_day - 1)
         FROM facts_calendar_span c
         WHERE c.brand_id = facts_business_day.brand_id AND c.starts <= moment AND moment < c.ends),
        (moment AT TIME ZONE 'UTC')::date)
$$;

CREATE FUNCTION facts_day_start(brand_id bigint, day date) RETURNS timestamptz LANGUAGE sql STABLE AS $$
    SELECT coalesce(
        (SELECT (facts_day_start.day + c.day_starts) AT TIME ZONE c.time_zone
         FROM facts_calendar_span c
         WHERE c.brand_id = facts_day_start.brand_id AND (c.from_day IS NULL OR c.from_day <= facts_day_start.day)
           AND (c.until_day IS NULL OR c.until_day > facts_day_start.day)),
        facts_day_start.day::timestamp AT TIME ZONE 'UTC')
$$;

CREATE FUNCTION facts_day_span(brand_id bigint, day date, OUT starts timestamptz, OUT ends timestamptz)
    LANGUAGE sql STABLE AS $$
    SELECT facts_day_start(brand_id, day), facts_day_start(brand_id, day + 1)
$$;

CREATE FUNCTION facts_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%: % refused: %', TG_TABLE_NAME, TG_OP, replace(TG_NAME, '_', ' ')
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
END
$$;

-- Figures of days that were posted by one calendar could not be made again by another.
CREATE FUNCTION facts_calendar_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM now() AT TIME ZONE NEW.time_zone;
    IF EXISTS (SELECT 1 FROM facts_money m WHERE m.posted_day >= NEW.from_day - 1 AND m.brand_id = NEW.brand_id)
       OR EXISTS (SELECT 1 FROM facts_calendar c WHERE c.brand_id = NEW.brand_id AND c.from_day > NEW.from_day) THEN
        RAISE EXCEPTION 'a calendar begins on a day that nothing was posted on or after'
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER calendar_begins_on_a_day_to_come BEFORE INSERT ON facts_calendar
    FOR EACH ROW EXECUTE FUNCTION facts_calendar_check();
CREATE TRIGGER calendars_are_never_edited BEFORE UPDATE OR DELETE ON facts_calendar
    FOR EACH ROW EXECUTE FUNCTION facts_refuse_change();
CREATE TRIGGER rates_of_ended_days_stay BEFORE UPDATE OR DELETE ON facts_rate
    FOR EACH ROW WHEN (OLD.fixed) EXECUTE FUNCTION facts_refuse_change();
CREATE TRIGGER ledger_is_read_on BEFORE UPDATE ON facts_reader
    FOR EACH ROW WHEN (NEW.commit_order < OLD.commit_order) EXECUTE FUNCTION facts_refuse_change();

REVOKE UPDATE, DELETE, TRUNCATE ON facts_calendar FROM casino_app;
REVOKE DELETE, TRUNCATE ON facts_rate, facts_reader FROM casino_app;

COMMENT ON COLUMN facts_rate.rate IS 'units of the currency per unit of the base currency: base = amount / rate';
COMMENT ON COLUMN facts_play.jackpot_win IS 'paid out of pools; contained in no win_ column';
COMMENT ON COLUMN facts_play.contribution IS 'gone from gaming to pools, less that of voided bets';
COMMENT ON COLUMN facts_play.rounds IS 'settled rounds, on the row of the call that opened them';
