GRANT DELETE ON outbox_factreader TO casino_app;
GRANT UPDATE, DELETE ON outbox_fact TO casino_app;
DROP TRIGGER facts_are_read_forwards ON outbox_factreader;
DROP TRIGGER fact_stands_in_its_own_place ON outbox_fact;
DROP TRIGGER facts_are_never_edited ON outbox_fact;
DROP FUNCTION outbox_refuse_change();
