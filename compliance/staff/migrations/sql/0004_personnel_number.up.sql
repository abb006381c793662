-- Whoever could change the number of a second account could be two people: it is given once.
CREATE FUNCTION staff_personnel_number_is_given_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'staff member %: the personnel number is given once', OLD.id
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'personnel_number_is_given_once', TABLE = TG_TABLE_NAME;
END
$$;
-- One spelling only, or "p-7 " would be somebody else than "P-7".
ALTER TABLE staff_staffuser ADD CONSTRAINT personnel_number_is_plain CHECK (personnel_number ~ '^[A-Z0-9-]*$');
CREATE TRIGGER personnel_number_is_given_once BEFORE UPDATE OF personnel_number ON staff_staffuser
    FOR EACH ROW WHEN (OLD.personnel_number <> '' AND NEW.personnel_number <> OLD.personnel_number)
    EXECUTE FUNCTION staff_personnel_number_is_given_once();
