"""Write the pages of the documentation that are made from the code, or say which are out of date.

usage: python -m quality.reference [--write]
"""

import argparse
import sys

from quality.reference import DOCS, MADE, RUN, current, written


def main() -> int:
    """1 if a page is out of date and was not to be written."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write them into docs/")
    write = parser.parse_args().write
    pages = {name: current(name) for name in (*MADE, *RUN)}
    old = [name for name, text in pages.items() if written(name) != text]
    for name in old:
        if write:
            (DOCS / name).write_text(pages[name], encoding="utf-8")
            print(f"written: docs/{name}")
        else:
            print(f"out of date: docs/{name}; run: python -m quality.reference --write")
    return 1 if old and not write else 0


if __name__ == "__main__":
    sys.exit(main())
