DROP TRIGGER locationcheck_spoils_the_standing ON geo_locationcheck;
DROP TRIGGER location_checks_are_never_edited ON geo_locationcheck;
DROP FUNCTION geo_refuse_change();
GRANT UPDATE, DELETE ON geo_locationcheck TO casino_app;
