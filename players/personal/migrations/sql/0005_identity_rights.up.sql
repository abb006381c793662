GRANT UPDATE (name_look_index, address_index, document_index) ON personal_personalkey TO casino_app;
