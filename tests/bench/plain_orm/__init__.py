"""A seamless wallet as a good team would write it first: Django's ORM, `select_for_update`, DRF as it comes."""
