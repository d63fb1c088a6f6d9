"""The same table in Django's admin: run as a program, it prints the cookie of somebody who may do all."""

import os

import django
import psycopg
from django.conf import settings
from django.urls import path

database = psycopg.conninfo.conninfo_to_dict(os.environ["DATABASE_URL"])

settings.configure(
    SECRET_KEY="measured",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=[
        "django.contrib.admin",
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.messages",
        "django.contrib.sessions",
    ],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ]
            },
        }
    ],
    STATIC_URL="/static/",
    USE_TZ=True,
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "CONN_MAX_AGE": None,
            "HOST": database.get("host", ""),
            "PORT": database.get("port", ""),
            "USER": database.get("user", ""),
            "PASSWORD": database.get("password", ""),
            "NAME": database.get("dbname", ""),
        }
    },
)
django.setup()

from django.contrib import admin  # noqa: E402
from django.db import models  # noqa: E402


class Event(models.Model):
    id = models.BigIntegerField(primary_key=True)
    happened_at = models.DateTimeField()
    kind = models.TextField()
    account = models.IntegerField()
    text = models.TextField()
    amount = models.IntegerField()

    class Meta:
        app_label = "auth"
        db_table = "event"
        managed = False


@admin.register(Event)
class EventAdmin(admin.ModelAdmin):
    list_display = ["id", "happened_at", "kind", "account", "text", "amount"]
    search_fields = ["kind", "text"]
    list_per_page = 50
    ordering = ["id"]


urlpatterns = [path("admin/", admin.site.urls)]


def setup():
    from importlib import import_module

    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.auth.models import User
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    user = User.objects.create_superuser("measured", password="measured")
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    print("sessionid=" + session.session_key)


if __name__ == "__main__":
    setup()
else:
    from django.core.wsgi import get_wsgi_application

    application = get_wsgi_application()
