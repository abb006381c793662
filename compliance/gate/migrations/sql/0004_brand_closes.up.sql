-- Opening or closing a brand spoils the standings of its players. A standing that is under way and was spoiled before is
-- not one of the rows that the UPDATE locks, so whoever works one out holds the brand's lock, shared and without waiting
-- (services/standing.py), and this waits until all of them are committed. Nothing else of a brand is a fact of the gate.
CREATE OR REPLACE FUNCTION gate_standing_of_brand() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(7204001, NEW.id::int);
    UPDATE gate_standing SET valid_until = NULL, spoiled = spoiled + 1
        WHERE brand_id = NEW.id AND valid_until IS NOT NULL;
    RETURN NULL;
END
$$;
DROP TRIGGER brand_spoils_the_standing ON players_brand;
CREATE TRIGGER brand_spoils_the_standing AFTER UPDATE ON players_brand
    FOR EACH ROW WHEN (OLD.enabled IS DISTINCT FROM NEW.enabled) EXECUTE FUNCTION gate_standing_of_brand();
