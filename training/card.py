"""Put weights into the package: checksums, data and figures into `card.json`."""

import argparse
import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

HOME = Path(__file__).parents[1] / "src" / "onrecord" / "models" / "en"


def sha256(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def install(weights: Path, tokenizer: Path, about: dict[str, Any]) -> None:
    """Copy the model's files into the package and write their card."""
    HOME.mkdir(parents=True, exist_ok=True)
    shutil.copy(weights, HOME / "weights.onnx")
    shutil.copy(tokenizer, HOME / "tokenizer.json")
    names = ("weights.onnx", "tokenizer.json")
    card = {
        "name": "en",
        "version": "1",
        "schema": 1,
        "files": {name: sha256(HOME / name) for name in names},
        "calibration": {},
        **about,
    }
    (HOME / "card.json").write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Put weights into the package.")
    parser.add_argument("weights", type=Path)
    parser.add_argument("tokenizer", type=Path)
    parser.add_argument("--about", type=Path, help="JSON to take into the card")
    args = parser.parse_args()
    install(args.weights, args.tokenizer, json.loads(args.about.read_text()) if args.about else {})
