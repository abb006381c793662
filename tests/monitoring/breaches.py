"""Raw SQL that breaks each promise about monitoring, by the name that must refuse it."""

from __future__ import annotations

_RULE = (
    "INSERT INTO monitoring_alertrule (code, title, area, measure, expression, threshold, window_minutes, severity,"
    " runbook, screen, enabled, valid_from, set_by, reason) SELECT code, title, {area}, measure, {expression},"
    " threshold, {window}, {severity}, {runbook}, screen, enabled, {valid_from}, set_by, {reason}"
    " FROM monitoring_alertrule WHERE id = %(alert_rule)s"
)
_INCIDENT = "UPDATE monitoring_incident SET {change} WHERE id = %(incident)s"
_LIFT = "state = 'lifted', lifted_at = now(), lifted_by = {by}, lift_reason = {reason}, approval = {approval}"
_PROOF = (
    "INSERT INTO monitoring_houseproof (kind, proved_at, sound, broken, took_ms, document, key_id, signature)"
    " VALUES ({kind}, now(), {sound}, {broken}, 1, '', '', '')"
)


def _rule(
    area: str = "area", expression: str = "expression", window: str = "5", severity: str = "severity",
    runbook: str = "runbook", valid_from: str = "now()", reason: str = "reason",
) -> str:  # fmt: skip
    return _RULE.format(**locals())


def _lift(by: str = "'staff:7'", reason: str = "'why'", approval: str = "'approval:1'") -> str:
    return _INCIDENT.format(change=_LIFT.format(**locals()))


BY_ANYBODY: dict[str, list[str]] = {
    "one_alert_rule_per_code_and_moment": [_rule(valid_from="valid_from")],
    "alert_rule_severity_known": [_rule(severity="'p9'")],
    "alert_rule_area_known": [_rule(area="'sky'")],
    "alert_rule_expression_known": [_rule(expression="'maybe'")],
    "alert_rule_window_of_a_day": [_rule(window="0"), _rule(window="1441")],
    "alert_rule_has_a_reason": [_rule(reason="''")],
    "alert_rule_has_a_runbook": [_rule(runbook="''")],
    "one_sample_per_measure_scope_minute": [
        "INSERT INTO monitoring_sample (minute, measure, scope, value)"
        " SELECT minute, measure, scope, value FROM monitoring_sample LIMIT 1"
    ],
    "one_row_of_evaluation": [
        "INSERT INTO monitoring_evaluation (id, checked_to, took_ms, failed) VALUES (2, 0, 0, '[]')"
    ],
    "one_count_per_minute_provider_call_result": [
        "INSERT INTO monitoring_callminute (minute, provider, call, result, calls, total_us, le_5, le_10, le_25, le_50,"
        " le_100, le_250, le_500, le_1000, le_2500) SELECT '2026-01-01', 'x', 'bet', 'ok', 1, 1, 0, 0, 0, 0, 0, 0, 0,"
        " 0, 0 FROM generate_series(1, 2)"
    ],
    "one_total_per_provider_call_result": [
        "INSERT INTO monitoring_calltotal (provider, call, result, calls, total_us, le_5, le_10, le_25, le_50, le_100,"
        " le_250, le_500, le_1000, le_2500) SELECT provider, call, result, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0"
        " FROM monitoring_calltotal"
    ],
    "call_totals_only_grow": ["UPDATE monitoring_calltotal SET calls = 0"],
    "one_live_alert_per_code_and_scope": [
        "INSERT INTO monitoring_alert (code, scope, rule_id, severity, state, threshold, value, worst, since, seen_at,"
        " acknowledged_by, acknowledge_reason) SELECT code, scope, rule_id, severity, 'firing', threshold, value,"
        " worst, since, seen_at, '', '' FROM monitoring_alert WHERE id = %(alert_taken)s"
    ],
    "alert_state_known": ["UPDATE monitoring_alert SET state = 'asleep' WHERE id = %(alert)s"],
    "alert_acknowledged_by_somebody_with_a_reason": [
        "UPDATE monitoring_alert SET acknowledged_at = now(), acknowledged_by = 'staff:7' WHERE id = %(alert)s",
        "UPDATE monitoring_alert SET acknowledged_by = 'staff:7' WHERE id = %(alert)s",
    ],
    "alert_resolved_has_a_moment": ["UPDATE monitoring_alert SET state = 'resolved' WHERE id = %(alert)s"],
    "alert_keeps_its_content": [
        "UPDATE monitoring_alert SET severity = 'p3' WHERE id = %(alert)s",
        "UPDATE monitoring_alert SET since = now() WHERE id = %(alert)s",
    ],
    "alert_follows_its_states": [
        "UPDATE monitoring_alert SET state = 'firing' WHERE id = %(alert_taken)s",
        "UPDATE monitoring_alert SET value = 1 WHERE id = %(alert_over)s",
    ],
    "incident_freezes_one_target": [
        "INSERT INTO monitoring_incident (scope, severity, promise, row, expected, found, flags, state, opened_at,"
        " lifted_by, lift_reason, approval) VALUES ('all', 'p1', 'x', 'x', 'x', 'x', '[]', 'open', now(), '', '', '')",
        "INSERT INTO monitoring_incident (scope, player_id, game_id, severity, promise, row, expected, found, flags,"
        " state, opened_at, lifted_by, lift_reason, approval)"
        " SELECT 'game', %(player)s, NULL, 'p1', 'x', 'x', 'x', 'x', '[]', 'open', now(), '', '', ''",
    ],
    "one_open_incident_per_target": [
        "INSERT INTO monitoring_incident (scope, player_id, severity, promise, row, expected, found, flags, state,"
        " opened_at, lifted_by, lift_reason, approval) SELECT scope, player_id, severity, promise, row, expected,"
        " found, flags, state, opened_at, '', '', '' FROM monitoring_incident WHERE id = %(incident)s"
    ],
    "incident_lifted_by_a_person_with_a_reason": [_lift(by="'system:freeze'"), _lift(reason="''")],
    "p1_incident_lifted_by_two": [_lift(approval="''")],
    "incident_is_lifted_once": [
        _INCIDENT.format(change="promise = 'x'"),
        "UPDATE monitoring_incident SET lift_reason = 'x' WHERE id = %(incident_over)s",
    ],
    "proof_says_what_is_broken": [
        _PROOF.format(kind="'full'", sound="true", broken="'x'"),
        _PROOF.format(kind="'full'", sound="false", broken="''"),
    ],
    "proof_kind_known": [_PROOF.format(kind="'half'", sound="true", broken="''")],
}  # fmt: skip

BY_OWNER: dict[str, list[str]] = {
    "alert_rules_are_never_edited": [
        "UPDATE monitoring_alertrule SET threshold = 9", "DELETE FROM monitoring_alertrule WHERE id > %(alert_rule)s",
    ],
    "house_proofs_are_never_edited": [
        "UPDATE monitoring_houseproof SET sound = true", "DELETE FROM monitoring_houseproof",
    ],
    "software_checks_are_never_edited": [
        "UPDATE monitoring_softwarecheck SET same = true", "DELETE FROM monitoring_softwarecheck",
    ],
    "alerts_are_kept_for_ever": ["DELETE FROM monitoring_alert"],
    "incidents_are_kept_for_ever": ["DELETE FROM monitoring_incident"],
}  # fmt: skip
