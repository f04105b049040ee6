"""python -m bench [--scale full|small|tiny] [--home FOLDER] [--database URL] [--turns N] [--write]"""

import argparse
import shutil
import sys
import tempfile
import time
from pathlib import Path

from bench import data
from bench.report import run

SCALES = {"full": data.FULL, "small": data.SMALL, "tiny": data.TINY}


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Times every page with a county's rows beside stock Flask-Admin.")
    parser.add_argument("--scale", choices=SCALES, default="full")
    parser.add_argument("--home", type=Path, help="keep the seeded data here, or use what is there (default: a folder that is removed)")
    parser.add_argument("--database", default="", help="a PostgreSQL address; or “embedded” for the one that pip installed")
    parser.add_argument("--turns", type=int, default=15)
    parser.add_argument("--write", action="store_true", help="put the table into bench/README.md")
    asked = parser.parse_args(words)
    home = asked.home or Path(tempfile.mkdtemp(prefix="lianxin-bench-"))
    home.mkdir(parents=True, exist_ok=True)
    began = time.perf_counter()
    try:
        text = run(home.resolve(), SCALES[asked.scale], asked.database, asked.turns, asked.write)
    finally:
        if asked.home is None:
            shutil.rmtree(home, ignore_errors=True)
    print(text)
    print(f"took {time.perf_counter() - began:.0f} s", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
