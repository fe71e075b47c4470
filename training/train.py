"""Train the reader on gold sentences (.jsonl), pairs of spans (.tsv) and tagged names (.txt).

usage: PYTHONPATH=src:training:. python training/train.py training/options.toml [KEY=VALUE ...]

Options are in the TOML file; KEY=VALUE overrides one. A run writes its checkpoint after every epoch, goes on from it
when started again, and logs every epoch to log.jsonl.
"""

import json
import random
import sys
import time
import tomllib
from pathlib import Path

import numpy as np
import torch
from data import NONE, SKIP, Example, read, with_pair
from evaluate import score
from model import FOCUS, ROLES, build, pooled
from tokenizers import Tokenizer
from torch.nn import functional as F  # noqa: N812

from relasi.events.encoded import bucket

options = tomllib.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
for pair in sys.argv[2:]:
    key, value = pair.split("=", 1)
    options[key] = type(options[key])(json.loads(value) if not isinstance(options[key], str) else value)
base, out = Path(options["base"]), Path(options["out"])
out.mkdir(parents=True, exist_ok=True)
random.seed(options["seed"])
np.random.seed(options["seed"])
torch.manual_seed(options["seed"])
device = "cuda" if torch.cuda.is_available() else "cpu"

# data
tokeniser = Tokenizer.from_file(str(base / "tokenizer.json"))
examples = [e for path in options["train"] for e in read(Path(path), tokeniser)]
known = [e for path in options["again"] for e in read(Path(path), tokeniser)]  # what an earlier run has learned
often = round(options["again_share"] * len(known))
told = sum(look.type != NONE for e in examples for look in e.looks)
paired = sum(e.pair is not None for e in examples)
print(f"{len(examples)} sentences, {told} events, {paired} pairs, {often} of {len(known)} again, {device}", flush=True)


def batches(items: list[Example], size: int) -> list[list[Example]]:
    """Batches of similar length in random order."""
    items = sorted(items, key=lambda e: len(e.ids) + random.random() * 12)
    found = [items[i : i + size] for i in range(0, len(items), size)]
    random.shuffle(found)
    return found


def padded(rows: list[list[int]], fill: int) -> torch.Tensor:
    """Rows of different length as one tensor."""
    most = max(map(len, rows))
    return torch.tensor([row + [fill] * (most - len(row)) for row in rows], device=device)


# model
reader = build(base, options["dropout"]).to(device)
if options["start"]:  # what an earlier run has learned
    learned = torch.load(Path(options["start"]) / "reader.pt", map_location=device, weights_only=True)
    fresh, unknown = reader.load_state_dict(learned, strict=False)
    if unknown:
        sys.exit(f"{options['start']} has weights that this reader has not: {', '.join(unknown)}")
    print(f"fresh: {', '.join(fresh) or 'nothing'}", flush=True)
for layer in reader.encoder.layers[: options["frozen_layers"]]:
    layer.requires_grad_(False)
for part in (reader.encoder.word, reader.encoder.pos, reader.encoder.token_type, reader.encoder.ln):
    part.requires_grad_(False)
