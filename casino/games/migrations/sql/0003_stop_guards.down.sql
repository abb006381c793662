DROP TRIGGER stop_reviewed_by_another_person ON games_stopreview;
DROP TRIGGER stop_reviews_are_never_edited ON games_stopreview;
DROP TRIGGER stop_ends_once ON games_stop;
DROP TRIGGER stop_keeps_its_content ON games_stop;
DROP TRIGGER stops_are_kept_for_ever ON games_stop;
DROP FUNCTION games_stop_review_check();
DROP FUNCTION games_refuse_change();
GRANT UPDATE, DELETE ON games_stop, games_stopreview TO casino_app;
