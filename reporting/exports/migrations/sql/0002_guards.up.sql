-- The table of reporting/exports/states.py; a test compares both.
CREATE FUNCTION exports_export_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'records of exports are kept for ever'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'exports_are_kept_for_ever', TABLE = TG_TABLE_NAME;
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'requested' THEN
            RAISE EXCEPTION 'an export begins requested'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'export_follows_its_states', TABLE = TG_TABLE_NAME;
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.report, NEW.report_version, NEW.question, NEW.reach, NEW.format, NEW.bom, NEW.certified, NEW.purpose,
        NEW.purpose_text, NEW.requested_by, NEW.requester_id, NEW.brand_id, NEW.jurisdiction, NEW.personal,
        NEW.needs_approval, NEW.schedule_id, NEW.period, NEW.requested_at, NEW.estimated_rows)
        IS DISTINCT FROM
       (OLD.report, OLD.report_version, OLD.question, OLD.reach, OLD.format, OLD.bom, OLD.certified, OLD.purpose,
        OLD.purpose_text, OLD.requested_by, OLD.requester_id, OLD.brand_id, OLD.jurisdiction, OLD.personal,
        OLD.needs_approval, OLD.schedule_id, OLD.period, OLD.requested_at, OLD.estimated_rows) THEN
        RAISE EXCEPTION 'an export keeps what was asked'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'export_keeps_its_question', TABLE = TG_TABLE_NAME;
    END IF;
    IF OLD.state IN ('done', 'expired') AND
       (NEW.package, NEW.package_sha256, NEW.package_bytes, NEW.snapshot_at, NEW.rows_done, NEW.approval, NEW.approved_by)
        IS DISTINCT FROM
       (OLD.package, OLD.package_sha256, OLD.package_bytes, OLD.snapshot_at, OLD.rows_done, OLD.approval, OLD.approved_by)
       THEN
        RAISE EXCEPTION 'a finished export keeps its package'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'export_keeps_its_package', TABLE = TG_TABLE_NAME;
    END IF;
    IF OLD.state <> NEW.state AND OLD.state || '>' || NEW.state NOT IN (
        'requested>waiting', 'requested>queued', 'requested>cancelled', 'waiting>queued', 'waiting>cancelled',
        'queued>running', 'queued>cancelled', 'running>done', 'running>failed', 'running>cancelled', 'running>queued',
        'failed>queued', 'failed>cancelled', 'done>expired') THEN
        RAISE EXCEPTION '% does not follow %', NEW.state, OLD.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'export_follows_its_states', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER export_follows_its_states BEFORE INSERT OR UPDATE OR DELETE ON exports_export
    FOR EACH ROW EXECUTE FUNCTION exports_export_follows();

CREATE FUNCTION exports_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
END
$$;
CREATE TRIGGER export_files_are_never_edited BEFORE UPDATE OR DELETE ON exports_exportfile
    FOR EACH ROW EXECUTE FUNCTION exports_keep();

-- A link works once, for the person it was made for.
CREATE FUNCTION exports_ticket_used_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.used_at IS NOT NULL OR
       (NEW.export_id, NEW.staff_id, NEW.token_sha256, NEW.made_at, NEW.expires_at) IS DISTINCT FROM
       (OLD.export_id, OLD.staff_id, OLD.token_sha256, OLD.made_at, OLD.expires_at) THEN
        RAISE EXCEPTION 'a link is used once and never changed'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER download_link_works_once BEFORE UPDATE OR DELETE ON exports_downloadticket
    FOR EACH ROW EXECUTE FUNCTION exports_ticket_used_once();

-- What two people agreed on is not changed by one; another schedule is another row.
CREATE FUNCTION exports_schedule_keeps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.ended_at IS NOT NULL OR
       (NEW.title, NEW.report, NEW.question, NEW.format, NEW.bom, NEW.purpose, NEW.purpose_text, NEW.cadence, NEW.hour,
        NEW.delivery, NEW.owner_id, NEW.brand_id, NEW.jurisdiction, NEW.personal, NEW.approval, NEW.approved_by,
        NEW.first_day, NEW.made_at) IS DISTINCT FROM
       (OLD.title, OLD.report, OLD.question, OLD.format, OLD.bom, OLD.purpose, OLD.purpose_text, OLD.cadence, OLD.hour,
        OLD.delivery, OLD.owner_id, OLD.brand_id, OLD.jurisdiction, OLD.personal, OLD.approval, OLD.approved_by,
        OLD.first_day, OLD.made_at) THEN
        RAISE EXCEPTION 'a schedule is ended, never edited'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER schedule_is_ended_never_edited BEFORE UPDATE OR DELETE ON exports_exportschedule
    FOR EACH ROW EXECUTE FUNCTION exports_schedule_keeps();

REVOKE UPDATE, DELETE, TRUNCATE ON exports_exportfile FROM casino_app;
REVOKE DELETE, TRUNCATE ON exports_export, exports_downloadticket, exports_exportschedule FROM casino_app;
