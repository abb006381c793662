from django.db import migrations

from common.database.sql import run_sql_file


class Migration(migrations.Migration):
    dependencies = [("harm", "0001_initial")]
    operations = [run_sql_file(__file__, "0002_guards")]
