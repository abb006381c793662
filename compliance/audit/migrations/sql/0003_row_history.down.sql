DROP FUNCTION audit_history_guard(regclass, regclass);
