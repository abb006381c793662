-- Money at a provider goes its way in known steps, and no step is told without the transfer that stands behind it.

CREATE FUNCTION transfers_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%: % refused: %', TG_TABLE_NAME, TG_OP, replace(TG_NAME, '_', ' ')
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
END
$$;

CREATE TRIGGER visits_are_kept_for_ever BEFORE DELETE ON transfers_transfervisit
    FOR EACH ROW EXECUTE FUNCTION transfers_refuse_change();
CREATE TRIGGER transfers_are_kept_for_ever BEFORE DELETE ON transfers_transferleg
    FOR EACH ROW EXECUTE FUNCTION transfers_refuse_change();
CREATE TRIGGER transfer_calls_are_never_edited BEFORE UPDATE OR DELETE ON transfers_transfercall
    FOR EACH ROW EXECUTE FUNCTION transfers_refuse_change();
CREATE TRIGGER visit_keeps_its_terms BEFORE UPDATE ON transfers_transfervisit
    FOR EACH ROW WHEN ((OLD.id, OLD.reference, OLD.player_id, OLD.provider_id, OLD.hold_id, OLD.currency, OLD.sent,
        OLD.opened_at) IS DISTINCT FROM (NEW.id, NEW.reference, NEW.player_id, NEW.provider_id, NEW.hold_id,
        NEW.currency, NEW.sent, NEW.opened_at))
    EXECUTE FUNCTION transfers_refuse_change();
CREATE TRIGGER transfer_keeps_its_terms BEFORE UPDATE ON transfers_transferleg
    FOR EACH ROW WHEN ((OLD.id, OLD.visit_id, OLD.direction, OLD.number, OLD.reference, OLD.planned_at)
        IS DISTINCT FROM (NEW.id, NEW.visit_id, NEW.direction, NEW.number, NEW.reference, NEW.planned_at)
        OR (OLD.amount IS NOT NULL AND OLD.amount IS DISTINCT FROM NEW.amount))
    EXECUTE FUNCTION transfers_refuse_change();
CREATE TRIGGER visit_steps_in_order BEFORE UPDATE OF state ON transfers_transfervisit
    FOR EACH ROW WHEN (OLD.state <> NEW.state AND (OLD.state, NEW.state) NOT IN (
        ('opening', 'at_provider'), ('opening', 'refused'), ('opening', 'aborted'), ('at_provider', 'returning'),
        ('returning', 'closed')))
    EXECUTE FUNCTION transfers_refuse_change();
CREATE TRIGGER transfer_steps_in_order BEFORE UPDATE OF state ON transfers_transferleg
    FOR EACH ROW WHEN (OLD.state <> NEW.state AND (OLD.state, NEW.state) NOT IN (
        ('planned', 'sent'), ('planned', 'failed'), ('sent', 'confirmed'), ('sent', 'failed'), ('sent', 'unknown'),
        ('unknown', 'confirmed'), ('unknown', 'failed'), ('unknown', 'sent')))
    EXECUTE FUNCTION transfers_refuse_change();

-- What a visit says of its money is what its transfers and its hold say; each promise by its trigger's name.
CREATE FUNCTION transfers_visit_check() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_kept boolean;
BEGIN
    IF TG_NAME = 'visit_arrives_by_a_confirmed_transfer' THEN
        v_kept := EXISTS (SELECT 1 FROM transfers_transferleg l WHERE l.visit_id = NEW.id AND l.direction = 'out'
                              AND l.state = 'confirmed' AND l.amount = NEW.sent);
    ELSIF TG_NAME = 'visit_closes_by_a_confirmed_transfer' THEN
        v_kept := EXISTS (SELECT 1 FROM transfers_transferleg l WHERE l.visit_id = NEW.id AND l.direction = 'in'
                              AND l.state = 'confirmed' AND l.amount = NEW.returned);
    ELSIF TG_NAME = 'visit_fails_with_its_transfers' THEN
        v_kept := NOT EXISTS (SELECT 1 FROM transfers_transferleg l WHERE l.visit_id = NEW.id AND l.state <> 'failed');
    ELSE
        SELECT h.state <> 'open' INTO v_kept FROM wallet_hold h WHERE h.id = NEW.hold_id;
    END IF;
    IF v_kept IS NOT TRUE THEN
        RAISE EXCEPTION 'visit % can not be %: %', NEW.id, NEW.state, replace(TG_NAME, '_', ' ')
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME, TABLE = 'transfers_transfervisit';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER visit_arrives_by_a_confirmed_transfer BEFORE UPDATE OF state ON transfers_transfervisit
    FOR EACH ROW WHEN (OLD.state = 'opening' AND NEW.state = 'at_provider') EXECUTE FUNCTION transfers_visit_check();
CREATE TRIGGER visit_closes_by_a_confirmed_transfer BEFORE UPDATE OF state ON transfers_transfervisit
    FOR EACH ROW WHEN (OLD.state = 'returning' AND NEW.state = 'closed') EXECUTE FUNCTION transfers_visit_check();
CREATE TRIGGER visit_fails_with_its_transfers BEFORE UPDATE OF state ON transfers_transfervisit
    FOR EACH ROW WHEN (OLD.state = 'opening' AND NEW.state IN ('refused', 'aborted'))
    EXECUTE FUNCTION transfers_visit_check();
-- Sorted last of them: the money is given back before a stay ends.
CREATE TRIGGER visit_gives_its_money_back BEFORE UPDATE OF state ON transfers_transfervisit
    FOR EACH ROW WHEN ((OLD.state, NEW.state) IN (('returning', 'closed'), ('opening', 'refused'),
        ('opening', 'aborted')))
    EXECUTE FUNCTION transfers_visit_check();

REVOKE DELETE, TRUNCATE ON transfers_transfervisit, transfers_transferleg FROM casino_app;
REVOKE UPDATE, DELETE, TRUNCATE ON transfers_transfercall FROM casino_app;
