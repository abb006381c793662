DROP TRIGGER approval_opens_as_proposed ON approvals_approval;
DROP TRIGGER approval_keeps_what_was_proposed ON approvals_approval;
DROP TRIGGER approvals_are_kept_for_ever ON approvals_approval;
DROP TRIGGER maker_is_the_accounts_person ON approvals_approval;
DROP TRIGGER approval_state_moves_forward ON approvals_approval;
DROP TRIGGER decisions_are_never_edited ON approvals_approvaldecision;
DROP TRIGGER maker_never_decides ON approvals_approvaldecision;
DROP TRIGGER approval_rules_are_never_edited ON approvals_approvalrule;
ALTER TABLE approvals_approval DROP CONSTRAINT approval_hash_is_its_payloads,
    DROP CONSTRAINT approval_reason_code_is_its_payloads;
DROP FUNCTION approvals_state_check();
DROP FUNCTION approvals_decision_check();
DROP FUNCTION approvals_maker_check();
DROP FUNCTION approvals_refuse();
GRANT UPDATE, DELETE ON approvals_approval, approvals_approvaldecision, approvals_approvalrule TO casino_app;
