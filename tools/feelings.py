"""Writes `language/en/feelings.json`: words for what somebody feels, from a WordNet 3.0 database.

    python -m tools.feelings FOLDER     # with data.* and index.*, as in Debian's wordnet-base

`states` are said of somebody behind "is" or "feels": adjectives that WordNet derives from a noun of
feeling or a verb of emotion, and the past participles of such verbs. `verbs` are what whoever feels
does: the third person and the past of verbs of emotion whose subject feels. WordNet doesn't tell a
feeling from a quality that others see ("lovable") nor who feels, subject or object, so this file
does: words that are left out stand in `QUALITIES` and `OBJECT_FEELS`. WordNet's licence, which
goes with the words, is in `language/en/nouns.LICENSE`.
"""

import re
import sys
from pathlib import Path

from .lexicons import written

FEELING, EMOTION = 12, 37
"""Numbers of WordNet's lexicographer files of nouns and verbs."""
SENSES = 2
"""How many of an adjective's senses, commonest first, may be the feeling."""
WRITTEN = Path(__file__).parents[1] / "src" / "onrecord" / "language" / "en" / "feelings.json"
PROVENANCE = (
    "WordNet 3.0, Copyright 2006 by Princeton University; see nouns.LICENSE. Made by"
    " tools/feelings.py."
)
QUALITIES = frozenset(
    "abhorred abhorrent abominable abominated admired adorable affectional affectionate"
    " affective afflictive agitative agonal alarming algolagnic amative ambitious ambivalent"
    " amiable anglophilic anglophobic animated anticipative antipathetic antipathetical"
    " apathetic appeasable appetent appetitive appreciated aroused attached attractive"
    " aversive avid bashful belligerent beneficent braced bridled browbeaten bullied buoyant"
    " calm capricious captivated cared carefree caring carnal charmed cheerful cheerless"
    " cherished chilled choleric close coldhearted comfortable comforted commiserative"
    " compassionate complacent conceived conciliative concupiscent confident congratulatory"
    " conscientious consolable consolatory consoled covered coveted cowed damaged daunted"
    " decided dehumanized demeaned depressant depressed deranged desired despised detested"
    " deviled diffident disarmed disdained disliked dislocated disordered dissatisfactory"
    " dolorous dolourous domineered dread dreaded dreamy drooled dysphoric eager earnest edgy"
    " egotistic electric elicited emotional emotionless emotive empathetic encouraged"
    " enthusiastic entranced envenomed envied erotic evocative evoked exaggerated excitable"
    " expectant feared fearless feeled fermented fervent fervid fidgety fiery floored forced"
    " friendly fussy gentled graveled harassed hardhearted harried hassled hated heartless"
    " hearty helpless hesitant hilarious honored honoured hostile humanised humanized hungry"
    " hurt hysterical idolized impassive imperturbable impressed impressible impressive"
    " inclined indifferent inebriated inflammatory ingratiatory inimical insensitive"
    " insouciant inspired interested intimate intoxicated invited involved irascible irritable"
    " jocular jolly jovial joyless kindhearted lascivious lecherous libidinal libidinous"
    " lightened lightsome likable likeable liked listless loathed lovable loveable loved"
    " loving lulled lustful lusty mad maleficent malevolent malicious manipulative masochistic"
    " mawkish meek merciful merciless minded misanthropic misanthropical misogynic misogynous"
    " missed moody mourned moved murderous nauseous nerved nymphomaniacal obsessed obsessive"
    " odious offended oppressive oversensitive painful passionate pathetic peevish penitential"
    " penitentiary perceptive perky pestered petulant phlegmatic phlegmatical piteous pitied"
    " pitiless placated placative placatory placid plaintive playful pleasant pleased"
    " possessed preferred prideful protective provocative provoked prurient quiet ragged"
    " rancorous recaptured regretted relaxed repellant repellent repugnant repulsive resented"
    " respected restive revered reverent reverential rigorous ruthful ruthless sad sadistic"
    " sadomasochistic sainted sanguine scarey scorned scrupulous secure self-important"
    " sensitive sensual sensuous sentimental settled sexed sexy shivery shuddery shy sincere"
    " smug softhearted solemn solicitous somber sombre soothed sore soulful spiteful splenetic"
    " spooked stewed stilled stirred stolid stormy stultified stung sulky supported sweated"
    " sympathetic teased technophilic technophobic tedious temptable tender tenderhearted"
    " testy tetchy timid timorous together tortured torturous touched touchy toughened"
    " tranquil tranquilized tranquillised tranquillized treasured triumphal troubled"
    " umbrageous unalarming unassertive uncheerful uncomfortable ungrateful unhinged"
    " unpleasant unsure untuned uplifted vain valued venerated vengeful venomous vindictive"
    " wanted warm warmhearted weepy wished wishful woeful worshiped worshipped wowed zapped"
    " zealous zesty".split()
)
"""Adjectives that tell what others see of somebody, what is done to them, or much else besides."""
OURS = frozenset(
    "sad hurt depressed offended obsessed pleased devastated gutted heartbroken blindsided"
    " betrayed thrilled stressed shaken crushed stunned trapped upset worried scared shocked"
    " pained ashamed bitter smitten besotted wounded torn conflicted paranoid livid chuffed"
    " insecure distraught fuming elated ecstatic delighted nervous proud relieved tearful"
    " miserable resentful jealous vulnerable lonely overwhelmed disgusted humiliated mortified"
    " traumatised traumatized anguished inconsolable disheartened disillusioned exasperated"
    " seething irritated anxious apprehensive guilty embarrassed remorseful enraged irate"
    " frustrated".split()
)
"""States that WordNet files elsewhere or that the list above leaves out for another sense."""
PHRASES = (
    "over the moon,in love with,head over heels,fed up,on cloud nine,sick and tired,pissed off,"
    "in bits,"
    "beside himself,beside herself,freaking out,in tears,losing sleep,cut up,put out,hung up on,"
    "sick of,tired of,at the end of her tether,at the end of his tether,at her wits' end,"
    "at his wits' end,in a dark place,down in the dumps,on edge,head-over-heels,heart-broken,"
    "self-conscious,love-struck,starstruck,pissed,rattled,pumped,stoked,psyched,bummed,homesick,"
    "broken-hearted,panic-stricken,grief-stricken,world-weary"
).split(",")
"""Turns of phrase for a state, ours."""
SUBJECT_FEELS = (
    "abhor adore begrudge despair despise detest dread envy exult grieve loathe lament mourn"
    " regret rejoice relish repent resent rue yearn fret agonise agonize hate"
).split()
"""Verbs of emotion whose subject feels; of the others the object does."""
MOVES = (
    "annoy anger bother crush delight devastate distress disturb embarrass enrage excite frighten"
    " gut haunt humiliate hurt infuriate irk irritate mortify please rattle sadden scare shock"
    " terrify thrill torment trouble upset worry"
).split()
"""Verbs of what moves its object."""
UNCHANGED = frozenset(("hurt", "upset"))
"""Those of them whose past is the verb itself."""


