"""`make kill`: python -m tests.soak [KILLS] [SEED]."""

import sys
import tempfile
from pathlib import Path

from tests.soak.kill import soak


def main(kills: str = "100", seed: str = "1") -> None:
    """Kills, and says what came of it."""
    with tempfile.TemporaryDirectory() as folder:
        print(soak(Path(folder), int(kills), int(seed)))


if __name__ == "__main__":
    main(*sys.argv[1:])
