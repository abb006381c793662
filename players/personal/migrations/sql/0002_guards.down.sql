GRANT UPDATE, DELETE ON personal_personaldata, personal_personalkey, personal_reveal TO casino_app;
DROP TRIGGER reveals_are_never_edited ON personal_reveal;
DROP TRIGGER personal_key_is_destroyed_never_changed ON personal_personalkey;
DROP TRIGGER personal_data_is_erased_by_key_alone ON personal_personaldata;
DROP FUNCTION personal_keep();
