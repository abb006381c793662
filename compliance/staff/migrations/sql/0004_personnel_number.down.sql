ALTER TABLE staff_staffuser DROP CONSTRAINT IF EXISTS personnel_number_is_plain;
DROP TRIGGER IF EXISTS personnel_number_is_given_once ON staff_staffuser;
DROP FUNCTION IF EXISTS staff_personnel_number_is_given_once();
