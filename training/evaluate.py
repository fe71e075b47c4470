"""Score a trained reader on gold files as relasi would code them, or on tagged names (.txt) or pairs (.tsv).

usage: PYTHONPATH=src:training:. python training/evaluate.py [--plain] RUN BASE FILE [...]

--plain scores the model's own tags in gold files, without the rules or their hints, so in any language: mentions, event
types of a sentence, triggers with type. BASE may have another vocabulary than the one that RUN was trained with, since
the embeddings of words are not trained.
"""

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import torch
from data import joined, tagged_sentences
from model import MODES, NAME_TAGS, Reader, build
from numpy.typing import NDArray
from tokenizers import Tokenizer

from quality import gold, plv
from relasi import articles
from relasi.encoder import MOST, TYPES, Encoder, Floats, Judged, Seen
from relasi.events.encoded import Span, features, pieces, tagged
from relasi.jobs import analyse_all


class Torch(Encoder):
    """A reader in torch in place of the weights of the package."""

    def __init__(self, reader: Reader, tokeniser: Tokenizer) -> None:
        self.reader, self.tokeniser, self.modes = reader.eval(), tokeniser, tuple(MODES)
        self.scale, self.shift, self.threads = 1.0, 0.0, 1
        self.device = next(reader.parameters()).device

    def _on(self, array: object) -> torch.Tensor:
        return torch.as_tensor(np.asarray(array), device=self.device)

    @torch.no_grad()
    def read(self, ids: list[int], cue: list[int], actor: list[int]) -> Seen:
        """As Encoder.read."""
        h = self._on(self.lower(ids, cue, actor))[None]
        x = self.reader.upper(h, None, self._on([[0] * len(ids)]))
        heads = (self.reader.mention, self.reader.trigger)
        return Seen(h[0].cpu().numpy(), x[0].cpu().numpy(), *(head(x)[0].cpu().numpy() for head in heads))

    @torch.no_grad()
    def lower(self, ids: list[int], cue: list[int], actor: list[int]) -> Floats:
        """As Encoder.lower."""
        ids_, cue_, actor_ = (self._on([v]) for v in (ids, cue, actor))
        found: Floats = self.reader.lower(ids_, None, cue_, actor_)[0].cpu().numpy()
        return found

    @torch.no_grad()
    def names(self, h: Floats) -> Floats:
        """As Encoder.names."""
        state = self._on(h)[None]
        x = self.reader.upper(state, None, torch.zeros(state.shape[:2], dtype=torch.long, device=self.device))
        found: Floats = self.reader.name(x)[0].cpu().numpy()
        return found

    @torch.no_grad()
    def look(self, h: Floats, focus: NDArray[np.int64]) -> Floats:
        """As Encoder.look."""
        rows = self._on(focus)
        found: Floats = self.reader.upper(self._on(h)[None], None, rows).cpu().numpy()
        return found

    @torch.no_grad()
    def judge(self, t: Floats, m: Floats, far: list[int]) -> Judged:
        """As Encoder.judge."""
        pooled = self._on(t)
        roles = self.reader.relate(pooled, self._on(m), self._on(far)).sigmoid()
        heads = (self.reader.verdict, self.reader.status, self.reader.mode)
        return Judged(*(p.cpu().numpy() for p in (roles, *(head(pooled).softmax(-1) for head in heads))))

    @torch.no_grad()
    def belongs(self, m: Floats, other: Floats, far: list[int]) -> Floats:
        """As Encoder.belongs."""
        found: Floats = self.reader.belongs(*map(self._on, (m, other, far))).sigmoid().cpu().numpy()
        return found

    @torch.no_grad()
    def relation(self, source: Floats, target: Floats, first: Floats) -> Floats:
        """As Encoder.relation."""
        x = self._on(np.concatenate([source, target, first]))[None]
        found: Floats = self.reader.relation(x).softmax(-1)[0].cpu().numpy()
        return found


def score(reader: Reader, tokeniser: Tokenizer, path: Path) -> dict[str, Any]:
    """F1 over a file, of a reader in torch."""
    return score_with(Torch(reader, tokeniser), path)


