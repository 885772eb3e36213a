"""A web server on this computer that answers as a test says, however badly."""

import socket
from contextlib import contextmanager, suppress
from threading import Thread

ALWAYS = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


@contextmanager
def answering(*answers):
    """Serve each connection with the next answer (the last one again and again).

    An answer is bytes, or a function that is given the connection. Yields the address and the
    requests that came.
    """
    listener = socket.create_server(("127.0.0.1", 0))
    came = []
    thread = Thread(target=_serve, args=(listener, list(answers), came), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", came
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)


def body(contents, headers=b""):
    return ALWAYS + headers + b"Content-Length: %d\r\n\r\n" % len(contents) + contents


def moved(location):
    return b"HTTP/1.1 302 Found\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n" % location.encode()


def _serve(listener, answers, came):
    while True:
        try:
            way, _ = listener.accept()
        except OSError:
            return
        with way, suppress(OSError):
            way.settimeout(5)
            came.append(_request(way))
            answer = answers.pop(0) if len(answers) > 1 else answers[0]
            if callable(answer):
                answer(way)
            else:
                way.sendall(answer)


def _request(way):
    got = b""
    # 0x16 begins a handshake of TLS, which has no lines.
    while b"\r\n\r\n" not in got and not got.startswith(b"\x16"):
        piece = way.recv(65536)
        if not piece:
            break
        got += piece
    return got.decode("latin-1")