heads = [p for n, p in reader.named_parameters() if not n.startswith("encoder.")]
body = [p for n, p in reader.named_parameters() if n.startswith("encoder.") and p.requires_grad]
optimiser = torch.optim.AdamW(
    [{"params": body, "lr": options["encoder_rate"]}, {"params": heads, "lr": options["head_rate"]}], weight_decay=0.01
)
steps = options["epochs"] * ((len(examples) + often) // options["batch"] + 1)
warm = max(1, int(0.08 * steps))
schedule = torch.optim.lr_scheduler.LambdaLR(
    optimiser, lambda s: min((s + 1) / warm, max(0.0, (steps - s) / (steps - warm)))
)
average: dict[str, torch.Tensor] = {}
first = 0
checkpoint = out / "checkpoint.pt"
if checkpoint.exists():
    saved = torch.load(checkpoint, map_location=device, weights_only=True)
    reader.load_state_dict(saved["reader"])
    optimiser.load_state_dict(saved["optimiser"])
    schedule.load_state_dict(saved["schedule"])
    average, first = saved["average"], saved["epoch"]
    print(f"going on after epoch {first}", flush=True)
LABELS = ("type", "status", "mode")


def tags_loss(scores: torch.Tensor, tags: list[list[int] | None], tag_weight: float = 1.0) -> torch.Tensor:
    """Cross entropy of tag scores (batch, length, tags), over the sentences that have such tags."""
    known = [n for n, row in enumerate(tags) if row is not None]
    if not known:
        return scores.new_zeros(())
    weights = torch.full((scores.shape[-1],), tag_weight, device=device)
    weights[0] = 1.0
    rows = torch.full(scores.shape[:2], SKIP)
    for n in known:
        rows[n, : len(tags[n])] = torch.tensor(tags[n])
    return F.cross_entropy(scores.flatten(0, 1), rows.flatten().to(device), weights, ignore_index=SKIP)


def loss_of(batch: list[Example]) -> torch.Tensor:
    """The sum of the heads' losses."""
    mask = padded([[1] * len(e.ids) for e in batch], 0)
    ids, cue, actor = (
        padded([getattr(e, key) for e in batch], fill) for key, fill in (("ids", 1), ("cue", 0), ("actor", 0))
    )
    plain = [n for n, e in enumerate(batch) if e.trigger_tags or e.name_tags]
    looks = [(n, look) for n, e in enumerate(batch) for look in e.looks]
    pairs = [(n, e.pair) for n, e in enumerate(batch) if e.pair]
    focus = torch.zeros(len(plain) + len(looks) + len(pairs), ids.shape[1], dtype=torch.long)
    for at, (_, look) in enumerate(looks, len(plain)):
        focus[at, slice(*look.trigger)] = FOCUS.index("trigger")
    for at, (_, pair) in enumerate(pairs, len(plain) + len(looks)):
        focus[at, pair.source] = FOCUS.index("source")
        focus[at, pair.target] = FOCUS.index("target")
    rows = [*plain, *(n for n, _ in looks), *(n for n, _ in pairs)]
    with torch.autocast(device, torch.bfloat16, enabled=options["bf16"]):
        h = reader.lower(ids, mask, cue, actor)
        x = reader.upper(h[rows], mask[rows], focus.to(device)).float()
    plainly, looked, related = x.split([len(plain), len(looks), len(pairs)])
    some = [batch[n] for n in plain]
    total = x.new_zeros(())
    if some:
        total = total + tags_loss(reader.mention(plainly), [e.mention_tags for e in some])
        total = total + tags_loss(reader.trigger(plainly), [e.trigger_tags for e in some], options["tag_weight"])
        total = total + tags_loss(reader.name(plainly), [e.name_tags for e in some])
    owned = [(at, one) for at, n in enumerate(plain) for one in batch[n].owned]
    if owned:
        m, other = (pooled(plainly, [(at, *one[part]) for at, one in owned]) for part in (0, 1))
        far = torch.tensor([bucket(one.mention, one.other) for _, one in owned], device=device)
        same = torch.tensor([float(one.same) for _, one in owned], device=device)
        total = total + F.binary_cross_entropy_with_logits(reader.belongs(m, other, far), same)
    if looks:
        t = pooled(looked, [(at, *look.trigger) for at, (_, look) in enumerate(looks)])
        label = {key: torch.tensor([getattr(look, key) for _, look in looks], device=device) for key in LABELS}
        total = total + F.cross_entropy(reader.verdict(t), label["type"])
        if any(look.type != NONE for _, look in looks):
            total = total + 0.5 * F.cross_entropy(reader.status(t), label["status"], ignore_index=SKIP)
        if any(look.mode != SKIP for _, look in looks):
            total = total + 0.3 * F.cross_entropy(reader.mode(t), label["mode"], ignore_index=SKIP)
        held = [(at, look, s) for at, (n, look) in enumerate(looks) if look.type != NONE for s in batch[n].spans]
        if held:
            m = pooled(looked, [(at, *span) for at, _, span in held])
            far = torch.tensor([bucket(look.trigger, span) for _, look, span in held], device=device)
            wanted = [[float(role in look.roles.get(span, ())) for role in range(len(ROLES))] for _, look, span in held]
            scores = reader.relate(t[[at for at, *_ in held]], m, far)
            total = total + 2.0 * F.binary_cross_entropy_with_logits(scores, torch.tensor(wanted, device=device))
    if pairs:
        s = torch.stack([related[at, pair.source or [0]].mean(0) for at, (_, pair) in enumerate(pairs)])
        t = torch.stack([related[at, pair.target or [0]].mean(0) for at, (_, pair) in enumerate(pairs)])
        likely = reader.relation(torch.cat([s, t, related[:, 0]], dim=-1)).log_softmax(-1)
        admitted = torch.full_like(likely, -1e4)
        for at, (_, pair) in enumerate(pairs):
            admitted[at, list(pair.types)] = 0.0
        total = total - (likely + admitted).logsumexp(-1).mean() * len(pairs) / len(batch)
    return total


# loop
for epoch in range(first, options["epochs"]):
    begin, losses = time.time(), []
    reader.train()
    seen = [*examples, *random.sample(known, often)]
    for batch in batches([with_pair(e, options["pair_share"]) for e in seen], options["batch"]):
        loss = loss_of(batch)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        losses.append(loss.item())
    if epoch >= options["epochs"] - options["averaged"]:  # the mean of the last epochs' weights
        share = 1 / options["averaged"]
        for name, tensor in reader.state_dict().items():
            average[name] = average.get(name, torch.zeros_like(tensor)) + tensor * share
    torch.save(
        {
            "reader": reader.state_dict(),
            "optimiser": optimiser.state_dict(),
            "schedule": schedule.state_dict(),
            "average": average,
            "epoch": epoch + 1,
        },
        out / "checkpoint.new",
    )
    (out / "checkpoint.new").replace(checkpoint)  # a cut while writing leaves the one before
    line = {"epoch": epoch + 1, "loss": round(sum(losses) / len(losses), 4), "seconds": round(time.time() - begin)}
    if (epoch + 1) % options["score_every"] == 0 or epoch + 1 == options["epochs"]:
        line |= {Path(p).stem: score(reader, tokeniser, Path(p)) for p in options["dev"]}
    print(json.dumps(line), flush=True)
    with (out / "log.jsonl").open("a", encoding="utf-8") as log:
        log.write(json.dumps(line) + "\n")
if average:
    reader.load_state_dict(average)
torch.save(reader.state_dict(), out / "reader.pt")
final = {Path(p).stem: score(reader, tokeniser, Path(p)) for p in options["dev"]}
print(json.dumps({"averaged": final}), flush=True)
(out / "scores.json").write_text(json.dumps({"options": options, "scores": final}, indent=2) + "\n", encoding="utf-8")
