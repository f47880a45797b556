"""Values as landing keeps them: plain text in one spelling, told by SQL expressions over the raw columns.

Belongs here: numbers, dates, ids and yes/no of every regional setting, and the evidence by which a file's setting is
told. A value that cannot be read makes its row a broken one; nothing becomes NULL unnoticed.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from pipelines.landing.reasons import QuarantineError
from pipelines.landing.sniff import Header
from pipelines.landing.table import ROW_NO
from pipelines.sources.match import MatchedColumn
from pipelines.sources.spec import Column

if TYPE_CHECKING:
    import duckdb

_SPACES = r"[\s\x{00a0}\x{202f}\x{3000}\x{feff}\x{200b}]"
_CURRENCY = r"(?:US\$|HK\$|NT\$|[$€£¥￥₹]|USD|CNY|RMB|EUR|HKD|GBP|JPY|TWD|元)"
_GROUP = r"[,'’\s\x{00a0}\x{202f}]"
_NUMBER = (
    rf"^(?:[-+−(]\s*{_CURRENCY}?|{_CURRENCY}\s*[-+−]|{_CURRENCY}?)\s*"
    rf"(?:\d{{1,3}}(?:{_GROUP}\d{{3}})+|\d*)(?:\.\d*)?(?:[eE][-+]?\d{{1,2}})?\s*{_CURRENCY}?\s*%?\)?$"
)
_LONG_ID = r"^\d{18,}$"
_ROUNDED_ID = r"^\d{15}000+$"
_NOTHING = "('', '-', '--', '–', '—', 'n/a', 'na', '#n/a', 'nan', 'null', 'none')"
_STAMP = (
    r"^(.+?)"
    r"(?:(?:T|,? +)(\d{1,2}):(\d{2})(?::(\d{2})(\.\d+)?)? ?([AaPp]\.?[Mm]\.?)?"
    r" ?(Z|UTC|GMT|(?:UTC|GMT)?[-+]\d{2}:?\d{2}|[-+]\d{2})?)?$"
)
_WORDY_DATES = (
    "%a, %b %d, %Y",
    "%A, %B %d, %Y",
    "%b %d, %Y",
    "%B %d, %Y",
    "%d %b %Y",
    "%d %B %Y",
    "%d-%b-%Y",
    "%b %d %Y",
)
_YES = "('true', 'yes', 'y', '1', '是', 'はい', 'ja', 'oui', '原创')"
_NO = "('false', 'no', 'n', '0', '否', 'いいえ', 'nein', 'non', '转载', '非原创')"


@dataclass(frozen=True)
class Setting:
    """The regional setting of one file.

    Attributes:
        decimal_comma: whether `1.234,5` is the number 1234.5.
        dayfirst: whether `03/04/2026` is the third of April; None when no value of the file needs it.
        rounded: the id columns that a spreadsheet has kept as numbers of 15 digits.
    """

    decimal_comma: bool
    dayfirst: bool | None
    rounded: frozenset[str] = frozenset()


def tell_setting(
    connection: duckdb.DuckDBPyConnection, header: Header, dayfirst: bool | None, spec_default: bool | None
) -> Setting:
    """Tell a file's setting from all of its values.

    Args:
        connection: holds the raw rows as `raw`.
        header: what the columns are.
        dayfirst: what the company states for this source.
        spec_default: what the vendor is known to write.

    Raises:
        QuarantineError: when the values contradict each other or nothing decides.
    """
    return Setting(
        _decimal_comma(connection, header),
        _dayfirst(connection, header, dayfirst, spec_default),
        _rounded_ids(connection, header),
    )


def _rounded_ids(connection: duckdb.DuckDBPyConnection, header: Header) -> frozenset[str]:
    """The id columns most of whose long ids have nothing but zeros after the fifteenth digit.

    One id of 19 digits in ten thousand ends so by itself, so a single value proves nothing.
    """
    rounded: list[str] = []
    for matched in header.match.columns:
        if matched.column.kind != "id":
            continue
        bare = _bare_id(_trim(f"f{matched.position}", "id"))
        row = connection.execute(
            f"select count(*) filter (regexp_matches({bare}, '{_LONG_ID}')), "
            f"count(*) filter (regexp_matches({bare}, '{_ROUNDED_ID}')) from raw"
        ).fetchone()
        n_long, n_rounded = row or (0, 0)
        if n_rounded > 1 and 2 * n_rounded > n_long:
            rounded.append(matched.column.name)
    return frozenset(rounded)


def _decimal_comma(connection: duckdb.DuckDBPyConnection, header: Header) -> bool:
    numbers = [matched for matched in header.match.columns if matched.column.kind in ("number", "money")]
    if not numbers:
        return False
    parts: list[str] = []
    for matched in numbers:
        value = f"f{matched.position}"
        for mark, other in ((",", "."), (".", ",")):
            decimal = rf"^[^\{mark}]*\{mark}(\d{{1,2}}|\d{{4,}})\D*$|^\D*0\{mark}\d+\D*$|\{other}\d{{3}}\{mark}"
            there = f"contains({value}, '{mark}')"
            parts.append(f"count(*) filter ({there} and regexp_matches({value}, '{decimal}'))")
            parts.append(f"count(*) filter ({there})")
    row = connection.execute(f"select {', '.join(parts)} from raw").fetchone()
    counts = list(row or ())
    commas, seen_commas, points, seen_points = (
        [matched for matched, count in zip(numbers, counts[n::4], strict=True) if count] for n in range(4)
    )
    if commas and points:
        raise QuarantineError("mixed_decimals", column=commas[0].column.name)
    if commas or points:
        return bool(commas)
    if header.delimiter != ";":
        return False
    # nothing but groups of three behind a mark: a money of three decimals is rarer than a thousands mark
    if seen_commas and seen_points:
        raise QuarantineError("mixed_decimals", column=seen_commas[0].column.name)
    return bool(seen_points)


def _dayfirst(
    connection: duckdb.DuckDBPyConnection, header: Header, stated: bool | None, default: bool | None
) -> bool | None:
    dates = [matched for matched in header.match.columns if matched.column.kind in ("date", "datetime")]
    if not dates:
        return None
    slashed = r"^\s*(\d{1,2})[/-](\d{1,2})[/-]\d{4}"
    parts: list[str] = []
    for matched in dates:
        value = f"f{matched.position}"
        hit = f"regexp_matches({value}, '{slashed}')"
        parts += [f"max(try_cast(regexp_extract({value}, '{slashed}', {n}) as int)) filter ({hit})" for n in (1, 2)]
    row = connection.execute(f"select {', '.join(parts)} from raw").fetchone()
    maxima = list(row or ())
    needed: MatchedColumn | None = None
    day_first = month_first = False
    for matched, first, second in zip(dates, maxima[0::2], maxima[1::2], strict=True):
        if first is None:
            continue
        needed = needed or matched
        if first > 12 and second > 12:
            raise QuarantineError("mixed_dates", column=matched.column.name)
        day_first |= first > 12
        month_first |= second > 12
    if needed is None:
        return None
    if day_first and month_first:
        raise QuarantineError("mixed_dates", column=needed.column.name)
    if stated is not None:
        return stated
    if day_first or month_first:
        return day_first
    if default is None:
        raise QuarantineError("ambiguous_dates", column=needed.column.name, spec=header.match.spec.id)
    return default


def select_sql(header: Header, setting: Setting, named: str = "") -> str:
    """Return the query over `raw` that gives `_row_no`, every canonical column of the spec, and `_problem`.

    `_problem` is NULL, or `column:code` of the first column that cannot be read. A column that the file lacks is NULL.
    A `text` column is given as it is; the caller turns it into features. `named` is the record that the file's name
    names: it fills the spec's `name_column` where the file has no header for it.

    Each step is a common table expression of its own, so that a pattern is matched once a value, not once a use.
    """
    spec = header.match.spec
    found = {matched.column.name: matched for matched in header.match.columns}
    constants = _unit_constants(header)
    if named and spec.name_column and spec.name_column not in found:
        constants[spec.name_column] = named.replace("'", "''")
    numbers = [m for m in header.match.columns if _is_plain_number(m)]
    trimmed: list[str] = [ROW_NO]
    split: list[str] = ["*"]
    values: list[str] = ["*"]
    problems: list[str] = []
    if numbers:
        # one expression over a list: forty columns with expressions of their own take half a second to plan
        listed = ", ".join(f"f{matched.position}" for matched in numbers)
        trimmed.append(f"list_transform([{listed}], lambda v: {_trim('v', 'number')}) as trimmed_numbers")
        split.append(f"list_transform(trimmed_numbers, lambda v: {_number('v', setting.decimal_comma)}) as numbers")
    for column in spec.columns:
        name, matched = column.name, found.get(column.name)
        code = _problem_code(column.kind)
        if matched in numbers:
            place = numbers.index(matched) + 1
            values.append(f"numbers[{place}] as {name}")
            problems.append(f"when {name} is null and trimmed_numbers[{place}] is not null then '{name}:{code}'")
        elif matched is None and column.id_from_link not in found:
            literal = f"'{constants[name]}'" if name in constants else "null"
            values.append(f"cast({literal} as varchar) as {name}")
        else:
            source = f"f{matched.position}" if matched else "cast(null as varchar)"
            trimmed.append(f"{_trim(source, column.kind)} as {_raw(name)}")
            if column.kind in ("date", "datetime"):
                split.append(f"{_split_stamp(_raw(name))} as split_{name}")
            values.append(f"{_value(column, matched, found, setting)} as {name}")
            if code:
                problems.append(f"when {name} is null and {_raw(name)} is not null then '{name}:{code}'")
        if column.key:
            problems.append(f"when {name} is null then '{name}:missing'")
    problem = f"case {' '.join(problems)} end" if problems else "null"
    names = ", ".join(column.name for column in spec.columns)
    return (
        f"with trimmed as (select {', '.join(trimmed)} from raw), "
        f"split as (select {', '.join(split)} from trimmed), "
        f"read as (select {', '.join(values)} from split) "
        f"select {ROW_NO}, {names}, cast({problem} as varchar) as _problem from read"
    )


def _is_plain_number(matched: MatchedColumn) -> bool:
    return matched.column.kind in ("number", "money") and matched.factor in (None, Decimal(1))


def _raw(name: str) -> str:
    return f"raw_{name}"


def _unit_constants(header: Header) -> dict[str, str]:
    """A unit in a header, such as a currency, fills the column that the file has no header for."""
    present = {matched.column.name for matched in header.match.columns}
    return {
        matched.column.unit_column: matched.unit.replace("'", "''")
        for matched in header.match.columns
        if matched.unit and matched.column.unit_column and matched.column.unit_column not in present
    }


def _trim(value: str, kind: str) -> str:
    trimmed = rf"regexp_replace({value}, '^{_SPACES}+|{_SPACES}+$', '', 'g')"
    # most values have nothing to trim, and a plain trim is many times cheaper
    cheap = rf"case when regexp_matches({value}, '^{_SPACES}|{_SPACES}$') then {trimmed} else {value} end"
    if kind == "text":
        return f"nullif(replace(replace({cheap}, chr(13) || chr(10), chr(10)), chr(13), chr(10)), '')"
    if kind in ("category", "id"):
        return f"nullif(nullif({cheap}, ''), '-')"
    return f"case when lower({cheap}) in {_NOTHING} then null else {cheap} end"


def _problem_code(kind: str) -> str:
    return {
        "number": "not_number",
        "money": "not_number",
        "date": "not_date",
        "datetime": "not_date",
        "bool": "not_bool",
        "id": "damaged_id",
    }.get(kind, "")


def _value(column: Column, matched: MatchedColumn | None, found: dict[str, MatchedColumn], setting: Setting) -> str:
    raw = _raw(column.name)
    if column.kind in ("number", "money"):
        return _number(raw, setting.decimal_comma, matched.factor if matched else None)
    if column.kind == "date":
        return f"left({_stamp(column.name, setting.dayfirst)}, 10)"
    if column.kind == "datetime":
        return _stamp(column.name, setting.dayfirst)
    if column.kind == "filled":
        return f"case when {raw} is null then 'false' else 'true' end"
    if column.kind == "bool":
        return f"case when lower({raw}) in {_YES} then 'true' when lower({raw}) in {_NO} then 'false' end"
    if column.kind == "id":
        link = _raw(column.id_from_link) if column.id_from_link in found else ""
        return _id(raw, link, column.name in setting.rounded)
    return raw


def _bare_id(raw: str) -> str:
    """An id without what keeps it text in a spreadsheet, and without a needless decimal."""
    return rf"regexp_replace(regexp_replace({raw}, '^=?\"|\"$|^''', '', 'g'), '^(\d{{1,15}})\.0+$', '\1')"


def _id(raw: str, link: str, is_rounded: bool) -> str:
    """Digits alone; from the post link first, as a spreadsheet keeps 15 of an id's 19 digits."""
    bare = _bare_id(raw)
    rounded = rf"regexp_matches({bare}, '^\d+([.,]\d+)?[eE]\+?\d+$')"
    if is_rounded:
        rounded += f" or regexp_matches({bare}, '{_ROUNDED_ID}')"
    own = f"case when {rounded} then null else {bare} end"
    if not link:
        return own
    return rf"coalesce(nullif(regexp_extract({link}, '/status(?:es)?/(\d+)', 1), ''), {own})"


