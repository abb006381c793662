-- Two accounts with one personnel number are one person: nobody reviews a stop of his own by the other.
CREATE OR REPLACE FUNCTION games_stop_review_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.reviewed_by NOT LIKE 'staff:_%'
       OR EXISTS (
           SELECT 1 FROM games_stop s
           LEFT JOIN staff_staffuser p ON 'staff:' || p.id = s.placed_by
           LEFT JOIN staff_staffuser r ON 'staff:' || r.id = NEW.reviewed_by
           WHERE s.id = NEW.stop_id
             AND (s.placed_by = NEW.reviewed_by OR (p.personnel_number <> '' AND p.personnel_number = r.personnel_number))
       ) THEN
        RAISE EXCEPTION 'stop %: a person who did not place it reviews it', NEW.stop_id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END
$$;
