from django.db import migrations

from common.database.sql import run_sql_file


class Migration(migrations.Migration):
    dependencies = [("gate", "0003_guards")]
    operations = [run_sql_file(__file__, "0004_brand_closes")]
