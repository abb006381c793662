from django.db import models


class ReportRight(models.Model):  # noqa: DJ008 - there are no rows to show
    """No table: it carries the rights to reports, one for each family."""

    class Meta:
        managed = False
        default_permissions = ()
        permissions = [
            ("view_finance_reports", "Can view reports of finance"),
            ("view_games_reports", "Can view reports of games"),
            ("view_players_reports", "Can view reports of players"),
            ("view_compliance_reports", "Can view reports of compliance"),
            ("view_staff_reports", "Can view reports of staff"),
        ]
