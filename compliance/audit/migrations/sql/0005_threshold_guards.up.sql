-- From which size an event is significant: a new value is a new row, so that it is known what counted when.
CREATE TRIGGER thresholds_are_never_edited BEFORE UPDATE OR DELETE ON audit_threshold
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON audit_threshold FROM casino_app;
INSERT INTO audit_threshold (kind, value, valid_from, set_by, reason) VALUES
    ('large_win', 10000, '2026-01-01T00:00:00Z', 'system:migrate', 'As delivered: set what your regulator asks.'),
    ('wins_of_day', 25000, '2026-01-01T00:00:00Z', 'system:migrate', 'As delivered: set what your regulator asks.'),
    ('large_wager', 5000, '2026-01-01T00:00:00Z', 'system:migrate', 'As delivered: set what your regulator asks.'),
    ('wagers_of_day', 25000, '2026-01-01T00:00:00Z', 'system:migrate', 'As delivered: set what your regulator asks.'),
    ('refused_sign_ins', 20, '2026-01-01T00:00:00Z', 'system:migrate', 'As delivered.');
