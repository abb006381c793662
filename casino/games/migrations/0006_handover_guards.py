from django.db import migrations

from common.database.sql import run_sql_file


class Migration(migrations.Migration):
    dependencies = [("games", "0005_key_handover")]
    operations = [run_sql_file(__file__, "0006_handover_guards")]
