-- Terms of methods: what two people agreed to, to the letter, once at a time, edited by nobody but for their end.
REVOKE UPDATE, DELETE, TRUNCATE ON routing_methodterms, routing_route, routing_gatewayswitch FROM casino_app;
REVOKE DELETE, TRUNCATE ON routing_paymentmethod FROM casino_app;
GRANT UPDATE (ends_at, closed_at, closing_approval_id) ON routing_methodterms TO casino_app;
GRANT UPDATE (ends_at, closed_at) ON routing_route TO casino_app;

CREATE FUNCTION routing_terms_check() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v jsonb;
BEGIN
    SELECT payload::jsonb INTO v FROM approvals_approval WHERE id = NEW.approval_id AND kind = 'method_terms';
    IF v IS NOT NULL
       AND v ->> 'method' = (SELECT code FROM routing_paymentmethod WHERE id = NEW.method_id)
       AND v ->> 'purpose' = NEW.purpose AND v ->> 'currency' = NEW.currency
       AND (v ->> 'brand')::bigint IS NOT DISTINCT FROM NEW.brand_id
       AND v ->> 'country' = NEW.country AND v ->> 'segment' = NEW.segment
       AND (v ->> 'offered')::boolean = NEW.offered
       AND (v ->> 'minimum')::numeric = NEW.minimum
       AND (v ->> 'maximum')::numeric IS NOT DISTINCT FROM NEW.maximum
       AND (v ->> 'fee_percent')::numeric = NEW.fee_percent AND (v ->> 'fee_fixed')::numeric = NEW.fee_fixed
       AND v ->> 'fee_payer' = NEW.fee_payer AND (v ->> 'place')::integer = NEW.place
       AND ARRAY(SELECT jsonb_array_elements_text(v -> 'first_presets'))::numeric[] = NEW.first_presets
       AND ARRAY(SELECT jsonb_array_elements_text(v -> 'presets'))::numeric[] = NEW.presets
       AND coalesce((v ->> 'starts_at')::timestamptz, NEW.created_at) = NEW.starts_at
       AND (v ->> 'ends_at')::timestamptz IS NOT DISTINCT FROM NEW.ends_at THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'terms of method % are not what was approved', NEW.method_id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'terms_are_as_approved', TABLE = 'routing_methodterms';
END
$$;
CREATE TRIGGER terms_are_as_approved BEFORE INSERT ON routing_methodterms
    FOR EACH ROW EXECUTE FUNCTION routing_terms_check();

-- Scalars have no exclusion constraint without btree_gist: the rows of one key queue up, and the later one looks.
CREATE FUNCTION routing_terms_overlap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.ends_at < NEW.starts_at THEN
        RETURN NEW;  -- a check refuses it by its name; a range could not be made of it
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended(
        format('routing.terms %s %s', NEW.method_id, NEW.purpose), 0));
    IF EXISTS (
        SELECT FROM routing_methodterms AS other
        WHERE other.method_id = NEW.method_id AND other.purpose = NEW.purpose AND other.currency = NEW.currency
          AND other.brand_id IS NOT DISTINCT FROM NEW.brand_id AND other.country = NEW.country
          AND other.segment = NEW.segment AND other.id <> NEW.id
          AND tstzrange(other.starts_at, other.ends_at) && tstzrange(NEW.starts_at, NEW.ends_at)
    ) THEN
        RAISE EXCEPTION 'terms of method % overlap others of the same players', NEW.method_id
            USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'terms_do_not_overlap', TABLE = 'routing_methodterms';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER terms_do_not_overlap BEFORE INSERT OR UPDATE ON routing_methodterms
    FOR EACH ROW EXECUTE FUNCTION routing_terms_overlap();

CREATE FUNCTION routing_route_overlap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.ends_at < NEW.starts_at OR NEW.amount_below < NEW.amount_from THEN
        RETURN NEW;  -- the same
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended(
        format('routing.route %s %s', NEW.method_id, NEW.purpose), 0));
    IF EXISTS (
        SELECT FROM routing_route AS other
        WHERE other.method_id = NEW.method_id AND other.purpose = NEW.purpose AND other.gateway = NEW.gateway
          AND other.currency = NEW.currency AND other.brand_id IS NOT DISTINCT FROM NEW.brand_id
          AND other.country = NEW.country AND other.segment = NEW.segment AND other.id <> NEW.id
          AND tstzrange(other.starts_at, other.ends_at) && tstzrange(NEW.starts_at, NEW.ends_at)
          AND numrange(other.amount_from, other.amount_below) && numrange(NEW.amount_from, NEW.amount_below)
    ) THEN
        RAISE EXCEPTION 'routes of method % by % overlap for the same players', NEW.method_id, NEW.gateway
            USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'routes_do_not_overlap', TABLE = 'routing_route';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER routes_do_not_overlap BEFORE INSERT OR UPDATE ON routing_route
    FOR EACH ROW EXECUTE FUNCTION routing_route_overlap();

-- Of a row that has not ended its end may be moved, to no instant before the one at which that is done.
CREATE FUNCTION routing_row_end_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.closed_at IS NOT NULL AND NEW.ends_at IS NOT NULL
       AND (OLD.ends_at IS NULL OR OLD.ends_at > NEW.closed_at)
       AND (OLD.closed_at IS NULL OR NEW.closed_at >= OLD.closed_at)
       AND to_jsonb(NEW) - 'ends_at' - 'closed_at' - 'closing_approval_id'
           = to_jsonb(OLD) - 'ends_at' - 'closed_at' - 'closing_approval_id' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'row % of % stays as it is', OLD.id, TG_TABLE_NAME
        USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
END
$$;
CREATE TRIGGER terms_change_by_new_rows BEFORE UPDATE OR DELETE ON routing_methodterms
    FOR EACH ROW EXECUTE FUNCTION routing_row_end_only();
CREATE TRIGGER routes_change_by_new_rows BEFORE UPDATE OR DELETE ON routing_route
    FOR EACH ROW EXECUTE FUNCTION routing_row_end_only();

-- Terms end because other terms that two people agreed to take their place.
CREATE FUNCTION routing_terms_closing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM approvals_approval AS approval, routing_paymentmethod AS method
        WHERE approval.id = NEW.closing_approval_id AND approval.kind = 'method_terms' AND method.id = NEW.method_id
          AND approval.payload::jsonb ->> 'method' = method.code
          AND approval.payload::jsonb ->> 'purpose' = NEW.purpose
          AND approval.payload::jsonb ->> 'currency' = NEW.currency
          AND (approval.payload::jsonb ->> 'brand')::bigint IS NOT DISTINCT FROM NEW.brand_id
          AND approval.payload::jsonb ->> 'country' = NEW.country
          AND approval.payload::jsonb ->> 'segment' = NEW.segment
          AND coalesce((approval.payload::jsonb ->> 'starts_at')::timestamptz, NEW.closed_at) = NEW.ends_at
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the end of terms % is not what was approved', NEW.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'terms_end_as_approved', TABLE = 'routing_methodterms';
END
$$;
CREATE TRIGGER terms_end_as_approved BEFORE UPDATE ON routing_methodterms
    FOR EACH ROW EXECUTE FUNCTION routing_terms_closing();

CREATE TRIGGER switches_are_never_edited BEFORE UPDATE OR DELETE ON routing_gatewayswitch
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
