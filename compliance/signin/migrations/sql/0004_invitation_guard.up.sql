-- An invitation is used once, and nothing else of it ever changes but an earlier end.
CREATE FUNCTION signin_invitation_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.used_at IS NOT NULL OR NEW.ends_at > OLD.ends_at
       OR (NEW.used_at IS NOT NULL AND NEW.used_at >= OLD.ends_at)
       OR (NEW.id, NEW.staff_id, NEW.digest, NEW.made_by, NEW.made_at)
          IS DISTINCT FROM (OLD.id, OLD.staff_id, OLD.digest, OLD.made_by, OLD.made_at)
    THEN
        RAISE EXCEPTION 'an invitation is used once, in its time, and never changes'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'invitation_used_once';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER invitation_used_once BEFORE UPDATE OR DELETE ON signin_invitation
    FOR EACH ROW EXECUTE FUNCTION signin_invitation_guard();
REVOKE DELETE, TRUNCATE ON signin_invitation FROM casino_app;
