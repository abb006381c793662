-- From which size a deposit or a withdrawal, alone or a player's of a day, is a significant event.
INSERT INTO audit_threshold (kind, value, valid_from, set_by, reason) VALUES
    ('large_transfer', 10000, '2026-01-01T00:00:00Z', 'system:migrate', 'As delivered: set what your regulator asks.'),
    ('transfers_of_day', 25000, '2026-01-01T00:00:00Z', 'system:migrate', 'As delivered: set what your regulator asks.');
