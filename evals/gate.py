"""The accuracy gate: run every measure on the corpora and hold the figures against `floors.json`.

A measure is a module of this package with `measure(data) -> {figure: value}`, where `data` is the
folder of the corpora. The corpora aren't ours to ship: where they are missing, the gate says so and
passes. A floor belongs to the bytes it was measured on, so a corpus with another digest fails.
"""

import argparse
import hashlib
import json
import sys
from importlib import import_module
from pathlib import Path

FLOORS = Path(__file__).with_name("floors.json")


def digest(path: Path) -> str:
    """SHA-256 of a file, or of a folder's files in the order of their names."""
    total = hashlib.sha256()
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if file.is_file():
            total.update(file.name.encode())
            total.update(file.read_bytes())
    return total.hexdigest()


def check_data(data: Path, digests: dict[str, str]) -> list[str]:
    """What is wrong with the corpora: missing ones and changed ones, in words."""
    faults = []
    for name, expected in digests.items():
        if not (data / name).exists():
            faults.append(f"{name} is missing")
        elif digest(data / name) != expected:
            faults.append(f"{name} has changed: its floors no longer mean anything")
    return faults


def run(data: Path, only: list[str], update: bool) -> int:
    """Measure, print a table, and return 1 if a figure is below its floor."""
    pinned = json.loads(FLOORS.read_text())
    fallen = 0
    for name, part in pinned["measures"].items():
        if only and name not in only:
            continue
        faults = check_data(data, {corpus: pinned["data"][corpus] for corpus in part["data"]})
        if faults:
            print(f"{name}: not measured: {'; '.join(faults)}", file=sys.stderr)
            fallen += 1
            continue
        figures = import_module(f"evals.{name}").measure(data)
        print(f"\n{name:<44}{'now':>9}{'floor':>9}")
        for figure, value in figures.items():
            floor = part["floors"].get(figure)
            below = floor is not None and value < floor
            fallen += below
            pin = "" if floor is None else f"{floor:9.3f}"
            print(f"  {figure:<42}{value:9.3f}{pin}{'  BELOW ITS FLOOR' if below else ''}")
        missing = sorted(set(part["floors"]) - set(figures))
        if missing:
            print(f"  no longer measured: {', '.join(missing)}")
            fallen += len(missing)
        if update:
            slack = part.get("slack", 0.01)
            part["floors"] = {k: round(figures[k] - slack, 3) for k in part["floors"]}
    if update:
        FLOORS.write_text(json.dumps(pinned, indent=2) + "\n")
    return 1 if fallen else 0


def main() -> int:
    """The command line of `make eval`."""
    parser = argparse.ArgumentParser(description="Hold the measured figures against their floors.")
    parser.add_argument("--data", type=Path, required=True, help="the folder of the corpora")
    parser.add_argument("--only", action="append", default=[], help="one measure by its name")
    parser.add_argument("--update", action="store_true", help="set the floors anew, with slack")
    args = parser.parse_args()
    if not args.data.is_dir():
        print(f"No corpora at {args.data}: accuracy was not measured. Give --data DIR.")
        return 0
    return run(args.data, args.only, args.update)


if __name__ == "__main__":
    sys.exit(main())
