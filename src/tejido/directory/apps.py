from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "tejido.directory"

    def ready(self) -> None:
        """Offer what needs a steward to the first page of the desk."""
        from tejido.directory.web.tasks import tasks  # noqa: PLC0415
        from tejido.network.tasks import offer_tasks  # noqa: PLC0415

        offer_tasks(tasks)
