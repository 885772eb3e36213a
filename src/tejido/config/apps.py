from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "tejido.config"