def _number(raw: str, decimal_comma: bool, factor: Decimal | None = None) -> str:
    point = f"translate({raw}, '.,', ',.')" if decimal_comma else raw
    digits = f"regexp_replace(regexp_replace({point}, '[eE].*$', ''), '[^0-9.]', '', 'g')"
    sign = f"case when regexp_matches({point}, '^[^0-9]*[-−(]') then '-' else '' end"
    exponent = rf"regexp_matches({point}, '\d[eE][-+]?\d')"
    plain = (
        f"case when {exponent} then {sign} || cast(try_cast(regexp_replace({point}, '[^0-9.eE+-]', '', 'g') "
        f"as decimal(38, 18)) as varchar) else {sign} || {digits} end"
    )
    scaled = plain
    if factor is not None and factor != 1:
        scaled = f"cast(try_cast({plain} as decimal(28, 8)) * cast({factor} as decimal(9, 2)) as varchar)"
    percent = f"cast(try_cast({plain} as decimal(28, 10)) * cast(0.01 as decimal(3, 2)) as varchar)"
    value = f"case when contains({raw}, '%') then {percent} else {scaled} end"
    general = f"case when regexp_matches({point}, '{_sql(_NUMBER)}') and regexp_matches({raw}, '\\d') then {value} end"
    tidy = _canonical_number(general)
    if factor is not None and factor != 1:
        return tidy
    # most values are in the one spelling already and need nothing done
    ready = r"0|-?[1-9]\d*" if decimal_comma else r"0|-?[1-9]\d*(\.\d*[1-9])?|-?0\.\d*[1-9]"
    return f"case when regexp_full_match({raw}, '{ready}') then {raw} else {tidy} end"


