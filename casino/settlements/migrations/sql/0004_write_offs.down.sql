DROP TRIGGER write_off_is_what_was_booked ON settlements_writeoff;
DROP FUNCTION settlements_write_off_fits();
DROP TRIGGER write_offs_are_never_edited ON settlements_writeoff;
GRANT UPDATE, DELETE ON settlements_writeoff TO casino_app;
