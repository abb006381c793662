-- Flags end, once; acknowledged checks stay; whatever the gate keeps for itself counts from the very next bet.
CREATE FUNCTION gate_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%: % refused: %', TG_TABLE_NAME, TG_OP, replace(TG_NAME, '_', ' ')
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
END
$$;
CREATE TRIGGER flag_keeps_its_content
    BEFORE UPDATE OF id, player_id, kind, starts_at, reason, placed_by ON gate_flag
    FOR EACH ROW EXECUTE FUNCTION gate_refuse_change();
CREATE TRIGGER flag_is_lifted_once BEFORE UPDATE ON gate_flag
    FOR EACH ROW WHEN (OLD.lifted_by <> '') EXECUTE FUNCTION gate_refuse_change();
CREATE TRIGGER flags_are_kept_for_ever BEFORE DELETE ON gate_flag
    FOR EACH ROW EXECUTE FUNCTION gate_refuse_change();
CREATE TRIGGER reality_checks_are_never_edited BEFORE UPDATE OR DELETE ON gate_realitycheck
    FOR EACH ROW EXECUTE FUNCTION gate_refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON gate_flag, gate_realitycheck FROM casino_app;
GRANT UPDATE (ends_at, lifted_by, lift_reason) ON gate_flag TO casino_app;

CREATE TRIGGER flag_spoils_the_standing AFTER INSERT OR UPDATE OR DELETE ON gate_flag
    FOR EACH ROW EXECUTE FUNCTION gate_standing_spoil();
CREATE TRIGGER playclock_spoils_the_standing AFTER INSERT OR UPDATE OR DELETE ON gate_playclock
    FOR EACH ROW EXECUTE FUNCTION gate_standing_spoil();
CREATE TRIGGER personaldata_spoils_the_standing AFTER INSERT OR UPDATE OR DELETE ON personal_personaldata
    FOR EACH ROW EXECUTE FUNCTION gate_standing_spoil();