def _canonical_number(value: str) -> str:
    """One spelling for one number: no leading zeros, no trailing decimal zeros, no negative zero."""
    whole = rf"regexp_replace({value}, '^(-?)0+(\d)', '\1\2')"
    led = rf"regexp_replace({whole}, '^(-?)\.', '\10.')"
    cut = rf"regexp_replace(regexp_replace({led}, '(\.\d*?)0+$', '\1'), '\.$', '')"
    return f"regexp_replace({cut}, '^-0$', '0')"


def _split_stamp(raw: str) -> str:
    """The parts of a date and time; NULL when the value is in the one spelling already."""
    parts = "['day', 'hour', 'minute', 'second', 'fraction', 'half', 'offset']"
    return f"case when {_ready_stamp(raw)} then null else regexp_extract({raw}, '{_STAMP}', {parts}) end"


def _ready_stamp(raw: str) -> str:
    shape = r"\d{4}-\d{2}-\d{2}( ([01]\d|2[0-3]):[0-5]\d:[0-5]\d([+-]\d{4})?)?"
    return f"(regexp_full_match({raw}, '{shape}') and try_cast(left({raw}, 10) as date) is not null)"


def _stamp(name: str, dayfirst: bool | None) -> str:
    """ISO date, or ISO date and time with the offset that was stated."""
    part = f"split_{name}"
    day = _day(f"{part}.day", dayfirst)
    hour = (
        f"case when {part}.half = '' then try_cast({part}.hour as int) "
        f"when upper(left({part}.half, 1)) = 'P' then try_cast({part}.hour as int) % 12 + 12 "
        f"else try_cast({part}.hour as int) % 12 end"
    )
    second = f"case when {part}.second = '' then '00' else {part}.second end"
    fraction = rf"regexp_replace({part}.fraction, '\.?0*$', '')"
    clock = f"lpad(cast({hour} as varchar), 2, '0') || ':' || {part}.minute || ':' || {second}"
    valid = f"({hour}) < 24 and try_cast({part}.minute as int) < 60 and try_cast({second} as int) < 60"
    full = f"case when {valid} then {day} || ' ' || {clock} || {fraction} || {_offset(f'{part}.offset')} end"
    return (
        f"case when {_raw(name)} is null then null when {part} is null then {_raw(name)} "
        f"when {part}.hour = '' then {day} else {full} end"
    )


