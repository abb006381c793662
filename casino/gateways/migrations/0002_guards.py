from django.db import migrations

from common.database.sql import run_sql_file


class Migration(migrations.Migration):
    dependencies = [
        ("gateways", "0001_initial"),
        ("audit", "0003_row_history"),
        ("common", "0001_application_role"),
    ]
    operations = [run_sql_file(__file__, "0002_guards")]
