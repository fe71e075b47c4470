"""Write the pages of the documentation that are made from the code, or say which are out of date.

usage: python -m quality.reference [--write]
"""

import argparse
import sys

from quality.reference import DOCS, pages, stale


def main() -> int:
    """1 if a page is out of date and was not to be written."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write them into docs/")
    write = parser.parse_args().write
    made = pages()
    old = stale(made)
    if write:
        for name in old:
            (DOCS / name).write_text(made[name], encoding="utf-8")
            print(f"written: docs/{name}")
        return 0
    for name in old:
        print(f"out of date: docs/{name}; run: python -m quality.reference --write")
    return 1 if old else 0


if __name__ == "__main__":
    sys.exit(main())
