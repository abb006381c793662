DROP TRIGGER api_secrets_are_never_edited ON access_clientsecret;
DROP TRIGGER api_clients_are_never_edited ON access_client;
DROP TRIGGER api_clients_are_as_approved ON access_client;
DROP FUNCTION access_secret_end_only();
DROP FUNCTION access_client_end_only();
DROP FUNCTION access_client_check();
GRANT UPDATE, DELETE ON access_client, access_clientsecret TO casino_app;
