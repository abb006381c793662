CREATE FUNCTION register_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
END
$$;
CREATE TRIGGER lookups_are_never_edited BEFORE UPDATE OR DELETE ON register_registerlookup
    FOR EACH ROW EXECUTE FUNCTION register_keep();
REVOKE UPDATE, DELETE, TRUNCATE ON register_registerlookup FROM casino_app;

-- What stands for a player is what a lookup said: nobody writes "clear" without having asked.
CREATE FUNCTION register_standing_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM register_registerlookup l
                   WHERE l.id = NEW.lookup_id AND l.player_id = NEW.player_id AND l.register = NEW.register
                         AND l.outcome = NEW.outcome AND l.asked_at = NEW.asked_at)
       OR NEW.valid_until > NEW.asked_at + interval '24 hours' THEN
        RAISE EXCEPTION 'no lookup says so'
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER standing_is_what_a_lookup_said BEFORE INSERT OR UPDATE ON register_registerstanding
    FOR EACH ROW EXECUTE FUNCTION register_standing_told();
REVOKE DELETE, TRUNCATE ON register_registerstanding FROM casino_app;
