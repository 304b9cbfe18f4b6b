"""Put weights into the package: checksums, data and figures into `card.json`."""

import argparse
import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import torch

HOME = Path(__file__).parents[1] / "src" / "onrecord" / "models" / "en"


def sha256(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def tables(checkpoint: Path) -> list[list[float]]:
    """What the pointers add to a score, by class of distance."""
    state = torch.load(checkpoint, weights_only=False)["ema"]
    return [[round(float(x), 4) for x in row] for row in state["bias"]]


def install(weights: Path, tokenizer: Path, home: Path, about: dict[str, Any]) -> None:
    """Copy the model's files into a folder, the package's as a rule, and write their card."""
    home.mkdir(parents=True, exist_ok=True)
    names = ("weights.onnx", "tokenizer.json")
    for source, name in zip((weights, tokenizer), names, strict=True):
        if source != home / name:
            shutil.copy(source, home / name)
    card = {
        "name": "en",
        "version": "5",
        "schema": 3,
        "files": {name: sha256(home / name) for name in names},
        "calibration": {},
        **about,
    }
    (home / "card.json").write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Put weights into the package.")
    parser.add_argument("weights", type=Path)
    parser.add_argument("tokenizer", type=Path)
    parser.add_argument("checkpoint", type=Path, help="the network that the weights were made of")
    parser.add_argument("--home", type=Path, default=HOME, help="folder to put them into")
    parser.add_argument("--about", type=Path, help="JSON to take into the card, not the old one")
    args = parser.parse_args()
    before = args.about or args.home / "card.json"
    about = json.loads(before.read_text("utf-8")) if before.exists() else {}
    about = {k: v for k, v in about.items() if k not in ("name", "version", "schema", "files")}
    about["tables"] = tables(args.checkpoint)
    about["distance"] = about["tables"][2]
    install(args.weights, args.tokenizer, args.home, about)
