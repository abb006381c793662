from django.db import migrations

from common.database.sql import run_sql_file


class Migration(migrations.Migration):
    dependencies = [
        ("play", "0001_initial"),
        ("wallet", "0003_functions"),
        ("compliance", "0001_initial"),
        ("jackpots", "0001_initial"),
        ("games", "0002_stop"),
    ]
    operations = [run_sql_file(__file__, "0002_calls")]
