import django.db.models.deletion
from django.db import migrations, models

import accord.workspace.sealing.fields
import accord.workspace.sealing.migrating
import accord.workspace.sealing.shelf


class Migration(migrations.Migration):
    """Files from before are closed by their districts' keys (`keeping.closing`)."""

    dependencies = [
        ("library", "0002_sealed"),
    ]

    operations = [
        migrations.AddField(
            model_name="upload",
            name="expired_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="upload",
            name="seal",
            field=models.CharField(
                default=accord.workspace.sealing.shelf.new_name, editable=False, max_length=32
            ),
        ),
        migrations.AddField(
            model_name="upload",
            name="is_sealed",
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name="upload",
            name="name",
            field=accord.workspace.sealing.fields.SealedText(blank=True),
        ),
        migrations.AlterField(
            model_name="upload",
            name="hash",
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AlterField(
            model_name="document",
            name="upload",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="documents",
                to="library.upload",
            ),
        ),
        migrations.RunPython(
            accord.workspace.sealing.migrating.seals_apart("library", "upload"),
            migrations.RunPython.noop,
        ),
    ]
