DROP FUNCTION wallet_post(uuid, text, bigint, bigint, text, text, uuid, bigint, timestamptz, timestamptz, bigint[], text[], numeric[], numeric[], numeric[], bigint[]);
DROP FUNCTION wallet_entry_explain(uuid, integer, bigint, text, numeric, bigint);
DROP FUNCTION wallet_balanced_check(uuid, text[], numeric[]);
