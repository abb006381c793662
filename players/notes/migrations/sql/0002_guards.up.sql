-- Notes are superseded, never edited; a tag comes off a player once (docs/guards.md).
CREATE FUNCTION notes_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%: % refused: %', TG_TABLE_NAME, TG_OP, replace(TG_NAME, '_', ' ')
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
END
$$;
CREATE TRIGGER notes_are_never_edited BEFORE UPDATE OR DELETE ON notes_note
    FOR EACH ROW EXECUTE FUNCTION notes_refuse_change();
CREATE TRIGGER tags_are_kept_for_ever BEFORE DELETE ON notes_tag
    FOR EACH ROW EXECUTE FUNCTION notes_refuse_change();
CREATE TRIGGER player_tags_are_kept_for_ever BEFORE DELETE ON notes_playertag
    FOR EACH ROW EXECUTE FUNCTION notes_refuse_change();
CREATE TRIGGER player_tag_keeps_its_content BEFORE UPDATE OF id, player_id, tag_id, put_by, put_at ON notes_playertag
    FOR EACH ROW EXECUTE FUNCTION notes_refuse_change();
CREATE TRIGGER tag_comes_off_once BEFORE UPDATE ON notes_playertag
    FOR EACH ROW WHEN (OLD.removed_at IS NOT NULL) EXECUTE FUNCTION notes_refuse_change();

CREATE FUNCTION notes_note_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM notes_note n WHERE n.id = NEW.supersedes_id AND n.player_id = NEW.player_id) THEN
        RAISE EXCEPTION 'note of player % would supersede one of somebody else', NEW.player_id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER note_supersedes_one_of_the_same_player BEFORE INSERT ON notes_note
    FOR EACH ROW WHEN (NEW.supersedes_id IS NOT NULL) EXECUTE FUNCTION notes_note_check();

REVOKE UPDATE, DELETE, TRUNCATE ON notes_note, notes_playertag FROM casino_app;
REVOKE DELETE, TRUNCATE ON notes_tag FROM casino_app;
GRANT UPDATE (removed_by, removed_at) ON notes_playertag TO casino_app;
