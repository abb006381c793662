CREATE FUNCTION monitoring_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
END
$$;
CREATE TRIGGER alert_rules_are_never_edited BEFORE UPDATE OR DELETE ON monitoring_alertrule
    FOR EACH ROW EXECUTE FUNCTION monitoring_keep();
CREATE TRIGGER house_proofs_are_never_edited BEFORE UPDATE OR DELETE ON monitoring_houseproof
    FOR EACH ROW EXECUTE FUNCTION monitoring_keep();
CREATE TRIGGER software_checks_are_never_edited BEFORE UPDATE OR DELETE ON monitoring_softwarecheck
    FOR EACH ROW EXECUTE FUNCTION monitoring_keep();
CREATE TRIGGER alerts_are_kept_for_ever BEFORE DELETE ON monitoring_alert
    FOR EACH ROW EXECUTE FUNCTION monitoring_keep();
CREATE TRIGGER incidents_are_kept_for_ever BEFORE DELETE ON monitoring_incident
    FOR EACH ROW EXECUTE FUNCTION monitoring_keep();
REVOKE UPDATE, DELETE, TRUNCATE ON monitoring_alertrule, monitoring_houseproof, monitoring_softwarecheck FROM casino_app;
REVOKE DELETE, TRUNCATE ON monitoring_alert, monitoring_incident, monitoring_calltotal FROM casino_app;

-- What fired stays what it was about; it goes on to acknowledged and resolved, and never comes back: a new row fires.
CREATE FUNCTION monitoring_alert_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.code, NEW.scope, NEW.rule_id, NEW.severity, NEW.threshold, NEW.since)
        IS DISTINCT FROM (OLD.code, OLD.scope, OLD.rule_id, OLD.severity, OLD.threshold, OLD.since) THEN
        RAISE EXCEPTION 'an alert keeps what it is about'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'alert_keeps_its_content', TABLE = TG_TABLE_NAME;
    END IF;
    IF OLD.state = 'resolved' OR (OLD.state = 'acknowledged' AND NEW.state = 'firing') THEN
        RAISE EXCEPTION '% does not follow %', NEW.state, OLD.state
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER alert_follows_its_states BEFORE UPDATE ON monitoring_alert
    FOR EACH ROW EXECUTE FUNCTION monitoring_alert_follows();

-- An incident is lifted once, and what it is about stays.
CREATE FUNCTION monitoring_incident_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'lifted' OR to_jsonb(NEW) - '{state,lifted_at,lifted_by,lift_reason,approval}'::text[]
        IS DISTINCT FROM to_jsonb(OLD) - '{state,lifted_at,lifted_by,lift_reason,approval}'::text[] THEN
        RAISE EXCEPTION 'an incident keeps its content and is lifted once'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER incident_is_lifted_once BEFORE UPDATE ON monitoring_incident
    FOR EACH ROW EXECUTE FUNCTION monitoring_incident_follows();

-- A counter that goes down reads as a restart, and hides what happened.
CREATE FUNCTION monitoring_total_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.calls < OLD.calls OR NEW.total_us < OLD.total_us THEN
        RAISE EXCEPTION 'totals of calls only grow'
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER call_totals_only_grow BEFORE UPDATE ON monitoring_calltotal
    FOR EACH ROW EXECUTE FUNCTION monitoring_total_grows();
