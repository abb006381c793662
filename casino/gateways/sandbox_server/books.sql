CREATE TABLE IF NOT EXISTS payment (
    id TEXT PRIMARY KEY,
    face TEXT NOT NULL,
    purpose TEXT NOT NULL,
    reference TEXT NOT NULL,
    amount TEXT NOT NULL,
    currency TEXT NOT NULL,
    method TEXT NOT NULL,
    state TEXT NOT NULL,
    answered TEXT NOT NULL,
    code TEXT NOT NULL DEFAULT '',
    told TEXT NOT NULL,
    settled TEXT NOT NULL,
    payer TEXT NOT NULL DEFAULT '{}',
    instrument TEXT NOT NULL DEFAULT '',
    original TEXT NOT NULL DEFAULT '',
    return_url TEXT NOT NULL DEFAULT '',
    notify_url TEXT NOT NULL DEFAULT '',
    UNIQUE (face, reference)
);
CREATE TABLE IF NOT EXISTS instrument (
    token TEXT PRIMARY KEY,
    face TEXT NOT NULL,
    payer TEXT NOT NULL,
    told TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS event (
    id INTEGER PRIMARY KEY,
    payment TEXT NOT NULL REFERENCES payment (id),
    name TEXT NOT NULL,
    due REAL NOT NULL,
    happened TEXT NOT NULL DEFAULT '',
    batch TEXT NOT NULL DEFAULT '',
    UNIQUE (payment, name)
);
CREATE INDEX IF NOT EXISTS event_due ON event (due) WHERE happened = '';
CREATE TABLE IF NOT EXISTS delivery (
    id INTEGER PRIMARY KEY,
    url TEXT NOT NULL,
    body TEXT NOT NULL,
    forged INTEGER NOT NULL DEFAULT 0,
    due REAL NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    status INTEGER NOT NULL DEFAULT 0,
    ended INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS delivery_due ON delivery (due) WHERE ended = 0;
CREATE TABLE IF NOT EXISTS batch (
    name TEXT PRIMARY KEY,
    face TEXT NOT NULL,
    day TEXT NOT NULL,
    body TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);
