-- Reports ask for days. These tables grow at one end, in the order of the times that are asked for: a range index costs
-- a write next to nothing, and a day's rows are found without reading the others.
CREATE INDEX round_opened_at ON play_round USING brin (opened_at) WITH (pages_per_range = 16, autosummarize = on);
CREATE INDEX leg_booked_at ON play_leg USING brin (booked_at) WITH (pages_per_range = 16, autosummarize = on);
CREATE INDEX session_launched_at ON play_gamesession USING brin (launched_at) WITH (autosummarize = on);
CREATE INDEX event_occurred_at ON audit_auditevent USING brin (occurred_at) WITH (autosummarize = on);
CREATE INDEX sign_in_created_at ON accounts_playersession USING brin (created_at) WITH (autosummarize = on);
CREATE INDEX location_checked_at ON geo_locationcheck USING brin (checked_at) WITH (autosummarize = on);
CREATE INDEX assessment_made_at ON harm_assessment USING brin (at) WITH (autosummarize = on);
CREATE INDEX lookup_asked_at ON register_registerlookup USING brin (asked_at) WITH (autosummarize = on);
-- Row histories of what every player has; those of settings stay small.
CREATE INDEX players_playerhistory_at ON players_playerhistory USING brin (pgh_created_at) WITH (autosummarize = on);
CREATE INDEX personal_personaldatahistory_at ON personal_personaldatahistory USING brin (pgh_created_at) WITH (autosummarize = on);
CREATE INDEX accounts_credentialhistory_at ON accounts_credentialhistory USING brin (pgh_created_at) WITH (autosummarize = on);
CREATE INDEX kyc_kycstatehistory_at ON kyc_kycstatehistory USING brin (pgh_created_at) WITH (autosummarize = on);
CREATE INDEX kyc_documenthistory_at ON kyc_documenthistory USING brin (pgh_created_at) WITH (autosummarize = on);
CREATE INDEX limits_limithistory_at ON limits_limithistory USING brin (pgh_created_at) WITH (autosummarize = on);
CREATE INDEX limits_limitchangehistory_at ON limits_limitchangehistory USING brin (pgh_created_at) WITH (autosummarize = on);
CREATE INDEX gate_flaghistory_at ON gate_flaghistory USING brin (pgh_created_at) WITH (autosummarize = on);
CREATE INDEX exclusions_exclusionhistory_at ON exclusions_exclusionhistory USING brin (pgh_created_at) WITH (autosummarize = on);
CREATE INDEX cashier_instrumenthistory_at ON cashier_instrumenthistory USING brin (pgh_created_at) WITH (autosummarize = on);
CREATE INDEX withdrawals_payouthistory_at ON withdrawals_payouthistory USING brin (pgh_created_at) WITH (autosummarize = on);
