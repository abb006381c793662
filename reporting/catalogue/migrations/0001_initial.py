from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="ReportRight",
            fields=[("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))],
            options={
                "permissions": [
                    ("view_finance_reports", "Can view reports of finance"),
                    ("view_games_reports", "Can view reports of games"),
                    ("view_players_reports", "Can view reports of players"),
                    ("view_compliance_reports", "Can view reports of compliance"),
                    ("view_staff_reports", "Can view reports of staff"),
                ],
                "managed": False,
                "default_permissions": (),
            },
        )
    ]
