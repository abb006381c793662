from django.db import migrations

from common.database.sql import run_sql_file


class Migration(migrations.Migration):
    dependencies = [("play", "0002_calls"), ("gate", "0003_guards"), ("limits", "0002_limits")]
    operations = [run_sql_file(__file__, "0003_standing")]
