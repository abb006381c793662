DROP TRIGGER policy_row_is_as_approved ON policy_policyrow;
DROP FUNCTION policy_row_check();
GRANT UPDATE, DELETE ON policy_policyrow TO casino_app;
DROP TRIGGER policy_rows_are_never_edited ON policy_policyrow;
