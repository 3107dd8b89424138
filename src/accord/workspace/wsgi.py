"""The workspace for a web server: `waitress-serve accord.workspace.wsgi:application`."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "accord.workspace.settings")
application = get_wsgi_application()
