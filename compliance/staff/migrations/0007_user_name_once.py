from django.db import migrations, models
from django.db.models.functions import Lower


class Migration(migrations.Migration):
    dependencies = [("staff", "0006_factor_reset_permissions")]

    operations = [
        migrations.AddConstraint(
            model_name="staffuser",
            constraint=models.UniqueConstraint(Lower("username"), name="user_name_once_whatever_its_case"),
        ),
    ]
