"""Runs a program beside moto's server, as `cargo xtask interop` asks for: moto_server.py PROGRAM.

The program is told the server's URL. Whether it ends well is whether this does.
"""

import logging
import subprocess
import sys

from moto.core.config import default_user_config
from moto.server import ThreadedMotoServer


def main():
    # Functions answer what they always do, instead of running in a container.
    default_user_config["lambda"]["use_docker"] = False
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    try:
        sys.exit(subprocess.run([*sys.argv[1:], f"http://{host}:{port}"], check=False).returncode)
    finally:
        server.stop()


if __name__ == "__main__":
    main()
