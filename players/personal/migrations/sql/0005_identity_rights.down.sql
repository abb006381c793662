REVOKE UPDATE (name_look_index, address_index, document_index) ON personal_personalkey FROM casino_app;
