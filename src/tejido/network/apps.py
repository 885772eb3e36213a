from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "tejido.network"

    def ready(self) -> None:
        """Register permissions and who needs a second step; the tables are there only now."""
        from tejido.accounts.obligations import oblige_second_step  # noqa: PLC0415
        from tejido.network.agreement_tasks import agreements_to_sign  # noqa: PLC0415
        from tejido.network.departure_tasks import departures_to_confirm  # noqa: PLC0415
        from tejido.network.hand_over import offer_holding  # noqa: PLC0415
        from tejido.network.news_tasks import (  # noqa: PLC0415
            agreements_that_others_ended,
            consents_taken_back,
            marks_of_tribal_partners,
            recoveries_to_confirm,
        )
        from tejido.network.queries.access import must_have_second_step  # noqa: PLC0415
        from tejido.network.restored_tasks import to_look_through  # noqa: PLC0415
        from tejido.network.rules import register_permissions  # noqa: PLC0415
        from tejido.network.services.holdings import HOLDINGS  # noqa: PLC0415
        from tejido.network.shared_tables import offer_table  # noqa: PLC0415
        from tejido.network.staff_table import PEOPLE_BY_ROLE  # noqa: PLC0415
        from tejido.network.tasks import offer_tasks  # noqa: PLC0415

        register_permissions()
        offer_table(PEOPLE_BY_ROLE)
        for ask in (
            recoveries_to_confirm,
            departures_to_confirm,
            consents_taken_back,
            agreements_that_others_ended,
            marks_of_tribal_partners,
            to_look_through,
            agreements_to_sign,
        ):
            offer_tasks(ask)
        for holding in HOLDINGS:
            offer_holding(holding)
        oblige_second_step(must_have_second_step)
