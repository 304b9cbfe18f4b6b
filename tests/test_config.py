"""Configuration: what it may say, and that a mistake in it names the file, the line and the
remedy."""

from pathlib import Path

import pytest

from onrecord.config import blame, for_outlet, load, profiles, standards, with_profile
from onrecord.errors import ConfigError
from onrecord.records import Settings
from onrecord.rules import all_rules, select

FULL = """
select = ["ANO", "SRC"]
extend-select = ["RPL501"]
preview = false
profile = "wire"

[severity]
ANO001 = "note"

[house]
accepted-descriptions = ["a senior official at the Harbour Board"]
loaded-words = ["plummy"]

[outlet."Harbour Star"]
ignore = ["ANO010"]
[outlet."Harbour Star".severity]
ANO002 = "note"
[outlet."Harbour Star".house]
loaded-words = ["salty"]
"""


def settings(folder: Path, text: str) -> Settings:
    (folder / "onrecord.toml").write_text(text, "utf-8")
    return load(folder)


def test_all_that_it_may_say(tmp_path: Path) -> None:
    made = settings(tmp_path, FULL)
    assert made.select == ("ANO", "SRC")
    assert made.severity["ANO001"] == "note"
    assert made.severity["ANO002"] == "error", "the profile's, for the file says nothing of it"
    assert made.accepted == ("a senior official at the Harbour Board",)
    codes = {r.code for r in select(all_rules(), made)}
    assert {"ANO001", "ANO003", "RPL501"} <= codes
    assert not any(code.startswith("QUO") for code in codes)


@pytest.mark.parametrize("name", ["Harbour Star", "The Harbour Star", "harbour star"])
def test_an_outlet_has_its_own(tmp_path: Path, name: str) -> None:
    own = for_outlet(settings(tmp_path, FULL), name)
    assert own.severity["ANO002"] == "note"
    assert "ANO010" in own.ignore
    assert own.loaded == ("plummy", "salty")
    assert own.select == ("ANO", "SRC")


def test_another_outlet_has_the_general_ones(tmp_path: Path) -> None:
    made = settings(tmp_path, FULL)
    assert for_outlet(made, "Harbour Gazette") is made
    assert for_outlet(made, None) is made


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("preview = true\nprofil = 'wire'\n", 2, ("profil", "Did you mean profile?")),
        ("\nprofile = 'wired'\n", 2, ("no profile", "blp, popular, wire")),
        ("standard = ['app']\n", 1, ("no standard", "Did you mean ap?", "spj")),
        ("[house]\nloaded = ['x']\n", 2, ("unknown list", "loaded-words")),
        ("[house]\nloaded-words = 'x'\n", 2, ("list of words",)),
        ("[severity]\nANO001 = 'note'\n[outlet.'A']\n[outlet.'A'.severity]\nANO001 = 'grave'\n", 5,
         ("grave", "error, warning, note")),
        ("select = ['ANO']\n[outlet.'A']\nselect = 'ANO'\n", 3, ("list of codes",)),
        ("outlet = 3\n", 1, ("must be a table",)),
        ("[outlet.A]\nfail-on = 'note'\n", 2, ("unknown key",)),
    ],
)  # fmt: skip
def test_a_mistake_names_line_and_remedy(
    tmp_path: Path, text: str, line: int, words: tuple[str, ...]
) -> None:
    with pytest.raises(ConfigError) as caught:
        settings(tmp_path, text)
    assert caught.value.where.endswith(f"onrecord.toml:{line}")
    for word in words:
        assert word in str(caught.value)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("ignore = [\n  'ANO',\n  'ANO999',\n]\n", 3, ("ANO999", "Families")),
        ("[severity]\nANO = 'note'\n", 2, ("family",)),
        ("[rules.LAN901]\nwrods = ['x']\n", 2, ("no such option", "words")),
        ("[outlet.A]\nselect = ['XYZ']\n", 2, ("XYZ", "neither a rule nor a family")),
    ],
)
def test_what_the_rules_do_not_know_names_the_line_too(
    tmp_path: Path, text: str, line: int, words: tuple[str, ...]
) -> None:
    made = settings(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        select(all_rules(), made)
    error = blame(caught.value, tmp_path)
    assert error.where.endswith(f"onrecord.toml:{line}")
    for word in words:
        assert word in str(error)


def test_pyproject_counts_from_its_own_lines(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[project]\n\n[tool.onrecord]\nfoo = 1\n", "utf-8")
    with pytest.raises(ConfigError, match=r"pyproject\.toml:4"):
        load(tmp_path)


def test_the_profile_of_living_people_holds_the_facts_of_a_life_against_each_other() -> None:
    codes = {rule.code for rule in select(all_rules(), with_profile(Settings(), "blp"))}
    assert codes >= {"NUM401", "NUM405", "NUM406", "NUM408"}
    assert not codes & {"NUM403", "NUM404", "NUM407"}


@pytest.mark.parametrize("name", profiles())
def test_every_profile_names_rules_that_exist(name: str) -> None:
    assert select(all_rules(), with_profile(Settings(), name))


@pytest.mark.parametrize("key", standards())
def test_every_standard_has_rules(key: str) -> None:
    chosen = select(all_rules(), Settings(standard=(key,), preview=True))
    assert chosen
    assert all(key in rule.standards for rule in chosen)


def test_a_standard_that_does_not_exist() -> None:
    with pytest.raises(ConfigError, match=r"Did you mean reuters\?"):
        select(all_rules(), Settings(standard=("reuter",)))


def test_every_rule_stands_on_a_known_standard() -> None:
    assert all(key in standards() for rule in all_rules() for key in rule.standards)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("onrecord.toml", "select = " + "[" * 50_000, "nested too deep"),
        ("onrecord.toml", "select = [" + "'A'," * 300_000 + "]", "larger than"),
        ("pyproject.toml", "[tool.onrecord]\nselect = [", "not TOML"),
    ],
)
def test_a_hostile_configuration_is_said(tmp_path: Path, name: str, text: str, words: str) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(ConfigError, match=words):
        load(tmp_path)


@pytest.mark.parametrize(
    "text",
    ["# [tool.onrecord]\n", "x = '''\n[tool.onrecord]\n'''\n", "tool = 3\n", "[tool]\nonrecord = 3\n",
     "[tool.other]\nname = 'onrecord'\n", "nonsense [", "[tool.other\n# onrecord\n"],
)  # fmt: skip
def test_a_project_that_only_mentions_us_has_no_configuration(tmp_path: Path, text: str) -> None:
    (tmp_path / "pyproject.toml").write_text(text)
    assert load(tmp_path) == Settings()
