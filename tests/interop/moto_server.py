"""Runs a program beside moto's server, as `cargo xtask interop` asks for: moto_server.py PROGRAM.

The program is told the server's URL. Whether it ends well is whether this does.
"""

import logging
import subprocess
import sys

import boto3
from moto.core.config import default_user_config
from moto.server import ThreadedMotoServer


def make_role(url):
    """Makes the role that functions and state machines run with, in a service that nothing is generated of."""
    keys = {"region_name": "us-east-1", "aws_access_key_id": "interop", "aws_secret_access_key": "interop"}
    trust = '{"Version": "2012-10-17", "Statement": []}'
    boto3.client("iam", endpoint_url=url, **keys).create_role(RoleName="desk", AssumeRolePolicyDocument=trust)


def main():
    # Functions answer what they always do, instead of running in a container.
    default_user_config["lambda"]["use_docker"] = False
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    url = f"http://{host}:{port}"
    try:
        make_role(url)
        sys.exit(subprocess.run([*sys.argv[1:], url], check=False).returncode)
    finally:
        server.stop()


if __name__ == "__main__":
    main()
