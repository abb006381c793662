-- Clients of the API: what two people agreed to, to the letter; ended, never edited. Their secrets likewise.
REVOKE UPDATE, DELETE, TRUNCATE ON access_client, access_clientsecret FROM casino_app;
GRANT UPDATE (revoked_at, revoked_by, revoke_reason, last_used_at) ON access_client TO casino_app;
GRANT UPDATE (retired_at, retired_by) ON access_clientsecret TO casino_app;

CREATE FUNCTION access_client_check() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v jsonb;
BEGIN
    SELECT payload::jsonb INTO v FROM approvals_approval WHERE id = NEW.approval_id AND kind = 'api_client';
    IF v IS NOT NULL AND NEW.revoked_at IS NULL AND v ->> 'name' = NEW.name
       AND ARRAY(SELECT jsonb_array_elements_text(v -> 'scopes')) = NEW.scopes::text[]
       AND ARRAY(SELECT jsonb_array_elements_text(v -> 'brands'))::bigint[] = NEW.brands
       AND ARRAY(SELECT jsonb_array_elements_text(v -> 'jurisdictions')) = NEW.jurisdictions::text[]
       AND ARRAY(SELECT jsonb_array_elements_text(v -> 'networks')) = NEW.networks::text[]
       AND (v ->> 'calls_per_minute')::integer = NEW.calls_per_minute
       AND (v ->> 'valid_until')::timestamptz = NEW.valid_until
       AND NOT EXISTS (SELECT FROM access_client AS other WHERE other.approval_id = NEW.approval_id) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'client % is not what was approved', NEW.client_id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'api_clients_are_as_approved', TABLE = 'access_client';
END
$$;
CREATE TRIGGER api_clients_are_as_approved BEFORE INSERT ON access_client
    FOR EACH ROW EXECUTE FUNCTION access_client_check();

-- Of a client its end may be written, once, and when it called last.
CREATE FUNCTION access_client_end_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE'
       AND to_jsonb(NEW) - '{revoked_at,revoked_by,revoke_reason,last_used_at,updated}'::text[]
           = to_jsonb(OLD) - '{revoked_at,revoked_by,revoke_reason,last_used_at,updated}'::text[]
       AND (OLD.revoked_at IS NULL OR (NEW.revoked_at, NEW.revoked_by, NEW.revoke_reason)
            IS NOT DISTINCT FROM (OLD.revoked_at, OLD.revoked_by, OLD.revoke_reason)) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'client % stays as it is', OLD.client_id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'api_clients_are_never_edited', TABLE = 'access_client';
END
$$;
CREATE TRIGGER api_clients_are_never_edited BEFORE UPDATE OR DELETE ON access_client
    FOR EACH ROW EXECUTE FUNCTION access_client_end_only();

CREATE FUNCTION access_secret_end_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.retired_at IS NULL AND NEW.retired_at IS NOT NULL
       AND to_jsonb(NEW) - '{retired_at,retired_by}'::text[] = to_jsonb(OLD) - '{retired_at,retired_by}'::text[] THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'secret % stays as it is', OLD.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'api_secrets_are_never_edited', TABLE = 'access_clientsecret';
END
$$;
CREATE TRIGGER api_secrets_are_never_edited BEFORE UPDATE OR DELETE ON access_clientsecret
    FOR EACH ROW EXECUTE FUNCTION access_secret_end_only();
