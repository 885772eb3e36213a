from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "tejido.directory"

    def ready(self) -> None:
        """Offer what needs a steward to the first page of the desk, and what they hold."""
        from tejido.directory.services.holdings import HOLDINGS  # noqa: PLC0415
        from tejido.directory.web.release_tasks import releases_to_answer  # noqa: PLC0415
        from tejido.directory.web.tasks import tasks  # noqa: PLC0415
        from tejido.network.hand_over import offer_holding  # noqa: PLC0415
        from tejido.network.tasks import offer_tasks  # noqa: PLC0415

        offer_tasks(releases_to_answer)
        offer_tasks(tasks)
        for holding in HOLDINGS:
            offer_holding(holding)
