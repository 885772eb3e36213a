from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "tejido.network"

    def ready(self) -> None:
        """Register permissions; the tables they ask are there only now."""
        from tejido.network.rules import register_permissions  # noqa: PLC0415

        register_permissions()
