from django.db import migrations

from common.database.sql import run_sql_file


class Migration(migrations.Migration):
    dependencies = [("signin", "0003_invitation")]
    operations = [run_sql_file(__file__, "0004_invitation_guard")]
