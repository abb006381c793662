from django.db import migrations

from common.database.sql import run_sql_file


class Migration(migrations.Migration):
    dependencies = [("facts", "0001_initial"), ("common", "0001_application_role"), ("play", "0002_calls")]
    operations = [run_sql_file(__file__, "0002_functions")]
