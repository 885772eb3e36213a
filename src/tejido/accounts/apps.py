from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "tejido.accounts"
