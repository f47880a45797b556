"""How numbers, shares, money, dates and periods are written for a reader of Chinese or English.

Belongs here: pure formatting of Decimals. Does not belong here: sentences (texts.cards) or rounding of pay (scoring).
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation, localcontext
from typing import Any

from pipelines.texts import text

MINUS = "\N{MINUS SIGN}"
NO_VALUE = "–"
_PLAIN_NUMBER = re.compile(r"(?<![\w.])\d{4,}(?:\.\d+)?(?![\w.])")


def number(value: Any) -> Decimal | None:
    """Read a number of a trace, which carries Decimals as strings; None and the empty string are None.

    Raises:
        ValueError: when the text is no finite number.
    """
    if value is None or value == "":
        return None
    try:
        parsed = value if isinstance(value, Decimal) else Decimal(str(value))
    except InvalidOperation as error:
        raise ValueError(f"not a number in a trace: {value!r}") from error
    if not parsed.is_finite():
        raise ValueError(f"not a finite number in a trace: {value!r}")
    return parsed


def fixed(value: Decimal, places: int) -> str:
    """Write with thousands separators and exactly `places` decimals, half up, with a true minus sign."""
    with localcontext() as context:
        context.prec = 60
        rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    if rounded == 0:
        rounded = abs(rounded)
    return f"{rounded:,f}".replace("-", MINUS)


def flexible(value: Decimal, places: int) -> str:
    """Write with at most `places` decimals; small values keep three significant digits instead of becoming 0."""
    if value != 0 and abs(value) < Decimal(1).scaleb(-places + 1):
        places = min(max(places, 2 - value.adjusted()), 12)
    written = fixed(value, places)
    return written.rstrip("0").rstrip(".") if "." in written else written


def signed(value: Decimal, places: int) -> str:
    """Write with an explicit plus or minus."""
    written = fixed(value, places)
    return "+" + written if value > 0 and not written.startswith(MINUS) else written


def separated(formula: str) -> str:
    """Put separators between the thousands of the plain numbers of a formula, and change no digit."""

    def one(found: re.Match[str]) -> str:
        whole, point, rest = found[0].partition(".")
        return f"{int(whole):,}{point}{rest}"

    return _PLAIN_NUMBER.sub(one, formula)


def measure(value: Decimal | None, unit: str, lang: str, currency: str) -> str:
    """Write a KPI value in its unit. `ratio` is a share of 1 shown in per cent; `percent` is already in per cent."""
    if value is None:
        return NO_VALUE
    if unit == "ratio":
        return f"{_per_cent(value * 100)} %"
    if unit == "percent":
        return f"{_per_cent(value)} %"
    if unit == "currency":
        return money(value, lang, currency)
    if unit == "index":
        return fixed(value, 3)
    named = unit in ("minutes", "days", "points")
    written = flexible(value, 1 if named else 2)
    return f"{written} {text(f'cards.unit.{unit}', lang)}" if named else written


def money(value: Decimal | None, lang: str, currency: str) -> str:
    """Write an amount with two decimals and its currency: `6,300.00 元`, `CNY 6,300.00`."""
    if value is None:
        return NO_VALUE
    if lang == "zh" and currency == "CNY":
        return f"{fixed(value, 2)} 元"
    return f"{currency} {fixed(value, 2)}"


def unrounded_money(value: Decimal, lang: str, currency: str) -> str:
    """Write an amount that is not rounded yet with up to six decimals, so that the next step can be redone."""
    written = flexible(value, 6)
    return f"{written} 元" if lang == "zh" and currency == "CNY" else f"{currency} {written}"


def period_label(period: str, lang: str) -> str:
    """Name a period: 2026-10 is `October 2026` or `2026 年 10 月`, 2026-Q3 `Q3 2026` or `2026 年第 3 季度`."""
    year, _, rest = period.partition("-")
    if not rest:
        return text("cards.period.year", lang, year=year)
    if rest.startswith("Q"):
        return text("cards.period.quarter", lang, year=year, quarter=rest[1:])
    month = text(f"cards.month.{int(rest):02d}", lang)
    return text("cards.period.month", lang, year=year, month=month)


def share(value: Decimal | None) -> str:
    """Write a share of 1 in per cent without needless decimals: 0.6 is `60 %`."""
    return NO_VALUE if value is None else f"{flexible(value * 100, 2)} %"


def _per_cent(value: Decimal) -> str:
    """Two decimals, and below 1 % three significant digits: 0.344 % is not 0.34 %."""
    places = 2 if value == 0 or abs(value) >= 1 else min(2 - value.adjusted(), 12)
    return fixed(value, places)
