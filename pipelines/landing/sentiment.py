"""What a text says of its subject: positive, neutral or negative, by offline tools behind one function.

Belongs here: the tools, which language a text is in, and what identifies a verdict (`TOOLS`, `toolset`). Does not
belong here: where labels are kept (`labels`), what people say instead (reviews/sentiment_labels.csv) and how good the
tools are (dbt_project/seeds/sentiment_tools.csv, measured by tests/real/judge_sentiment.py).

English is judged by vaderSentiment as its authors say: neutral between -0.05 and +0.05. Chinese is judged with the
words of the bixin package: the longest word first, turned round by a negation and weighed by a word of degree shortly
before it. bixin's own function is not used: it feeds its segmenter from a set, so its scores differ from process to
process, and it agrees with people a little less often (0.7535 against 0.7564 of the same reviews); nor are its lists of
sayings, which hold polite requests. Nothing here was fitted to the texts that the tools are judged on. The libraries
are imported when the first text of their language comes.
"""

from __future__ import annotations

import html
import importlib.util
import math
import pickle
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

LABELS = ("positive", "neutral", "negative")
#: Raised with every change of this module that may judge a text otherwise: then every text is judged anew.
RULES = 1

#: Language -> the package that judges it.
TOOLS: Mapping[str, str] = {"en": "vaderSentiment", "zh": "bixin"}

_NEUTRAL_EN = 0.05
#: How many characters before a word a negation or a word of degree may stand.
_REACH = 4
#: What a word of each of bixin's degrees does to the word after it: most, very, more, somewhat, hardly.
_DEGREES = {"1": 2.0, "2": 1.75, "3": 1.5, "4": 0.75, "5": 0.5}
#: Forms of politeness that the lists take for joy or anger: a question politely put is neither praise nor blame.
_POLITE = frozenset({"请", "請", "请问", "請問", "您"})
#: VADER's norm, which brings a sum of any length between -1 and 1.
_NORM = 15.0


@dataclass(frozen=True)
class Verdict:
    """What is said of one text.

    Attributes:
        language: `zh`, `en`, or empty for any other and for a text without words.
        label: one of LABELS; empty where no tool knows the language: such a text is unlabelled, never neutral.
        score: -1 to 1 with four decimals; empty without a label.
        tool: the tool with its versions, as in sentiment_tools.csv; empty without a label.
    """

    language: str = ""
    label: str = ""
    score: str = ""
    tool: str = ""


def judge(text: str) -> Verdict:
    """Say what a text expresses; the same text is judged alike on every machine that has the same tools."""
    plain = html.unescape(text)
    language = language_of(plain)
    if not language:
        return Verdict()
    score = _scorer(language)(plain)
    band = _NEUTRAL_EN if language == "en" else 0.0
    label = "positive" if score > 0 and score >= band else "negative" if score < 0 and score <= -band else "neutral"
    return Verdict(language, label, f"{score + 0.0:.4f}", tool_id(language))


@cache
def tool_id(language: str) -> str:
    """The tool of a language with its version and that of the rules here: what a measured accuracy is about."""
    package = TOOLS[language]
    return f"{package.lower()}-{version(package)}-r{RULES}"


def toolset() -> str:
    """All tools as one word: labels made by another set of tools are other labels."""
    return "_".join(tool_id(language) for language in sorted(TOOLS))


_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]")
_LATIN = re.compile(r"[A-Za-z]")
_ACCENTED = re.compile(r"[\u00c0-\u024f\u1e00-\u1eff]")
_NO_WORDS = re.compile(r"https?://\S+|www\.\S+|[@#]\w+")
_WORD = re.compile(r"[^\W\d_]+")
#: A Chinese character says about as much as two Latin letters.
_LETTERS_A_CHARACTER = 2
#: From one letter in ten of another script a text is not in the first one.
_FOREIGN_SHARE = 10
#: So many words that only other languages have make a text theirs, if it has fewer English ones.
_FOREIGN_WORDS = 2


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Frequent small words of English, and of other languages in Latin letters that are no English words.
_ENGLISH = _words(
    "the a an and or but is are was were be been am i you he she it we they my your his her its our their this that "
    "these those to of in on at for with from by as not no so very too just have has had do does did will would can "
    "could should what when where who how why if than then there here all any some more most out up about"
)
_FOREIGN = _words(
    "el los las una unos unas del que es para como muy pero sus lo gusta mucho gracias bueno buena todo nada "
    "le les des du et est une dans pour pas sur avec je vous nous il elle ne ce cette tres aux merci bien "
    "der das und ist nicht ein eine mit für dem von zu wir ich sie sehr aber auch danke gut "
    "um uma não nao em muito obrigado bom boa "
    "gli che di sono una molto anche grazie "
    "het een niet voor zijn maar ook dat heel goed "
    "bir ve bu çok için ile ini yang dan tidak untuk dengan sangat"
)


