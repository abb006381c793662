GRANT UPDATE, DELETE ON definitions_definitionrow, definitions_dutyrow, definitions_feerow TO casino_app;
DROP TRIGGER provider_fee_is_as_approved ON definitions_feerow;
DROP TRIGGER duty_is_as_approved ON definitions_dutyrow;
DROP TRIGGER definition_is_as_approved ON definitions_definitionrow;
DROP FUNCTION definitions_row_check();
DROP TRIGGER provider_fees_are_never_edited ON definitions_feerow;
DROP TRIGGER duties_are_never_edited ON definitions_dutyrow;
DROP TRIGGER definitions_are_never_edited ON definitions_definitionrow;
