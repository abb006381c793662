GRANT UPDATE, DELETE, TRUNCATE ON accounts_consent, accounts_termsacceptance, accounts_registration,
    accounts_termsversion, accounts_playersession, accounts_onetimetoken, accounts_credential, accounts_erasure
    TO casino_app;
DROP TRIGGER purged_person_does_not_come_back ON accounts_erasure;
DROP TRIGGER token_is_used_once ON accounts_onetimetoken;
DROP TRIGGER session_that_ended_stays_ended ON accounts_playersession;
DROP TRIGGER terms_are_never_edited ON accounts_termsversion;
DROP TRIGGER registrations_are_never_edited ON accounts_registration;
DROP TRIGGER acceptances_are_never_edited ON accounts_termsacceptance;
DROP TRIGGER consents_are_never_edited ON accounts_consent;
DROP FUNCTION accounts_keep_but_address();
DROP FUNCTION accounts_keep();