def language_of(text: str) -> str:
    """The language of a text by its script, and of Latin letters by its small words: `zh`, `en` or empty.

    Kana or hangul make a text Japanese or Korean, whatever Chinese characters stand in it; a text half in Chinese and
    half in English is in neither. Links, mentions and tags say nothing of the language.
    """
    bare = unicodedata.normalize("NFKC", _NO_WORDS.sub(" ", text))
    han, latin, accented = (len(pattern.findall(bare)) for pattern in (_HAN, _LATIN, _ACCENTED))
    letters = sum(character.isalpha() for character in bare)
    strange = letters - han - latin
    if han:
        return "zh" if han * _LETTERS_A_CHARACTER >= latin and strange * _FOREIGN_SHARE < han else ""
    if not latin or strange * _FOREIGN_SHARE >= letters:
        return ""
    words = [word.lower() for word in _WORD.findall(bare)]
    english, foreign = (sum(word in known for word in words) for known in (_ENGLISH, _FOREIGN))
    is_foreign = (foreign >= _FOREIGN_WORDS and foreign > english) or (accented > 0 and not english)
    return "" if is_foreign else "en"


@cache
def _scorer(language: str) -> Callable[[str], float]:
    return {"en": _english, "zh": _chinese}[language]()


def _english() -> Callable[[str], float]:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyzer = SentimentIntensityAnalyzer()
    return lambda text: float(analyzer.polarity_scores(text)["compound"])


def _chinese() -> Callable[[str], float]:
    lexicon = Lexicon.of_bixin()
    return lexicon.score


_CLAUSES = re.compile(r"[，。！？；、,.!?;\n…~～\s]+")


class _Words(pickle.Unpickler):
    """Reads lists and sets of words, and refuses a file that asks for anything else to be called."""

    def find_class(self, module: str, name: str) -> type[set[str]]:
        if (module, name) != ("builtins", "set"):
            raise pickle.UnpicklingError(f"bixin's word lists ask for {module}.{name}: they are no words")
        return set


class Lexicon:
    """Words of Chinese with what each says: +1 or -1, `not`, or how much."""

    def __init__(self, positive: set[str], negative: set[str], negations: set[str], degrees: Mapping[str, float]):
        # a word in both lists says nothing; a negation or a degree is that first
        self._values = {**dict.fromkeys(positive - negative, 1.0), **dict.fromkeys(negative - positive, -1.0)}
        self._negations = negations
        self._degrees = degrees
        lengths: dict[str, set[int]] = {}
        for word in (*self._values, *negations, *degrees):
            lengths.setdefault(word[0], set()).add(len(word))
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}

    @classmethod
    def of_bixin(cls) -> Lexicon:
        """The word lists of the bixin package, simplified and traditional, read without importing its segmenter."""
        found = importlib.util.find_spec("bixin")
        if found is None or found.origin is None:
            raise ModuleNotFoundError("bixin is not installed: its word lists judge Chinese texts", name="bixin")
        with (Path(found.origin).parent / "data" / "dict.pkl").open("rb") as file:
            lists = _Words(file).load()
        sides = {side: (lists[f"{side}_emotion"] | lists[f"{side}_emotion_tc"]) - _POLITE for side in ("pos", "neg")}
        degrees = {word: _DEGREES[name] for name in sorted(_DEGREES) for word in lists["degrees"][name]}
        return cls(sides["pos"], sides["neg"], set(lists["negations"]), degrees)

    def score(self, text: str) -> float:
        """The sum of what the words say, clause by clause, between -1 and 1."""
        total = sum(self._of_clause(clause) for clause in _CLAUSES.split(text))
        return total / math.sqrt(total * total + _NORM)

    def _of_clause(self, clause: str) -> float:
        total, place = 0.0, 0
        factor, until = 1.0, -1
        while place < len(clause):
            word = self._word_at(clause, place)
            if word is None:
                place += 1
                continue
            if place > until:
                factor = 1.0
            place += len(word)
            if word in self._negations:
                factor, until = -factor, place + _REACH
            elif word in self._degrees:
                factor, until = factor * self._degrees[word], place + _REACH
            else:
                total += self._values[word] * factor
                factor = 1.0
        return total

    def _word_at(self, clause: str, place: int) -> str | None:
        for length in self._lengths.get(clause[place], ()):
            word = clause[place : place + length]
            if word in self._values or word in self._negations or word in self._degrees:
                return word
        return None
