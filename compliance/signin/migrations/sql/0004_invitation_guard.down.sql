GRANT DELETE ON signin_invitation TO casino_app;
DROP TRIGGER invitation_used_once ON signin_invitation;
DROP FUNCTION signin_invitation_guard();
