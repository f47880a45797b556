"""How one cell of a human file is read: ids, dates, months, numbers, shares, times, choices.

Belongs here: the parsing of single values with the code of what can be wrong with them; the words of each code stand
in `texts.findings`. Does not belong here: rules over rows or files (`company.rules`), the row models
(`company.records`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from difflib import get_close_matches
from typing import Annotated, Any, TypeVar
from zoneinfo import available_timezones

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from pipelines.company.currencies import CURRENCIES
from pipelines.periods import Month, Period, PeriodError, parse_period

_ID = re.compile(r"\w[\w.\-]{0,63}")
_DAY = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[ T]0?0:00(?::00)?)?")
_DAY_ZH = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.]0?1)?")
_MONTH_ZH = re.compile(r"(\d{4})年(\d{1,2})月(?:0?1日)?")
_NUMBER = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,10})?")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?\d+")

_Reader = TypeVar("_Reader", bound=Callable[..., object])

#: Ids that the pipeline itself writes where nobody is meant.
RESERVED_IDS = frozenset({"unassigned", "undistributed", "company", "total"})


def wrong(code: str, **params: object) -> PydanticCustomError:
    """Return the error for a cell; its words are `finding.<code>.problem` and `.mend`."""
    return PydanticCustomError(code, code, {key: str(value) for key, value in params.items()})


def nearest(word: str, known: Mapping[str, object] | frozenset[str] | set[str] | list[str] | tuple[str, ...]) -> str:
    """Return the known word most like the given one, or an empty string when none is near."""
    by_form = {candidate.casefold(): candidate for candidate in sorted(known)}
    found = get_close_matches(word.casefold(), by_form, n=1, cutoff=0.6)
    return by_form[found[0]] if found else ""


def _plain(value: object) -> str:
    """Return the cell's text without outer space; full-width digits and punctuation become plain ones."""
    return unicodedata.normalize("NFKC", str(value)).strip()


def _text(value: object) -> str:
    text = unicodedata.normalize("NFC", str(value)).strip()
    if not text:
        raise wrong("empty")
    return text


def _optional_text(value: object) -> str:
    return "" if value is None else unicodedata.normalize("NFC", str(value)).strip()


def _identifier(value: object) -> str:
    text = _text(value)
    if _SCIENTIFIC.fullmatch(text):
        raise wrong("id_eaten_by_spreadsheet")
    if not _ID.fullmatch(text):
        raise wrong("bad_id")
    if text.casefold() in RESERVED_IDS:
        raise wrong("reserved_id")
    return text


def _optional_identifier(value: object) -> str:
    return "" if value is None or not str(value).strip() else _identifier(value)


def _foreign_id(value: object) -> str:
    text = _text(value)
    if _SCIENTIFIC.fullmatch(text):
        raise wrong("id_eaten_by_spreadsheet")
    return text


def _day(value: object) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = _plain(value)
    if not text:
        raise wrong("empty")
    numbers: tuple[str, ...] | None = None
    if match := _DAY.fullmatch(text):
        numbers = (match[1], match[3], match[4])
    elif match := _DAY_ZH.fullmatch(text):
        numbers = (match[1], match[2], match[3])
    if numbers is None:
        raise wrong("bad_date")
    try:
        day = date(*(int(number) for number in numbers))
    except ValueError as impossible:
        raise wrong("no_such_day") from impossible
    if not 1970 <= day.year <= 2999:
        raise wrong("bad_year")
    return day


def _optional_day(value: object) -> date | None:
    return None if value is None or not str(value).strip() else _day(value)


def _month(value: object) -> Month:
    if isinstance(value, Month):
        return value
    text = _plain(value)
    if not text:
        raise wrong("empty")
    match = _MONTH.fullmatch(text) or _MONTH_ZH.fullmatch(text)
    if match is None or not 1 <= int(match[2]) <= 12:
        raise wrong("bad_month")
    return Month(int(match[1]), int(match[2]))