def score_with(encoder: Encoder, path: Path) -> dict[str, Any]:
    """F1 over a file."""
    if path.suffix == ".tsv":
        rows = plv.read(path)
        return {k: v["macro_f1"] for k, v in plv.figures(rows, plv.predict(rows, encoder)).items()}
    if path.suffix == ".txt":
        return {"names": names(path, encoder)}
    sentences = gold.read(path)
    coded = analyse_all([articles.read(gold.page(s)) for s in sentences], encoder)
    found = gold.score(sentences, list(coded))
    return {k: v["f1"] if isinstance(v, dict) else v for k, v in found.items()}


def names(path: Path, encoder: Encoder) -> float:
    """F1 of names (same words, same kind) over a file of tagged words; a word has the tag of its first piece."""
    hits = told = wanted = 0
    for words in tagged_sentences(path):
        text, at = joined([word for word, _ in words])
        marked = gold.whole(text, "id")
        f, base = features(marked, encoder.tokeniser), marked.sentence.start
        seen = encoder.names(encoder.read(f.ids, f.cue, f.actor).h)
        first = [(pieces(f.offsets, start - base, end - base) or (0, 0))[0] for start, end in at]
        # `tagged` skips the row of the mark of beginning
        found = {(one.span, one.kind) for one in tagged(seen[[0, *first]])}
        rows = np.zeros((len(words) + 1, len(NAME_TAGS)), np.float32)
        rows[range(1, len(words) + 1), [NAME_TAGS.index(name) for _, name in words]] = 1
        gold_names = {(one.span, one.kind) for one in tagged(rows)}
        hits, told, wanted = hits + len(found & gold_names), told + len(found), wanted + len(gold_names)
    return round(2 * hits / max(told + wanted, 1), 4)


def plain(encoder: Encoder, path: Path) -> dict[str, float]:
    """F1 of the tags alone over a gold file: overlapping mentions, types told, triggers with type."""
    tallies: Counter[tuple[str, str]] = Counter()
    for sentence in gold.read(path):
        encoded = encoder.tokeniser.encode(sentence.text)
        ids, zeros = encoded.ids[:MOST], [0] * len(encoded.ids[:MOST])
        seen = encoder.read(ids, zeros, zeros)

        def found(scores: Floats, offsets: list[Span] = encoded.offsets) -> list[tuple[int, Span]]:
            return [(t.kind, (offsets[t.span[0]][0], offsets[t.span[1] - 1][1])) for t in tagged(scores[:-1])]

        names = [(0, span) for _, span in found(seen.mention)]
        triggers = [(TYPES[kind], span) for kind, span in found(seen.trigger)]
        acts = [(a.type, a.span) for a in sentence.acts if not a.optional]
        for what, wanted, told in (
            ("mention", [(0, n.span) for n in sentence.names], names),
            ("trigger", acts, triggers),
            ("type", [(kind, (0, 9)) for kind, _ in acts], [(kind, (0, 9)) for kind, _ in triggers]),
        ):
            free, hits = list(told), 0
            for kind, span in wanted:
                hit = next((f for f in free if f[0] == kind and gold.overlap(f[1], span)), None)
                if hit:
                    free.remove(hit)
                    hits += 1
            tallies.update({(what, "hits"): hits, (what, "all"): len(wanted) + len(told)})
    return {w: round(2 * tallies[w, "hits"] / max(tallies[w, "all"], 1), 4) for w in ("mention", "type", "trigger")}


def main() -> None:
    """Score a run."""
    args = [a for a in sys.argv[1:] if a != "--plain"]
    run, base = Path(args[0]), Path(args[1])
    reader = build(base)
    state = torch.load(run / "reader.pt", map_location="cpu", weights_only=True)
    state["encoder.word.weight"] = reader.encoder.word.weight
    reader.load_state_dict(state)
    tokeniser = Tokenizer.from_file(str(base / "tokenizer.json"))
    for name in args[2:]:
        one = Path(name)
        found = plain(Torch(reader, tokeniser), one) if "--plain" in sys.argv else score(reader, tokeniser, one)
        print(one.name, json.dumps(found))


if __name__ == "__main__":
    main()
