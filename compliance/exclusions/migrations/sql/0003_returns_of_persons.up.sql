-- Also of people without an account, who revoke in writing what they asked for (MT-06).
CREATE OR REPLACE FUNCTION return_request_begins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> 'waiting' OR NEW.contacted_at IS NOT NULL OR NOT EXISTS (
        SELECT 1 FROM exclusions_exclusion e
        WHERE e.id = NEW.exclusion_id AND e.player_id IS NOT DISTINCT FROM NEW.player_id AND e.origin_id IS NULL
              AND e.comes_off = 'on_request' AND e.over_at IS NULL
              AND NEW.asked_at >= coalesce(e.ends_at, e.starts_at)
              AND NEW.cooling_off_until >= NEW.asked_at + e.cooling_off_hours * interval '1 hour') THEN
        RAISE EXCEPTION 'no exclusion can be returned from so'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END
$$;
