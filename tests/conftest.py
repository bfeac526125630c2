"""What the tests of several packages share: the one export of the encoder, which takes longer than all the rest."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.command_line import Ran, run_alone

FIRST_QUESTION = "Where did the Beresheet lander crash?"
_EXPORT_TIMEOUT_SECONDS = 240.0


@dataclass(frozen=True, slots=True)
class FirstRun:
    """A question on a fresh machine.

    Attributes:
        data_dir: What it left behind: the export, and an index of the starter corpus. To be copied, never changed.
        ran: What it came to.
    """

    data_dir: Path
    ran: Ran


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give the test that happens to come first the time that the export takes on a busy machine."""
    for item in items:
        if "first_run" in getattr(item, "fixturenames", ()) and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(_EXPORT_TIMEOUT_SECONDS))


@pytest.fixture(scope="session")
def first_run(tmp_path_factory: pytest.TempPathFactory) -> FirstRun:
    """Ask in an empty folder, in a process of its own, so that torch stays out of this one."""
    data_dir = tmp_path_factory.mktemp("first") / "data"
    return FirstRun(data_dir, run_alone(data_dir, "ask", FIRST_QUESTION, "--json", timeout=_EXPORT_TIMEOUT_SECONDS))


@pytest.fixture(scope="session")
def models_folder(first_run: FirstRun) -> Path:
    """Return the folder that holds the exported encoder."""
    folder = first_run.data_dir / "models"
    assert list(folder.glob("encoder-*/model.onnx")), first_run.ran.stderr
    return folder
