DROP TRIGGER secret_shown_once ON games_keyhandover;
DROP FUNCTION games_handover_check();
GRANT UPDATE, DELETE ON games_keyhandover TO casino_app;