def _lines(path: Path) -> list[list[str]]:
    """The fields of a database file's lines after its licence."""
    with path.open(encoding="utf-8") as lines:
        return [line.split(" | ")[0].split() for line in lines if not line.startswith("  ")]


class WordNet:
    """The synsets of nouns, verbs and adjectives, and the senses of each word."""

    def __init__(self, folder: Path) -> None:
        self.file: dict[str, int] = {}
        self.words: dict[str, list[str]] = {}
        self.links: dict[str, list[tuple[str, str, int]]] = {}
        self.senses: dict[str, list[str]] = {}
        for name, mark in (("noun", "n"), ("verb", "v"), ("adj", "a")):
            for fields in _lines(folder / f"data.{name}"):
                self._synset(mark, fields)
            for fields in _lines(folder / f"index.{name}"):
                number = int(fields[2])
                self.senses[f"{mark}:{fields[0]}"] = [f"{mark}{o}" for o in fields[-number:]]

    def _synset(self, mark: str, fields: list[str]) -> None:
        key, count = f"{mark}{fields[0]}", int(fields[3], 16)
        self.file[key] = int(fields[1])
        words = fields[4 : 4 + 2 * count : 2]
        self.words[key] = [re.sub(r"\(.*", "", word).lower() for word in words]
        first = 4 + 2 * count
        rows = [fields[n : n + 4] for n in range(first + 1, first + 1 + 4 * int(fields[first]), 4)]
        self.links[key] = [
            (sign, f"{kind.replace('s', 'a')}{offset}", int(ends[:2], 16))
            for sign, offset, kind, ends in rows
        ]

    def derived(self, key: str, word: str) -> set[int]:
        """Lexicographer files of what a word of a synset derives from or is a participle of."""
        place = self.words[key].index(word) + 1
        return {
            self.file[other]
            for sign, other, mine in self.links[key]
            if sign in ("+", "=", "<", "\\") and mine in (0, place) and other in self.file
        }


