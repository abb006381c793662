-- What the gate says of a player's bets, worked out beforehand (docs/gate.md).

-- Whoever changes a fact takes the standing's row lock before it commits; whoever works a standing out takes it
-- before it reads the first fact. So what was worked out from older facts never outlives the change.
CREATE FUNCTION gate_spoil(p_player_id bigint) RETURNS void LANGUAGE sql AS $$
    INSERT INTO gate_standing AS s (player_id, country, brand_id, is_test, valid_until, spoiled)
    SELECT p.id, p.country, p.brand_id, p.is_test, NULL, 1 FROM players_player p WHERE p.id = p_player_id
    ON CONFLICT (player_id) DO UPDATE SET valid_until = NULL, spoiled = s.spoiled + 1
$$;

-- For tables with a column player_id:
-- CREATE TRIGGER <table>_spoils_the_standing AFTER INSERT OR UPDATE OR DELETE ON <table>
--     FOR EACH ROW EXECUTE FUNCTION gate_standing_spoil();
CREATE FUNCTION gate_standing_spoil() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM gate_spoil(OLD.player_id);
        IF TG_OP = 'DELETE' OR NEW.player_id = OLD.player_id THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM gate_spoil(NEW.player_id);
    RETURN NULL;
END
$$;

CREATE FUNCTION gate_standing_of_player() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO gate_standing AS s (player_id, country, brand_id, is_test, valid_until, spoiled)
    VALUES (NEW.id, NEW.country, NEW.brand_id, NEW.is_test, NULL, 0)
    ON CONFLICT (player_id) DO UPDATE SET country = NEW.country, brand_id = NEW.brand_id, is_test = NEW.is_test,
        valid_until = NULL, spoiled = s.spoiled + 1;
    RETURN NULL;
END
$$;
CREATE TRIGGER player_spoils_the_standing AFTER INSERT OR UPDATE ON players_player
    FOR EACH ROW EXECUTE FUNCTION gate_standing_of_player();

CREATE FUNCTION gate_standing_of_brand() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE gate_standing SET valid_until = NULL, spoiled = spoiled + 1
        WHERE brand_id = NEW.id AND valid_until IS NOT NULL;
    RETURN NULL;
END
$$;
CREATE TRIGGER brand_spoils_the_standing AFTER UPDATE ON players_brand
    FOR EACH ROW EXECUTE FUNCTION gate_standing_of_brand();

CREATE TRIGGER restriction_spoils_the_standing AFTER INSERT OR UPDATE OR DELETE ON compliance_restriction
    FOR EACH ROW EXECUTE FUNCTION gate_standing_spoil();

INSERT INTO gate_standing (player_id, country, brand_id, is_test, valid_until, spoiled)
SELECT id, country, brand_id, is_test, NULL, 0 FROM players_player;

ALTER TABLE gate_standing SET (fillfactor = 70);
ALTER TABLE gate_standing ALTER COLUMN spoiled SET DEFAULT 0;
