GRANT DELETE ON register_registerstanding TO casino_app;
DROP TRIGGER standing_is_what_a_lookup_said ON register_registerstanding;
DROP FUNCTION register_standing_told();
GRANT UPDATE, DELETE ON register_registerlookup TO casino_app;
DROP TRIGGER lookups_are_never_edited ON register_registerlookup;
DROP FUNCTION register_keep();
