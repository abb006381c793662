from django.db import migrations

from common.database.sql import run_sql_file


class Migration(migrations.Migration):
    dependencies = [
        ("limits", "0001_initial"),
        ("accounts", "0001_initial"),
        ("gate", "0001_initial"),
        ("players", "0004_brand_groups"),
    ]
    operations = [run_sql_file(__file__, "0002_limits")]
