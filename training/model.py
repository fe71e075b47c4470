"""The encoder and its heads, in plain torch: what train.py learns, evaluate.py scores and export_onnx.py writes out."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from relasi import world
from relasi.encoder import FOCUS, KINDS, NAMES, ROLES, STATUSES, TYPES
from relasi.events.encoded import DISTANCES, TAGS

MENTION_TAGS = ["O"] + [f"{p}-{k}" for k in KINDS for p in "BI"]
TRIGGER_TAGS = list(TAGS)
NAME_TAGS = ["O"] + [f"{p}-{k}" for k in NAMES for p in "BI"]
MODES = sorted({mode for row in world.event_types().values() for mode in row.modes})
LOWER = 8  # layers that a sentence goes through once


class Layer(nn.Module):
    """A BERT layer: attention and feed-forward part, normalised after each."""

    def __init__(self, hidden: int, heads: int, inner: int) -> None:
        super().__init__()
        self.heads = heads
        self.q, self.k, self.v, self.ao = (nn.Linear(hidden, hidden) for _ in range(4))
        self.fi, self.fo = nn.Linear(hidden, inner), nn.Linear(inner, hidden)
        self.aln, self.oln = nn.LayerNorm(hidden, eps=1e-12), nn.LayerNorm(hidden, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor | None, drop: float) -> Tensor:
        """x: (batch, length, hidden); mask: (batch, 1, 1, length), 0 or a large negative number; None: no padding."""
        batch, length, hidden = x.shape
        q, k, v = (f(x).view(batch, length, self.heads, -1).transpose(1, 2) for f in (self.q, self.k, self.v))
        a = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        a = a.transpose(1, 2).reshape(batch, length, hidden)
        x = self.aln(x + F.dropout(self.ao(a), drop, self.training))
        return self.oln(x + F.dropout(self.fo(F.gelu(self.fi(x))), drop, self.training))


class Encoder(nn.Module):
    """multilingual-e5-small with a trimmed vocabulary, in two parts: words to `lower`, and `upper` from there."""

    def __init__(self, config: dict[str, int], drop: float) -> None:
        super().__init__()
        hidden = config["hidden"]
        self.drop = drop
        self.word = nn.Embedding(config["vocabulary"], hidden)
        self.pos = nn.Embedding(config["positions"], hidden)
        self.token_type = nn.Embedding(2, hidden)
        self.ln = nn.LayerNorm(hidden, eps=1e-12)
        self.layers = nn.ModuleList(Layer(hidden, config["heads"], config["inner"]) for _ in range(config["layers"]))

    def lower(self, ids: Tensor, mask: Tensor | None) -> Tensor:
        """ids, mask: (batch, length); returns (batch, length, hidden)."""
        x = self.word(ids) + self.pos.weight[: ids.shape[1]] + self.token_type.weight[0]
        x = F.dropout(self.ln(x), self.drop, self.training)
        return self._through(self.layers[:LOWER], x, mask)

    def upper(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """x: (batch, length, hidden), of lower or with something added."""
        return self._through(self.layers[LOWER:], x, mask)

    def _through(self, layers: nn.ModuleList, x: Tensor, mask: Tensor | None) -> Tensor:
        bias = None if mask is None else (1.0 - mask[:, None, None, :].to(x.dtype)) * -1e4
        for layer in layers:
            x = layer(x, bias, self.drop)
        return x

    def load(self, arrays: dict[str, np.ndarray[Any, Any]]) -> None:
        """Take the weights that prepare.py wrote."""
        state = {
            "word.weight": arrays["emb.word"], "pos.weight": arrays["emb.pos"], "token_type.weight": arrays["emb.type"],
            "ln.weight": arrays["emb.ln.w"], "ln.bias": arrays["emb.ln.b"],
        }  # fmt: skip
        for name, array in arrays.items():
            if name[0] == "l" and name[1].isdigit():
                layer, part, what = name.split(".")
                state[f"layers.{layer[1:]}.{part}.{'weight' if what == 'w' else 'bias'}"] = array
        own = self.state_dict()
        own.update({k: torch.from_numpy(v.astype(np.float32)).reshape(own[k].shape) for k, v in state.items()})
        self.load_state_dict(own)


class Reader(nn.Module):
    """Reads a sentence twice: plainly for mentions, triggers and names, and again for each trigger that is looked at.

    The lower layers run once. The second reading knows which words are the trigger (or, for a pair of spans whose
    relation is asked for, which are source and target); it gives the event's type, roles, status and mode.
    """

    def __init__(self, config: dict[str, int], modes: int, drop: float = 0.1) -> None:
        super().__init__()
        hidden, mid = config["hidden"], 256
        self.encoder = Encoder(config, drop)
        self.drop = drop
        # Added between the two parts. Hints of the rules for each piece: the event word's type and where in it, and
        # whether an actor stands here; and what is looked at.
        self.cue, self.actor, self.focus = (nn.Embedding(n, hidden) for n in (len(TRIGGER_TAGS), 4, len(FOCUS)))
        for hint in (self.cue, self.actor, self.focus):
            nn.init.normal_(hint.weight, std=0.05)

        def head(wide: int, classes: int) -> nn.Sequential:
            return nn.Sequential(nn.Linear(wide, mid), nn.GELU(), nn.Linear(mid, classes))

        self.mention, self.trigger = head(hidden, len(MENTION_TAGS)), head(hidden, len(TRIGGER_TAGS))
        self.name = head(hidden, len(NAME_TAGS))
        self.verdict, self.status = head(hidden, len(TYPES) + 1), head(hidden, len(STATUSES))
        self.mode = head(hidden, modes + 1)
        self.distance = nn.Embedding(DISTANCES, 16)
        self.head_t, self.head_m = nn.Linear(hidden, mid), nn.Linear(hidden, mid)
        self.role = head(3 * mid + 16, len(ROLES))
        self.head_w, self.head_o = nn.Linear(hidden, mid), nn.Linear(hidden, mid)
        self.whose = head(3 * mid + 16, 1)
        self.relation = head(3 * hidden, len(TYPES))

    def lower(self, ids: Tensor, mask: Tensor | None, cue: Tensor, actor: Tensor) -> Tensor:
        """All (batch, length); returns (batch, length, hidden)."""
        return self.encoder.lower(ids, mask) + self.cue(cue) + self.actor(actor)

    def upper(self, h: Tensor, mask: Tensor | None, focus: Tensor) -> Tensor:
        """h (batch, length, hidden), mask and focus (batch, length); returns what the heads read, shaped like h."""
        return F.dropout(self.encoder.upper(h + self.focus(focus), mask), self.drop, self.training)

    def relate(self, t: Tensor, m: Tensor, far: Tensor) -> Tensor:
        """Role scores (pairs, roles) of pairs: t, m (pairs, hidden) pooled trigger and mention, far (pairs,)."""
        a, b = F.gelu(self.head_t(t)), F.gelu(self.head_m(m))
        return self.role(torch.cat([a, b, a * b, self.distance(far)], dim=-1))

    def belongs(self, m: Tensor, other: Tensor, far: Tensor) -> Tensor:
        """Scores (pairs,) that m is of the same state as other, both (pairs, hidden) pooled mentions, far (pairs,)."""
        a, b = F.gelu(self.head_w(m)), F.gelu(self.head_o(other))
        found: Tensor = self.whose(torch.cat([a, b, a * b, self.distance(far)], dim=-1))
        return found[:, 0]


def pooled(x: Tensor, spans: list[tuple[int, int, int]]) -> Tensor:
    """The mean of x over spans (row, first piece, last piece + 1): (spans, wide)."""
    return torch.stack([x[row, start:end].mean(0) for row, start, end in spans])


def build(base: Path, drop: float = 0.1) -> Reader:
    """A reader with the weights of prepare.py and fresh heads."""
    reader = Reader(json.loads((base / "config.json").read_text(encoding="utf-8")), len(MODES), drop)
    reader.encoder.load(dict(np.load(base / "weights.npz")))
    return reader
