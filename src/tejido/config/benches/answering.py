"""The server of `serve` with any application and nothing around it: `… answering TARGET PORT`."""

import sys

from tejido.config.server import server_of

if __name__ == "__main__":
    server_of(sys.argv[1], host="127.0.0.1", port=int(sys.argv[2])).serve()
