DROP TRIGGER thresholds_are_never_edited ON audit_threshold;
DELETE FROM audit_threshold WHERE set_by = 'system:migrate';
GRANT UPDATE, DELETE ON audit_threshold TO casino_app;
