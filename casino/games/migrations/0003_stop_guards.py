from django.db import migrations

from common.database.sql import run_sql_file


class Migration(migrations.Migration):
    dependencies = [("games", "0002_stop")]
    operations = [run_sql_file(__file__, "0003_stop_guards")]
