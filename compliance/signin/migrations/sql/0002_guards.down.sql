GRANT UPDATE, DELETE ON signin_formerpassword TO casino_app;
DROP TRIGGER former_passwords_are_never_edited ON signin_formerpassword;
DROP FUNCTION signin_former_password_guard();
DROP TRIGGER recovery_code_used_once ON signin_recoverycode;
DROP FUNCTION signin_recovery_code_guard();
