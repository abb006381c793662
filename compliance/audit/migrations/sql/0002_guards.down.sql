GRANT INSERT, UPDATE, DELETE ON pghistory_context TO casino_app;
DROP TRIGGER audit_events_are_never_edited ON audit_auditevent;
DROP FUNCTION audit_refuse_change();
REVOKE INSERT (name, severity, significant, occurred_at, actor, roles, on_behalf_of, brand_id, player_id, subject,
               before, after, reason, outcome, request_id, ip, session, approval) ON audit_auditevent FROM casino_app;
GRANT INSERT, UPDATE, DELETE ON audit_auditevent TO casino_app;