def _period(value: object) -> Period:
    if not isinstance(value, str):
        if isinstance(value, Period):
            return value
        value = str(value)
    text = _plain(value)
    if not text:
        raise wrong("empty")
    try:
        return parse_period(text)
    except PeriodError:
        # a spreadsheet writes a month as 2026/10, 2026年10月 or its first day
        match = _MONTH.fullmatch(text) or _MONTH_ZH.fullmatch(text)
        if match is None or not 1 <= int(match[2]) <= 12:
            raise wrong("bad_period") from None
        return Month(int(match[1]), int(match[2]))


def _moment(value: object) -> datetime:
    if isinstance(value, datetime):
        return value
    text = _plain(value)
    if not text:
        raise wrong("empty")
    day_text, _, time_text = text.replace("T", " ").partition(" ")
    match = _TIME.fullmatch(time_text.strip())
    if match is None:
        raise wrong("bad_moment")
    return datetime.combine(_day(day_text), _clock(match))


def _clock_time(value: object) -> time:
    if isinstance(value, time):
        return value
    match = _TIME.fullmatch(_plain(value))
    if match is None:
        raise wrong("bad_time")
    return _clock(match)


def _clock(match: re.Match[str]) -> time:
    hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
    if hour > 23 or minute > 59 or second > 59:
        raise wrong("bad_time")
    return time(hour, minute, second)


def _number(value: object) -> Decimal:
    if isinstance(value, Decimal) and value.is_finite():
        return value
    text = _plain(value)
    if not text:
        raise wrong("empty")
    if isinstance(value, bool) or not _NUMBER.fullmatch(text):
        raise wrong("bad_number")
    return Decimal(text)


def _optional_number(value: object) -> Decimal | None:
    return None if value is None or not str(value).strip() else _number(value)


def _between(low: str, high: str) -> Callable[[Decimal], Decimal]:
    lowest, highest = Decimal(low), Decimal(high)

    def check(value: Decimal) -> Decimal:
        if not lowest <= value <= highest:
            raise wrong("out_of_range", low=low, high=high)
        return value

    return check


def ranged(low: str, high: str) -> BeforeValidator:
    """Return the reader of a number within both bounds, which count as allowed."""
    check = _between(low, high)
    return BeforeValidator(lambda value: check(_number(value)))


def optional_ranged(low: str, high: str) -> BeforeValidator:
    """Return the reader of a number within both bounds, or of an empty cell."""
    check = _between(low, high)
    return BeforeValidator(lambda value: None if value is None or not str(value).strip() else check(_number(value)))


def ranged_or(empty: str, low: str, high: str) -> BeforeValidator:
    """Return the reader of a number within both bounds; an empty cell means the number given."""
    check = _between(low, high)

    def read(value: object) -> Decimal:
        return check(_number(empty if value is None or not str(value).strip() else value))

    return BeforeValidator(read)


def _whole(low: int, high: int) -> Callable[[object], int]:
    check = _between(str(low), str(high))

    def read(value: object) -> int:
        number = check(_number(value))
        if number != int(number):
            raise wrong("not_whole")
        return int(number)

    return read


def counted(low: int, high: int) -> BeforeValidator:
    """Return the reader of a whole number within both bounds."""
    read = _whole(low, high)
    return BeforeValidator(_known_choices(read, tuple(str(n) for n in range(low, high + 1)) if high - low < 10 else ()))


def optional_counted(low: int, high: int) -> BeforeValidator:
    """Return the reader of a whole number within both bounds, or of an empty cell."""
    read = _whole(low, high)
    return BeforeValidator(lambda value: None if value is None or not str(value).strip() else read(value))


def _known_choices(read: _Reader, choices: tuple[str, ...]) -> _Reader:
    """Note on a reader the few words that it takes, for whoever offers them (`choices_of`)."""
    vars(read)["choices"] = choices
    return read


