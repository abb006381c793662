CREATE OR REPLACE FUNCTION gate_standing_of_brand() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE gate_standing SET valid_until = NULL, spoiled = spoiled + 1
        WHERE brand_id = NEW.id AND valid_until IS NOT NULL;
    RETURN NULL;
END
$$;
DROP TRIGGER brand_spoils_the_standing ON players_brand;
CREATE TRIGGER brand_spoils_the_standing AFTER UPDATE ON players_brand
    FOR EACH ROW EXECUTE FUNCTION gate_standing_of_brand();
