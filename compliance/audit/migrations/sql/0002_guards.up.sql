-- The trail is append-only (AUD-03). Hand-written: no session setting switches the trigger off.
CREATE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
END
$$;
CREATE TRIGGER audit_events_are_never_edited BEFORE UPDATE OR DELETE ON audit_auditevent
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON audit_auditevent FROM casino_app;
-- Number, time of recording and place in the order are the database's to give.
GRANT INSERT (name, severity, significant, occurred_at, actor, roles, on_behalf_of, brand_id, player_id, subject,
              before, after, reason, outcome, request_id, ip, session, approval) ON audit_auditevent TO casino_app;
-- Row history keeps its context in each row: nobody writes pghistory's own table, whose rows could be edited.
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON pghistory_context FROM casino_app;