def _offset(value: str) -> str:
    """`Z`, `+08`, `+08:00` and `UTC+0800` as `+0800`; nothing stays nothing."""
    bare = f"regexp_replace({value}, '^(?:UTC|GMT|Z)?|:', '', 'g')"
    return (
        f"case when {value} = '' then '' when {bare} = '' then '+0000' "
        f"when length({bare}) = 3 then {bare} || '00' else {bare} end"
    )


def _day(value: str, dayfirst: bool | None) -> str:
    iso = rf"regexp_replace(regexp_replace({value}, '[/.年月]', '-', 'g'), '日$', '')"
    order = "'%d-%m-%Y'" if dayfirst else "'%m-%d-%Y'"
    formats = "[" + ", ".join(f"'{form}'" for form in _WORDY_DATES) + "]"
    cases = (
        (r"^\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?$", f"try_strptime({iso}, '%Y-%m-%d')"),
        (r"^\d{8}$", f"try_strptime({value}, '%Y%m%d')"),
        (r"^\d{1,2}\.\d{1,2}\.\d{4}$", f"try_strptime({value}, '%d.%m.%Y')"),
        (r"^\d{1,2}[/-]\d{1,2}[/-]\d{4}$", f"try_strptime(replace({value}, '/', '-'), {order})"),
    )
    branches = " ".join(f"when regexp_matches({value}, '{test}') then {parsed}" for test, parsed in cases)
    moment = f"case {branches} else try_strptime({value}, {formats}) end"
    return f"strftime({moment}, '%Y-%m-%d')"


def _sql(pattern: str) -> str:
    return pattern.replace("'", "''")
