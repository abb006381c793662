GRANT UPDATE, DELETE ON staff_staffuser, staff_role, staff_rolegrant TO casino_app;
DROP TRIGGER grant_keeps_its_content ON staff_rolegrant;
DROP TRIGGER grants_are_kept_for_ever ON staff_rolegrant;
DROP TRIGGER roles_are_kept_for_ever ON staff_role;
DROP TRIGGER staff_are_switched_off_not_deleted ON staff_staffuser;
DROP FUNCTION staff_grant_keeps_its_content();
DROP FUNCTION staff_keep();
