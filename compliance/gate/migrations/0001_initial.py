import django.db.models.deletion
from django.db import migrations, models

from common.database.sql import run_sql_file


class Migration(migrations.Migration):
    initial = True

    dependencies = [("compliance", "0001_initial"), ("players", "0001_initial"), ("common", "0001_application_role")]

    operations = [
        migrations.CreateModel(
            name="Standing",
            fields=[
                ("player", models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name="+", serialize=False, to="players.player")),
                ("country", models.CharField(max_length=2)),
                ("brand_id", models.BigIntegerField()),
                ("is_test", models.BooleanField()),
                ("computed_at", models.DateTimeField(null=True)),
                ("valid_until", models.DateTimeField(null=True, help_text="Before this instant `terms` may be used; empty: spoiled.")),
                ("spoiled", models.BigIntegerField(default=0, help_text="How often a fact behind it has changed.")),
                ("terms", models.JSONField(help_text="What stands against bets or conditions them; empty: nothing.", null=True)),
            ],
            options={"db_table": "gate_standing", "default_permissions": ()},
        ),
        run_sql_file(__file__, "0001_standing"),
    ]
