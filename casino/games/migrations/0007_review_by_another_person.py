from django.db import migrations

from common.database.sql import run_sql_file


class Migration(migrations.Migration):
    dependencies = [("games", "0006_handover_guards"), ("staff", "0004_personnel_number")]
    operations = [run_sql_file(__file__, "0007_review_by_another_person")]
