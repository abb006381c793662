from django.db import migrations


class Migration(migrations.Migration):
    """The trigger of the table of states admits no other state: a check beside it can never be broken."""

    dependencies = [("exports", "0002_guards")]
    operations = [migrations.RemoveConstraint(model_name="export", name="export_state_known")]
