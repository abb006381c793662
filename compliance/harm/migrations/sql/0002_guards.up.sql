-- What was seen in a player's behaviour, done about it and thought of it stays as it was (UK-16, GDPR-06).
CREATE FUNCTION harm_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%: % refused (%)', TG_TABLE_NAME, TG_OP, replace(TG_NAME, '_', ' ')
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
END
$$;
CREATE TRIGGER assessments_are_never_edited BEFORE UPDATE OR DELETE ON harm_assessment
    FOR EACH ROW EXECUTE FUNCTION harm_refuse();
CREATE TRIGGER overrides_are_never_edited BEFORE UPDATE OR DELETE ON harm_override
    FOR EACH ROW EXECUTE FUNCTION harm_refuse();
CREATE TRIGGER interactions_are_kept_for_ever BEFORE DELETE ON harm_interaction
    FOR EACH ROW EXECUTE FUNCTION harm_refuse();
CREATE TRIGGER interaction_keeps_its_content
    BEFORE UPDATE OF id, case_id, player_id, at, by, channel, seen, done, answer, score ON harm_interaction
    FOR EACH ROW EXECUTE FUNCTION harm_refuse();
CREATE TRIGGER interaction_is_measured_once BEFORE UPDATE OF after_7, after_30 ON harm_interaction
    FOR EACH ROW WHEN ((OLD.after_7 IS NOT NULL AND NEW.after_7 IS DISTINCT FROM OLD.after_7)
                       OR (OLD.after_30 IS NOT NULL AND NEW.after_30 IS DISTINCT FROM OLD.after_30))
    EXECUTE FUNCTION harm_refuse();
CREATE TRIGGER steps_are_kept_for_ever BEFORE DELETE ON harm_step FOR EACH ROW EXECUTE FUNCTION harm_refuse();
CREATE TRIGGER step_keeps_its_content
    BEFORE UPDATE OF id, case_id, assessment_id, kind, flag_id, evident_at, due_at, taken_at ON harm_step
    FOR EACH ROW EXECUTE FUNCTION harm_refuse();
CREATE TRIGGER step_is_reviewed_once BEFORE UPDATE OF reviewed_at, reviewed_by, review, review_words ON harm_step
    FOR EACH ROW WHEN (OLD.reviewed_at IS NOT NULL) EXECUTE FUNCTION harm_refuse();
CREATE TRIGGER harm_cases_are_kept_for_ever BEFORE DELETE ON harm_case FOR EACH ROW EXECUTE FUNCTION harm_refuse();
CREATE TRIGGER harm_case_is_closed_for_good BEFORE UPDATE ON harm_case
    FOR EACH ROW WHEN (OLD.state = 'closed') EXECUTE FUNCTION harm_refuse();

REVOKE UPDATE, DELETE, TRUNCATE ON harm_assessment, harm_override, harm_interaction, harm_step, harm_case
    FROM casino_app;
GRANT UPDATE (after_7, after_30) ON harm_interaction TO casino_app;
GRANT UPDATE (reviewed_at, reviewed_by, review, review_words) ON harm_step TO casino_app;
GRANT UPDATE (state, tier, rank, score, assessment_id, due_at, first_acted_at, review_asked_at, review_words,
              closed_at, closed_by, outcome) ON harm_case TO casino_app;
