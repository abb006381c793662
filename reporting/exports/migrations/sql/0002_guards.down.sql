DROP TRIGGER schedule_is_ended_never_edited ON exports_exportschedule;
DROP TRIGGER download_link_works_once ON exports_downloadticket;
DROP TRIGGER export_files_are_never_edited ON exports_exportfile;
DROP TRIGGER export_follows_its_states ON exports_export;
DROP FUNCTION exports_schedule_keeps();
DROP FUNCTION exports_ticket_used_once();
DROP FUNCTION exports_keep();
DROP FUNCTION exports_export_follows();
