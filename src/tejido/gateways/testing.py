"""A mail server and a carrier of texts on this computer, which take messages or say no."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import IO

Answer = Callable[[str], str | None]


@dataclass
class MailServer:
    """What came: letters as they were sent, and to whom; `answer` may say no to a command.

    Attributes:
        answer: takes a command such as `RCPT TO:<a@b.org>` or `.` (the end of a letter), and
            returns the line that refuses it, '' to hang up, or None to take it.
    """

    port: int = 0
    answer: Answer = lambda _command: None
    letters: list[tuple[str, str]] = field(default_factory=list)
    connections: int = 0


@contextmanager
def a_mail_server(answer: Answer = lambda _command: None) -> Iterator[MailServer]:
    """Serve SMTP on 127.0.0.1, one connection after the other."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = MailServer(port=listener.getsockname()[1], answer=answer)
    thread = Thread(target=_serve, args=(listener, server), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)


def _serve(listener: socket.socket, server: MailServer) -> None:
    while True:
        try:
            line, _ = listener.accept()
        except OSError:
            return
        server.connections += 1
        with line, suppress(OSError):
            _converse(line, server)


def _converse(line: socket.socket, server: MailServer) -> None:
    to, lines = "", line.makefile("rb")
    with lines:
        line.sendall(b"220 here\r\n")
        while command := lines.readline().decode().strip():
            command = command[:4].upper() + command[4:]
            refusal = server.answer(command)
            if refusal == "":
                return
            verb = command[:4]
            if refusal:
                line.sendall(f"{refusal}\r\n".encode())
            elif verb == "RCPT":
                to = command.partition("<")[2].rstrip(">")
                line.sendall(b"250 yes\r\n")
            elif verb == "DATA":
                line.sendall(b"354 go on\r\n")
                letter = _letter(lines)
                refusal = server.answer(".")
                if refusal == "":
                    return
                if not refusal:
                    server.letters.append((to, letter))
                line.sendall(f"{refusal or '250 taken'}\r\n".encode())
            else:
                line.sendall(b"221 bye\r\n" if verb == "QUIT" else b"250 yes\r\n")


def _letter(lines: IO[bytes]) -> str:
    found = []
    while (row := lines.readline()) not in {b".\r\n", b""}:
        found.append(row.decode())
    return "".join(found)


@contextmanager
def a_carrier(*answers: tuple[int, bytes]) -> Iterator[tuple[str, list[str]]]:
    """Serve HTTP on 127.0.0.1; yield the address, and the requests that came, heads and forms.

    Args:
        answers: status and body for each request, the last one again and again; without any it
            takes everything.
    """
    came: list[str] = []
    left = list(answers) or [(201, b"{}")]

    class Takes(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            form = self.rfile.read(int(self.headers["Content-Length"]))
            came.append(f"{self.requestline}\n{self.headers}{form.decode()}")
            status, body = left.pop(0) if len(left) > 1 else left[0]
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Takes) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}", came
        server.shutdown()
        thread.join(5)
