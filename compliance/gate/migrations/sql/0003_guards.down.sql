DROP TRIGGER personaldata_spoils_the_standing ON personal_personaldata;
DROP TRIGGER playclock_spoils_the_standing ON gate_playclock;
DROP TRIGGER flag_spoils_the_standing ON gate_flag;
DROP TRIGGER reality_checks_are_never_edited ON gate_realitycheck;
DROP TRIGGER flags_are_kept_for_ever ON gate_flag;
DROP TRIGGER flag_is_lifted_once ON gate_flag;
DROP TRIGGER flag_keeps_its_content ON gate_flag;
DROP FUNCTION gate_refuse_change();
GRANT UPDATE, DELETE ON gate_flag, gate_realitycheck TO casino_app;
