-- A stop of play is placed once, ended once, reviewed once by somebody else, and kept for ever (docs/guards.md).
CREATE FUNCTION games_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%: % refused: %', TG_TABLE_NAME, TG_OP, replace(TG_NAME, '_', ' ')
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
END
$$;
CREATE TRIGGER stops_are_kept_for_ever BEFORE DELETE ON games_stop
    FOR EACH ROW EXECUTE FUNCTION games_refuse_change();
CREATE TRIGGER stop_keeps_its_content BEFORE UPDATE OF id, scope, provider_id, game_id, player_id, reason_code, reason,
    placed_by, starts_at, until ON games_stop FOR EACH ROW EXECUTE FUNCTION games_refuse_change();
CREATE TRIGGER stop_ends_once BEFORE UPDATE ON games_stop
    FOR EACH ROW WHEN (OLD.ended_at IS NOT NULL) EXECUTE FUNCTION games_refuse_change();
CREATE TRIGGER stop_reviews_are_never_edited BEFORE UPDATE OR DELETE ON games_stopreview
    FOR EACH ROW EXECUTE FUNCTION games_refuse_change();

CREATE FUNCTION games_stop_review_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.reviewed_by NOT LIKE 'staff:_%'
       OR EXISTS (SELECT 1 FROM games_stop s WHERE s.id = NEW.stop_id AND s.placed_by = NEW.reviewed_by) THEN
        RAISE EXCEPTION 'stop %: a person who did not place it reviews it', NEW.stop_id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER stop_reviewed_by_another_person BEFORE INSERT ON games_stopreview
    FOR EACH ROW EXECUTE FUNCTION games_stop_review_check();

REVOKE UPDATE, DELETE, TRUNCATE ON games_stop, games_stopreview FROM casino_app;
GRANT UPDATE (ended_at, ended_by, end_reason) ON games_stop TO casino_app;
