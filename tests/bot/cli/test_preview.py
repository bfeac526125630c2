"""``space-news preview`` as a process: it says where it stands, and stops when it is told to."""

import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

from tests.command_line import PROGRAM, ROOT, CommandLine, environment

STOP_SECONDS = 20.0


def test_it_serves_until_it_is_told_to_stop(data_dir: Path) -> None:
    running = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "preview", "--port", "0"],
        cwd=ROOT,
        env=environment(data_dir, {"SPACE_NEWS_STARTER_CORPUS": "false"}),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert running.stdout is not None
        told = running.stdout.readline()
        address = told.split()[4]
        with urllib.request.urlopen(address, timeout=STOP_SECONDS) as response:
            assert "space-news preview" in response.read().decode()
        running.send_signal(signal.SIGTERM)
        _, complaints = running.communicate(timeout=STOP_SECONDS)
    finally:
        running.kill()
        running.communicate()

    assert told == f"the preview stands at {address} until you stop it with Ctrl-C\n"
    assert running.returncode == 0, complaints
    assert "Traceback" not in complaints


def test_a_port_that_is_taken_is_told_in_one_line(space_news: CommandLine) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        ran = space_news("preview", "--port", str(port))

    assert (ran.exit_code, ran.stdout) == (1, "")
    assert ran.stderr.startswith(f"cannot listen on port {port}: ")
    assert ran.stderr.endswith("name another with --port\n")
