CREATE OR REPLACE FUNCTION games_stop_review_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.reviewed_by NOT LIKE 'staff:_%'
       OR EXISTS (SELECT 1 FROM games_stop s WHERE s.id = NEW.stop_id AND s.placed_by = NEW.reviewed_by) THEN
        RAISE EXCEPTION 'stop %: a person who did not place it reviews it', NEW.stop_id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END
$$;
