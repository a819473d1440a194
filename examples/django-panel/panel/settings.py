"""The panel's settings; where the operator is, and what it agreed with it, may come from the environment."""

import os
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
SECRET_KEY = "for the example only"
DEBUG = True
ALLOWED_HOSTS = ["127.0.0.1", "testserver"]
INSTALLED_APPS = ["sms"]
ROOT_URLCONF = "panel.urls"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": BASE_DIR / "panel.sqlite3"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True

SMSC = (os.environ.get("SMSC_HOST", "127.0.0.1"), int(os.environ.get("SMSC_PORT", "2775")))
SMSC_ACCOUNT = {"system_id": "panel", "password": "panel"}

LINES = {"code": "2000300030", "notice": "3000200020", "offer": "3000100010"}
PATTERN = "کد ورود شما به فروشگاه نمونه: {text}"
FOOTER = os.environ.get("PANEL_FOOTER", "لغو۱۱")
