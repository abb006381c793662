import django.core.validators
from django.db import migrations, models

from common.database.sql import run_sql_file


class Migration(migrations.Migration):
    dependencies = [("staff", "0003_guards")]
    operations = [
        migrations.AddField(
            model_name="staffuser",
            name="personnel_number",
            field=models.CharField(
                blank=True,
                default="",
                help_text="Given once, never changed.",
                max_length=40,
                validators=[
                    django.core.validators.RegexValidator(
                        "^[A-Z0-9-]*$", "Capital letters, digits and dashes, such as P-0107."
                    )
                ],
            ),
        ),
        run_sql_file(__file__, "0004_personnel_number"),
    ]
