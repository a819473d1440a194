"""`manage.py smpp`: the worker that holds the connection to the operator."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from sms.gateway import Gateway


class Command(BaseCommand):
    """Sends what is queued until Ctrl-C."""

    help = "Sends what is queued, and books what comes back, until Ctrl-C."

    def handle(self, *_arguments: Any, **_options: Any) -> None:
        """Works, a tenth of a second at a time."""
        with Gateway(settings.SMSC, **settings.SMSC_ACCOUNT) as gateway:
            while True:
                gateway.work()
                time.sleep(0.1)
