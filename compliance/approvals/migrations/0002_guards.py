from django.db import migrations

from common.database.sql import run_sql_file


class Migration(migrations.Migration):
    dependencies = [("approvals", "0001_initial"), ("staff", "0004_personnel_number")]
    operations = [run_sql_file(__file__, "0002_guards")]
