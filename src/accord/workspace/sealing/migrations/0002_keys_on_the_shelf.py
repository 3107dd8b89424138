from django.db import migrations, models

import accord.workspace.sealing.migrating


class Migration(migrations.Migration):
    dependencies = [
        ("sealing", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="districtkey",
            name="name",
            field=models.CharField(default="", max_length=32),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="districtkey",
            name="closed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunPython(accord.workspace.sealing.migrating.keys_on_the_shelf),
        migrations.RemoveField(model_name="districtkey", name="public"),
        migrations.RemoveField(model_name="districtkey", name="locked"),
    ]