def choices_of(metadata: Iterable[object]) -> tuple[str, ...]:
    """Return the few words that a field takes, from the metadata of its annotation; empty when it takes any."""
    for item in metadata:
        choices: tuple[str, ...] = getattr(getattr(item, "func", None), "choices", ())
        if choices:
            return choices
    return ()


def _share(value: object) -> Decimal:
    text = value if isinstance(value, Decimal) else _plain(value).removesuffix("%").strip()
    number = _number(text)
    if not Decimal(0) < number <= Decimal(100):
        raise wrong("bad_share")
    if number != number.quantize(Decimal("0.0001")):
        raise wrong("share_too_fine")
    return number


def choice(*allowed: str) -> BeforeValidator:
    """Return the reader of one of the given words; letter case does not matter."""
    by_form = {word.casefold(): word for word in allowed}

    def read(value: object) -> str:
        text = _plain(value)
        if not text:
            raise wrong("empty")
        word = by_form.get(text.casefold())
        if word is None:
            raise wrong("not_a_choice", allowed=", ".join(allowed), nearest=nearest(text, allowed) or allowed[0])
        return word

    return BeforeValidator(_known_choices(read, allowed))


def _yes_no(value: object) -> bool:
    if isinstance(value, bool):
        return value
    text = _plain(value).casefold()
    if text in {"true", "1", "yes", "y", "是"}:
        return True
    if text in {"false", "0", "no", "n", "否"}:
        return False
    raise wrong("bad_boolean")


def _time_zone(value: object) -> str:
    text = _text(value)
    if text not in available_timezones():
        raise wrong("unknown_timezone", nearest=nearest(text, available_timezones()) or "Asia/Shanghai")
    return text


def _optional_time_zone(value: object) -> str:
    return "" if value is None or not str(value).strip() else _time_zone(value)


def _currency(value: object) -> str:
    text = _text(value).upper()
    if text not in CURRENCIES:
        raise wrong("unknown_currency", nearest=nearest(text, CURRENCIES) or "CNY")
    return text


def _optional_currency(value: object) -> str:
    return "" if value is None or not str(value).strip() else _currency(value)


def _email(value: object) -> str:
    text = _optional_text(value)
    if text and not re.fullmatch(r"[^@\s]+@[^@\s]+", text):
        raise wrong("bad_email")
    return text


def lower(value: Any) -> str:
    """Read a word whose letter case does not matter, such as a platform or a system."""
    return _identifier(value).casefold()


Text = Annotated[str, BeforeValidator(_text)]
OptionalText = Annotated[str, BeforeValidator(_optional_text)]
Identifier = Annotated[str, BeforeValidator(_identifier)]
OptionalIdentifier = Annotated[str, BeforeValidator(_optional_identifier)]
ForeignId = Annotated[str, BeforeValidator(_foreign_id)]
LowerWord = Annotated[str, BeforeValidator(lower)]
Day = Annotated[date, BeforeValidator(_day)]
OptionalDay = Annotated[date | None, BeforeValidator(_optional_day)]
MonthField = Annotated[Month, BeforeValidator(_month)]
PeriodField = Annotated[Period, BeforeValidator(_period)]
Moment = Annotated[datetime, BeforeValidator(_moment)]
ClockTime = Annotated[time, BeforeValidator(_clock_time)]
Number = Annotated[Decimal, BeforeValidator(_number)]
OptionalNumber = Annotated[Decimal | None, BeforeValidator(_optional_number)]
Share = Annotated[Decimal, BeforeValidator(_share)]
YesNo = Annotated[bool, BeforeValidator(_known_choices(_yes_no, ("true", "false")))]
TimeZone = Annotated[str, BeforeValidator(_time_zone)]
OptionalTimeZone = Annotated[str, BeforeValidator(_optional_time_zone)]
Currency = Annotated[str, BeforeValidator(_currency)]
OptionalCurrency = Annotated[str, BeforeValidator(_optional_currency)]
Email = Annotated[str, BeforeValidator(_email)]
