"""Mix the weights of two runs, of which one started from the other: often better than either on new text.

usage: PYTHONPATH=src:training:. python training/mix.py BASE RUN OTHER SHARE OUT [PART ...]

Writes SHARE of OTHER's weights and the rest of RUN's to OUT/reader.pt; those of PARTs (`relation`) are RUN's alone. And
scores.json as train.py does, of OTHER's options, with the mixed weights' scores on its dev files.
"""

import json
import sys
from pathlib import Path

import torch
from evaluate import score
from model import build
from tokenizers import Tokenizer


def main() -> None:
    """Mix, score, write."""
    base, run, other, out = (Path(sys.argv[n]) for n in (1, 2, 3, 5))
    share = float(sys.argv[4])
    mine, theirs = (torch.load(d / "reader.pt", map_location="cpu", weights_only=True) for d in (run, other))
    kept = tuple(sys.argv[6:])
    mine = theirs | mine  # a head that RUN has not
    mixed = {n: mine[n] if n.startswith(kept) else (1 - share) * mine[n] + share * theirs[n] for n in theirs}
    reader = build(base)
    reader.load_state_dict(mixed)
    out.mkdir(parents=True, exist_ok=True)
    torch.save(mixed, out / "reader.pt")
    options = json.loads((other / "scores.json").read_text(encoding="utf-8"))["options"] | {
        "mixed": share,
        "kept": kept,
    }
    tokeniser = Tokenizer.from_file(str(base / "tokenizer.json"))
    scores = {Path(p).stem: score(reader, tokeniser, Path(p)) for p in options["dev"]}
    (out / "scores.json").write_text(
        json.dumps({"options": options, "scores": scores}, indent=2) + "\n", encoding="utf-8"
    )
    print(json.dumps(scores))


if __name__ == "__main__":
    main()
