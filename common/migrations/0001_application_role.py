from django.db import migrations

from common.database.sql import run_sql_file


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [run_sql_file(__file__, "0001_application_role")]
