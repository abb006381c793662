-- Protection is never loosened early: not by staff, not by our own code gone wrong, not by SQL of the application.

CREATE FUNCTION exclusion_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
END
$$;

CREATE TRIGGER exclusions_are_kept_for_ever BEFORE DELETE ON exclusions_exclusion
    FOR EACH ROW EXECUTE FUNCTION exclusion_refuse();
CREATE TRIGGER exclusion_keeps_its_content BEFORE UPDATE ON exclusions_exclusion
    FOR EACH ROW WHEN ((OLD.id, OLD.player_id, OLD.brand_id, OLD.group_id, OLD.jurisdiction, OLD.kind, OLD.scope,
        OLD.length, OLD.starts_at, OLD.ends_at, OLD.comes_off, OLD.cooling_off_hours, OLD.reason, OLD.contact_note,
        OLD.placed_by, OLD.origin_id)
        IS DISTINCT FROM (NEW.id, NEW.player_id, NEW.brand_id, NEW.group_id, NEW.jurisdiction, NEW.kind, NEW.scope,
        NEW.length, NEW.starts_at, NEW.ends_at, NEW.comes_off, NEW.cooling_off_hours, NEW.reason, NEW.contact_note,
        NEW.placed_by, NEW.origin_id))
    EXECUTE FUNCTION exclusion_refuse();

-- What does not end by itself begins without an end.
CREATE TRIGGER exclusion_begins_in_force BEFORE INSERT ON exclusions_exclusion
    FOR EACH ROW WHEN (NEW.comes_off <> 'at_end' AND NEW.over_at IS NOT NULL) EXECUTE FUNCTION exclusion_refuse();

-- Over once, and only by what its rules name: a request to return that ran its whole course, or the register's word.
CREATE FUNCTION exclusion_over() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_first bigint := coalesce(OLD.origin_id, OLD.id);
    v_may boolean := false;
BEGIN
    IF OLD.over_at IS NULL AND NEW.over_at IS NOT NULL AND OLD.comes_off = 'on_request' THEN
        v_may := NEW.over_at >= coalesce(OLD.ends_at, OLD.starts_at) AND EXISTS (
            SELECT 1 FROM exclusions_returnrequest r
            WHERE r.exclusion_id = v_first AND r.state = 'returned' AND r.ended_at = NEW.over_at);
    ELSIF OLD.over_at IS NULL AND NEW.over_at IS NOT NULL AND OLD.comes_off = 'by_register' THEN
        v_may := NEW.over_at > OLD.starts_at AND EXISTS (
            SELECT 1 FROM register_registerlookup l
            JOIN exclusions_exclusion e ON e.player_id = l.player_id AND v_first IN (e.id, e.origin_id)
            WHERE l.outcome IN ('no_match', 'previously') AND l.asked_at = NEW.over_at);
    END IF;
    IF NOT v_may THEN
        RAISE EXCEPTION 'exclusion % stands', OLD.id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER exclusion_is_never_lifted_early BEFORE UPDATE ON exclusions_exclusion
    FOR EACH ROW WHEN (OLD.over_at IS DISTINCT FROM NEW.over_at) EXECUTE FUNCTION exclusion_over();

REVOKE UPDATE, DELETE, TRUNCATE ON exclusions_exclusion FROM casino_app;
GRANT UPDATE (over_at) ON exclusions_exclusion TO casino_app;

-- A request: after the term, with its whole waiting time; about an exclusion that ends by asking.
CREATE FUNCTION return_request_begins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> 'waiting' OR NEW.contacted_at IS NOT NULL OR NOT EXISTS (
        SELECT 1 FROM exclusions_exclusion e
        WHERE e.id = NEW.exclusion_id AND e.player_id = NEW.player_id AND e.origin_id IS NULL
              AND e.comes_off = 'on_request' AND e.over_at IS NULL
              AND NEW.asked_at >= coalesce(e.ends_at, e.starts_at)
              AND NEW.cooling_off_until >= NEW.asked_at + e.cooling_off_hours * interval '1 hour') THEN
        RAISE EXCEPTION 'no exclusion can be returned from so'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER return_is_asked_after_the_term BEFORE INSERT ON exclusions_returnrequest
    FOR EACH ROW EXECUTE FUNCTION return_request_begins();
CREATE TRIGGER return_requests_are_kept_for_ever BEFORE DELETE ON exclusions_returnrequest
    FOR EACH ROW EXECUTE FUNCTION exclusion_refuse();
CREATE TRIGGER return_request_keeps_its_content BEFORE UPDATE ON exclusions_returnrequest
    FOR EACH ROW WHEN (
        (OLD.id, OLD.exclusion_id, OLD.player_id, OLD.asked_by, OLD.asked_at, OLD.cooling_off_until)
        IS DISTINCT FROM (NEW.id, NEW.exclusion_id, NEW.player_id, NEW.asked_by, NEW.asked_at, NEW.cooling_off_until)
        OR (OLD.contacted_at IS NOT NULL AND (OLD.contacted_at, OLD.contacted_by, OLD.contact_note)
            IS DISTINCT FROM (NEW.contacted_at, NEW.contacted_by, NEW.contact_note))
        OR OLD.state <> 'waiting')
    EXECUTE FUNCTION exclusion_refuse();
CREATE TRIGGER return_after_cooling_off_and_contact BEFORE UPDATE ON exclusions_returnrequest
    FOR EACH ROW WHEN (NEW.state = 'returned' AND (NEW.contacted_at IS NULL OR NEW.contacted_at < NEW.asked_at
        OR NEW.ended_at < NEW.cooling_off_until OR NEW.ended_at < NEW.contacted_at))
    EXECUTE FUNCTION exclusion_refuse();

REVOKE UPDATE, DELETE, TRUNCATE ON exclusions_returnrequest FROM casino_app;
GRANT UPDATE (state, contacted_at, contacted_by, contact_note, ended_at, ended_by, end_reason)
    ON exclusions_returnrequest TO casino_app;

-- By what an excluded person is known again outlives the account, for as long as the exclusion stands (GDPR-09).
CREATE FUNCTION excluded_identity_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' OR NOT EXISTS (
        SELECT 1 FROM exclusions_exclusion e WHERE e.id = OLD.exclusion_id AND e.over_at <= clock_timestamp()) THEN
        RAISE EXCEPTION 'exclusion % stands', OLD.exclusion_id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN OLD;
END
$$;
CREATE TRIGGER excluded_identity_outlives_the_account BEFORE UPDATE OR DELETE ON exclusions_excludedidentity
    FOR EACH ROW EXECUTE FUNCTION excluded_identity_stays();
REVOKE UPDATE, TRUNCATE ON exclusions_excludedidentity FROM casino_app;

-- The very next bet hears of it (docs/gate.md).
CREATE TRIGGER exclusion_spoils_the_standing AFTER INSERT OR UPDATE OR DELETE ON exclusions_exclusion
    FOR EACH ROW EXECUTE FUNCTION gate_standing_spoil();
CREATE TRIGGER register_spoils_the_standing AFTER INSERT OR UPDATE OR DELETE ON register_registerstanding
    FOR EACH ROW EXECUTE FUNCTION gate_standing_spoil();
