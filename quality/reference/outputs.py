"""What commands print, as it stands in pages: blocks of `console`, each a line `$ relasi ...` and its output.

The commands of a page run one after another in one folder that holds the example articles, so each sees what the ones
before it left there.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

_ROOT = Path(__file__).parent.parent.parent
_BLOCK = re.compile(r"^```console\n\$ (.+)\n(?:(?!```).*\n)*```$", re.MULTILINE)


def filled(text: str) -> str:
    """The page with the output of every command in it as it is printed now."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "examples").symlink_to(_ROOT / "examples")
        return _BLOCK.sub(lambda found: f"```console\n$ {found[1]}\n{_printed(found[1], folder)}```", text)


def _printed(command: str, folder: str) -> str:
    """What a command prints on either stream; CalledProcessError if it fails."""
    paths = os.pathsep.join([str(_ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    environment = {k: v for k, v in os.environ.items() if not k.startswith("RELASI_")}
    function = f'relasi() {{ "{sys.executable}" -m relasi "$@"; }}; '
    done = subprocess.run(
        ["bash", "-c", function + command],
        cwd=folder,
        env=environment | {"PYTHONPATH": paths, "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=True,
    )
    return "".join(line.rstrip() + "\n" for line in done.stdout.splitlines())
