from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("wallet", "0003_functions")]
    operations = [
        migrations.AddField(
            model_name="seal",
            name="kinds",
            field=models.CharField(
                default="answer,transaction",
                help_text="The kinds of rows that it covers, sorted, comma between.",
                max_length=200,
            ),
            preserve_default=False,
        )
    ]
