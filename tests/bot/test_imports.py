"""The command line starts without Discord's library."""

import subprocess
import sys


def test_importing_bot_imports_no_heavy_library() -> None:
    program = "import sys, bot, bot.settings; print({'discord', 'faiss', 'onnxruntime', 'torch'} & set(sys.modules))"

    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=20)

    assert shown.stdout == "set()\n"
