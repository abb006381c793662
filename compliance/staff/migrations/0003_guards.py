from django.db import migrations

from common.database.sql import run_sql_file


class Migration(migrations.Migration):
    dependencies = [("staff", "0002_roles")]
    operations = [run_sql_file(__file__, "0003_guards")]
