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


def distances(checkpoint: Path) -> list[float]:
    """What the pointer of pronouns adds to a score, by class of distance."""
    state = torch.load(checkpoint, weights_only=False)["ema"]
    return [round(float(x), 4) for x in state["bias"][2]]


def install(weights: Path, tokenizer: Path, home: Path, about: dict[str, Any]) -> None:
    """Copy the model's files into a folder, the package's as a rule, and write their card."""
    home.mkdir(parents=True, exist_ok=True)
    names = ("weights.onnx", "tokenizer.json")
    for source, name in zip((weights, tokenizer), names, strict=True):
        if source != home / name:
            shutil.copy(source, home / name)
    card = {
        "name": "en",
        "version": "3",
        "schema": 2,
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
    parser.add_argument("--about", type=Path, help="JSON to take into the card")
    args = parser.parse_args()
    about = json.loads(args.about.read_text()) if args.about else {}
    about["distance"] = distances(args.checkpoint)
    install(args.weights, args.tokenizer, args.home, about)
