-- What was found of a player's place stays as it was found, and counts from the very next bet.
CREATE FUNCTION geo_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%: % refused: %', TG_TABLE_NAME, TG_OP, replace(TG_NAME, '_', ' ')
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
END
$$;
CREATE TRIGGER location_checks_are_never_edited BEFORE UPDATE OR DELETE ON geo_locationcheck
    FOR EACH ROW EXECUTE FUNCTION geo_refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON geo_locationcheck FROM casino_app;

CREATE TRIGGER locationcheck_spoils_the_standing AFTER INSERT OR UPDATE OR DELETE ON geo_locationcheck
    FOR EACH ROW EXECUTE FUNCTION gate_standing_spoil();
