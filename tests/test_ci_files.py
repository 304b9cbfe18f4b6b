"""What other tools start us by: pre-commit's hook and the GitHub action, run as they run them."""

import os
import shutil
import site
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
STORY = "Quay to close\n\nThe ferry is doomed, a source close to the board said on Monday.\n"
OURS = {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), *site.getsitepackages()])}
HOOK = """[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "onrecord"
version = "1"

[project.scripts]
onrecord = "onrecord.cli:main"

[tool.hatch.build.targets.wheel]
only-include = ["README"]
"""


def git(folder: Path, *words: str) -> None:
    author = [
        "-c",
        "user.name=Ada",
        "-c",
        "user.email=ada@example.org",
        "-c",
        "commit.gpgsign=false",
    ]
    subprocess.run(["git", *author, *words], cwd=folder, check=True, capture_output=True)


def committed(folder: Path, **files: str) -> None:
    folder.mkdir()
    git(folder, "init", "-q")
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text)
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "first")


@pytest.mark.system
@pytest.mark.skipif(shutil.which("git") is None, reason="git isn't there")
def test_pre_commit_runs_the_hook_on_what_is_committed(tmp_path: Path) -> None:
    """The manifest is ours; only the package that pre-commit installs is an empty one of our name,
    whose command runs the code under test: so that the test needs no network."""
    manifest = (ROOT / ".pre-commit-hooks.yaml").read_text()
    committed(tmp_path / "hook", README="", pyproject__toml=HOOK)
    (tmp_path / "hook" / ".pre-commit-hooks.yaml").write_text(manifest)
    git(tmp_path / "hook", "add", "-A")
    git(tmp_path / "hook", "commit", "-qm", "hooks")
    config = f"repos:\n- repo: {tmp_path / 'hook'}\n  rev: HEAD\n  hooks:\n  - id: onrecord\n    args: [--engine, baseline]\n"
    committed(
        tmp_path / "desk", a__txt=STORY, b__md="It rained.\n", c__py="said = 'a source said'\n"
    )
    environment = {
        **os.environ, **OURS, "PRE_COMMIT_HOME": str(tmp_path / "home"), "PIP_NO_DEPS": "1",
        "PIP_NO_INDEX": "1", "PIP_NO_BUILD_ISOLATION": "0", "PIP_CONFIG_FILE": os.devnull,
        "PIP_USER": "0",
    }  # fmt: skip

    def hooked() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "pre_commit", "run", "--all-files", "--color", "never", "-v"],
            cwd=tmp_path / "desk", env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip

    (tmp_path / "desk" / ".pre-commit-config.yaml").write_text(
        config.replace("HEAD", _head(tmp_path / "hook"))
    )
    git(tmp_path / "desk", "add", "-A")
    made = hooked()
    assert made.returncode == 1, made.stdout + made.stderr
    assert "- hook id: onrecord" in made.stdout
    assert "a.txt:3:" in made.stdout
    assert "ANO001" in made.stdout
    assert "c.py" not in made.stdout
    (tmp_path / "desk" / "a.txt").write_text("It rained on the quay, Ann Lee said.\n")
    git(tmp_path / "desk", "add", "-A")
    made = hooked()
    assert made.returncode == 0, made.stdout + made.stderr


def _head(folder: Path) -> str:
    made = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=folder, capture_output=True, text=True, check=True
    )
    return made.stdout.strip()


def test_both_manifests_are_as_their_tools_want_them() -> None:
    for words in (
        ["pre_commit", "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml")],
        ["check_jsonschema", "--builtin-schema", "vendor.github-actions", str(ROOT / "action.yml")],
    ):
        made = subprocess.run(
            [sys.executable, "-m", *words], capture_output=True, text=True, check=False
        )
        assert made.returncode == 0, made.stdout + made.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="the step's shell is bash")
def test_the_action_s_step_checks_paths_with_blanks(tmp_path: Path) -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    step = next(s for s in action["runs"]["steps"] if s["name"] == "Check")
    assert "${{" not in step["run"], "inputs reach the shell as variables, never as its words"
    folder = tmp_path / "drafts of $(today)"
    folder.mkdir()
    (folder / "a story.txt").write_text(STORY)
    (folder / "-b.txt").write_text(STORY)

    def ran(**given: str) -> subprocess.CompletedProcess[str]:
        inputs = {
            name: entry.get("default", "") for name, entry in action["inputs"].items()
        } | given
        names = {"paths": "PATHS", "format": "FORMAT", "output": "OUTPUT", "args": "OPTIONS"}
        assert {name: f"${{{{ inputs.{key} }}}}" for key, name in names.items()} == step["env"]
        environment = {
            **os.environ, **OURS, **{name: inputs[key] for key, name in names.items()},
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        }  # fmt: skip
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=folder, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip

    made = ran(paths="a story.txt\n-b.txt\n", args="--engine=baseline\n")
    assert made.returncode == 1, made.stderr
    assert "::warning title=ANO001 anonymous-without-reason,file=a story.txt,line=3" in made.stdout
    assert "file=-b.txt,line=3" in made.stdout
    made = ran(
        paths="a story.txt",
        format="sarif",
        output="found.sarif",
        args="--engine=baseline\n--exit-zero",
    )
    assert made.returncode == 0, made.stderr
    assert '"ANO001"' in (folder / "found.sarif").read_text()
    assert ran(paths="no such story.txt", args="--engine=baseline").returncode == 3