def participle(verb: str) -> str:
    """The past participle of a regular verb."""
    if verb.endswith("e"):
        return f"{verb}d"
    if re.search(r"[^aeiou]y$", verb):
        return f"{verb[:-1]}ied"
    if verb == "regret":
        return "regretted"
    doubled = re.fullmatch(r"[^aeiou]*[aeiou][bdgmnprt]", verb)
    return f"{verb}{verb[-1]}ed" if doubled else f"{verb}ed"


def third(verb: str) -> str:
    """The third person of a regular verb."""
    if re.search(r"(?:s|sh|ch|x|z)$", verb):
        return f"{verb}es"
    return f"{verb[:-1]}ies" if re.search(r"[^aeiou]y$", verb) else f"{verb}s"


def lists(folder: Path) -> dict[str, list[dict[str, str]]]:
    """The rows of both lists, in order."""
    net = WordNet(folder)
    source = dict.fromkeys(OURS, "ours")
    for name, keys in net.senses.items():
        mark, word = name.split(":")
        if mark == "a" and re.fullmatch(r"[a-z]+", word) and word not in QUALITIES:
            for key in keys[:SENSES]:
                if word in net.words[key] and net.derived(key, word) & {FEELING, EMOTION}:
                    source[word] = "WordNet 3.0, adjective of a feeling"
        if mark == "v" and re.fullmatch(r"[a-z]+", word) and net.file[keys[0]] == EMOTION:
            form = participle(word)
            known = f"a:{form}" in net.senses and form not in QUALITIES
            if word not in SUBJECT_FEELS and known:
                source[form] = "WordNet 3.0, participle of a verb of emotion"
    states = [{"value": w, "note": "is, feels", "source": source[w]} for w in sorted(source)]
    states += [
        {"value": w, "note": "is, feels", "source": "ours"} for w in sorted({*PHRASES} - {*source})
    ]
    verbs = [
        {"value": form, "note": verb, "source": "WordNet 3.0, verb of emotion"}
        for verb in sorted(SUBJECT_FEELS)
        for form in (third(verb), participle(verb))
    ]
    moves = [
        {"value": form, "note": verb, "source": "ours"}
        for verb in MOVES
        for form in sorted({verb, third(verb), verb if verb in UNCHANGED else participle(verb)})
    ]
    return {"states": states, "verbs": verbs, "moves": moves}


def main() -> int:
    """Write the file, and say how much is in it."""
    if len(sys.argv) != 2 or not (Path(sys.argv[1]) / "data.verb").exists():
        print(
            "usage: python -m tools.feelings FOLDER (with data.verb, data.adj …)", file=sys.stderr
        )
        return 2
    made = lists(Path(sys.argv[1]))
    WRITTEN.write_text(written(PROVENANCE, made), "utf-8")
    for key, found in made.items():
        print(f"{key}: {len(found)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
