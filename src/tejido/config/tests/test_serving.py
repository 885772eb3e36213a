import socket

import pytest

from tejido.config.serving import ServingRefused, refuse_taken_address


def test_address_of_another_program_is_refused_with_what_to_do() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(ServingRefused, match=f"port {port}.*--port"):
            refuse_taken_address("127.0.0.1", port)


@pytest.mark.parametrize("port", [-1, 65536])
def test_port_that_no_machine_has_is_refused(port: int) -> None:
    with pytest.raises(ServingRefused):
        refuse_taken_address("127.0.0.1", port)


def test_free_address_is_taken() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    refuse_taken_address("127.0.0.1", port)
