-- Four eyes, kept by the database itself (docs/guards.md): whatever code decides, a person never approves alone.

CREATE FUNCTION approvals_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%: % refused (%)', TG_TABLE_NAME, TG_OP, replace(TG_NAME, '_', ' ')
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
END
$$;

-- 1. What was proposed stays as it was, with its hash, and nothing is deleted.
ALTER TABLE approvals_approval ADD CONSTRAINT approval_hash_is_its_payloads
    CHECK (payload_sha256 = encode(sha256(convert_to(payload, 'UTF8')), 'hex'));
ALTER TABLE approvals_approval ADD CONSTRAINT approval_reason_code_is_its_payloads
    CHECK (reason_code = coalesce(payload::jsonb ->> 'reason_code', ''));
CREATE TRIGGER approval_opens_as_proposed BEFORE INSERT ON approvals_approval
    FOR EACH ROW WHEN (NEW.state <> 'proposed') EXECUTE FUNCTION approvals_refuse();
CREATE TRIGGER approval_keeps_what_was_proposed
    BEFORE UPDATE OF id, kind, payload, payload_sha256, consequences, state_facts, fingerprint, maker_id, maker_person,
        maker_roles, reason_code, reason, ticket, subject, brand_id, jurisdiction, player_id, approvals_needed,
        created_at, expires_at ON approvals_approval
    FOR EACH ROW EXECUTE FUNCTION approvals_refuse();
CREATE TRIGGER approvals_are_kept_for_ever BEFORE DELETE ON approvals_approval
    FOR EACH ROW EXECUTE FUNCTION approvals_refuse();
CREATE TRIGGER decisions_are_never_edited BEFORE UPDATE OR DELETE ON approvals_approvaldecision
    FOR EACH ROW EXECUTE FUNCTION approvals_refuse();
CREATE TRIGGER approval_rules_are_never_edited BEFORE UPDATE OR DELETE ON approvals_approvalrule
    FOR EACH ROW EXECUTE FUNCTION approvals_refuse();

-- 2. The maker's number is the account's own.
CREATE FUNCTION approvals_maker_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM staff_staffuser s WHERE s.id = NEW.maker_id AND s.personnel_number = NEW.maker_person;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'account % is not of person %', NEW.maker_id, NEW.maker_person USING ERRCODE = 'check_violation',
            CONSTRAINT = 'maker_is_the_accounts_person', TABLE = 'approvals_approval';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER maker_is_the_accounts_person BEFORE INSERT ON approvals_approval
    FOR EACH ROW EXECUTE FUNCTION approvals_maker_check();

-- 3. A decision is made while the approval is open, in its time, by a person who is not its maker. The approval's row
--    is locked first, so two decisions at once are decided one after the other.
CREATE FUNCTION approvals_decision_check() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    a approvals_approval;
    v_person text;
BEGIN
    SELECT * INTO a FROM approvals_approval WHERE id = NEW.approval_id FOR NO KEY UPDATE;
    IF a.state NOT IN ('proposed', 'approved_once') THEN
        RAISE EXCEPTION 'approval % is %', a.id, a.state USING ERRCODE = 'check_violation',
            CONSTRAINT = 'decided_while_open', TABLE = 'approvals_approvaldecision';
    END IF;
    IF (NEW.at >= a.expires_at) <> (NEW.verdict = 'expire') OR NEW.at < a.created_at THEN
        RAISE EXCEPTION 'approval % stands from % to %', a.id, a.created_at, a.expires_at
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decided_in_its_time', TABLE = 'approvals_approvaldecision';
    END IF;
    IF NEW.verdict = 'expire' THEN
        RETURN NEW;
    END IF;
    SELECT personnel_number INTO v_person FROM staff_staffuser WHERE id = NEW.staff_id;
    IF v_person IS DISTINCT FROM NEW.person THEN
        RAISE EXCEPTION 'account % is not of person %', NEW.staff_id, NEW.person USING ERRCODE = 'check_violation',
            CONSTRAINT = 'decider_is_the_accounts_person', TABLE = 'approvals_approvaldecision';
    END IF;
    IF NEW.verdict = 'withdraw' AND NEW.person <> a.maker_person THEN
        RAISE EXCEPTION 'approval % is another''s', a.id USING ERRCODE = 'check_violation',
            CONSTRAINT = 'only_the_maker_withdraws', TABLE = 'approvals_approvaldecision';
    ELSIF NEW.verdict <> 'withdraw' AND (NEW.person = a.maker_person OR NEW.staff_id = a.maker_id) THEN
        RAISE EXCEPTION 'approval % was made by the same person', a.id USING ERRCODE = 'check_violation',
            CONSTRAINT = 'maker_never_decides', TABLE = 'approvals_approvaldecision';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER maker_never_decides BEFORE INSERT ON approvals_approvaldecision
    FOR EACH ROW EXECUTE FUNCTION approvals_decision_check();

-- 4. The state moves forward, each step by its decision; executed once, with as many other people as it needs.
CREATE FUNCTION approvals_state_check() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_verdict text;
    v_people integer;
BEGIN
    IF OLD.state NOT IN ('proposed', 'approved_once') OR NEW.state NOT IN (
            'approved_once', 'executed', 'rejected', 'withdrawn', 'expired', 'refused_state_changed')
       OR NEW.state = OLD.state THEN
        RAISE EXCEPTION 'approval %: no way from % to %', OLD.id, OLD.state, NEW.state
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'approval_state_moves_forward',
                  TABLE = 'approvals_approval';
    END IF;
    SELECT count(DISTINCT d.person) INTO v_people FROM approvals_approvaldecision d
        WHERE d.approval_id = NEW.id AND d.verdict = 'approve';
    IF (NEW.state = 'executed' AND v_people < NEW.approvals_needed)
       OR (NEW.state = 'approved_once' AND v_people <> 1) THEN
        RAISE EXCEPTION 'approval %: % of % people approved', NEW.id, v_people, NEW.approvals_needed
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'executed_with_all_its_approvals',
                  TABLE = 'approvals_approval';
    END IF;
    v_verdict := CASE NEW.state WHEN 'rejected' THEN 'reject' WHEN 'withdrawn' THEN 'withdraw'
        WHEN 'expired' THEN 'expire' WHEN 'refused_state_changed' THEN 'refuse' ELSE 'approve' END;
    PERFORM 1 FROM approvals_approvaldecision d WHERE d.approval_id = NEW.id AND d.verdict = v_verdict;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'approval %: % without a decision', NEW.id, NEW.state
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'approval_ends_by_a_decision',
                  TABLE = 'approvals_approval';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER approval_state_moves_forward BEFORE UPDATE OF state, ended_at, result ON approvals_approval
    FOR EACH ROW EXECUTE FUNCTION approvals_state_check();

-- 5. The application's role may add, and may move an approval on; no more.
REVOKE UPDATE, DELETE, TRUNCATE ON approvals_approval, approvals_approvaldecision, approvals_approvalrule
    FROM casino_app;
GRANT UPDATE (state, ended_at, result) ON approvals_approval TO casino_app;
