"""The words of one card in one language: names, roles, teams, KPIs, reasons, money.

Belongs here: looking up the text for a thing of the bundle, with a plain fallback to its id.
Does not belong here: the texts themselves (pipelines.texts), the layout.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pipelines.periods import parse_period
from pipelines.scorecards.formats import NO_VALUE, measure, money, number, separated, unrounded_money
from pipelines.texts import has_text, text

_PERSON_KEY = re.compile(r"p_[0-9a-f]{20}")
#: Record types that the warehouse counts by local days, without a time.
_BY_DAY = frozenset(
    {
        "account_day", "audience_day", "community_month", "cost", "customer", "follower_cohort", "group_day",
        "group_stock", "member_day", "member_seen", "plan", "post_day", "review", "web_day",
        "wecom_owner_day", "wecom_user_day",
    }
)  # fmt: skip
_HUMAN_SOURCES = {"cost": "reviews/costs.csv", "plan": "people/publishing_plan.csv"}
_MONEY_STEPS = frozenset(
    {"proration", "pool_target", "pool", "pool_share", "personal_cap", "earned", "held", "guarantee"}
    | {"class_amount", "band", "due", "due_low", "due_high", "own_bonus"}
    | {"true_up_due", "true_up_paid", "true_up_balance", "true_up", "held_true_up"}
    | {"share_gain", "share_amount", "share_part", "share_earned", "share_held"}
)

#: Steps whose formula names periods.
_PERIOD_STEPS = frozenset({"true_up_paid", "true_up_balance"})
#: Steps that name a class of employees or a band of the score by its id.
_CLASS_STEPS = frozenset({"class_amount", "band"})


class Words:
    """What a bundle calls its things, in one language, for one person's trace."""

    def __init__(self, bundle: Mapping[str, Any], trace: Mapping[str, Any], lang: str):
        self.bundle = bundle
        self.trace = trace
        self.lang = lang
        self.currency: str = trace["currency"]
        person = bundle["people"].get(trace["person_id"], {})
        native, english = person.get("name", ""), person.get("name_en", "")
        first, second = (native, english) if lang == "zh" else (english, native)
        self.name: str = first or second or trace["person_id"]
        self.other_name: str = second if second and second != self.name else ""

    def t(self, key: str, **params: object) -> str:
        """Return a text of the card's own catalogue."""
        return text(f"cards.{key}", self.lang, **params)

    @property
    def timezone(self) -> str:
        """The time zone in which times are written."""
        return str(self.bundle["company"]["timezone"])

    @property
    def scheme_title(self) -> str:
        """The title of the scheme in the card's language, else its id."""
        title = self.trace["scheme"].get("title")
        if isinstance(title, Mapping):
            return str(title.get(self.lang) or self.trace["scheme"]["id"])
        return str(title or self.trace["scheme"]["id"])

    def role(self, role: str) -> str:
        """Name a role; a role that the catalogue does not know keeps the company's own word."""
        return self.known("role", role)

    def team(self, team_id: str) -> str:
        """Name a team by the company's label in this language, else by its id."""
        label = self.bundle["teams"].get(team_id, {})
        return str(label.get(self.lang) or team_id)

    def known(self, family: str, code: str) -> str:
        """Return the card's word for a code of a family, else the code itself."""
        key = f"cards.{family}.{code}"
        return text(key, self.lang) if code and has_text(key) else code

    def kpi(self, kpi_id: str) -> str:
        """Name a KPI as the catalogue does."""
        return str(self.bundle["catalogue"].get(kpi_id, {}).get(f"name_{self.lang}") or kpi_id)

    def line(self, line: Mapping[str, Any]) -> str:
        """Name a line: its KPI, and the community where it is about a single one."""
        community = line.get("community")
        return " · ".join([self.kpi(line["kpi_id"]), *([self.subject(community["id"])] if community else [])])

    def unit(self, kpi_id: str) -> str:
        """Return the unit of a KPI; a plain count where the catalogue does not know it."""
        return str(self.bundle["catalogue"].get(kpi_id, {}).get("unit") or "count")

    def families(self, kpi_id: str) -> list[str]:
        """Return the families of sources that feed a KPI."""
        return str(self.bundle["catalogue"].get(kpi_id, {}).get("families") or "").split(";")

    def rule(self, kpi_id: str) -> str:
        """Return the formula of a KPI in words."""
        return str(self.bundle["catalogue"].get(kpi_id, {}).get(f"formula_{self.lang}") or "")

    def caveat(self, kpi_id: str) -> str:
        """Return what a reader must know about a KPI's limits; may be empty."""
        return str(self.bundle["catalogue"].get(kpi_id, {}).get(f"caveat_{self.lang}") or "")

    def reason(self, code: str, params: Mapping[str, Any] | None, message: str = "") -> str:
        """Explain why a number is missing; an unknown code falls back to the English message, then to the code."""
        if not code:
            return message
        for key in (f"reasons.{code}", f"schemes.reason.{code}"):
            if has_text(key):
                return text(key, self.lang, **self._named(params or {}))
        return message or self.t("reason.unknown", code=code)

    def _named(self, params: Mapping[str, Any]) -> dict[str, object]:
        """Put the reader's words for the codes among a reason's values."""
        named: dict[str, object] = {str(name): value for name, value in params.items()}
        if "family" in named:
            named["family"] = self.known("family", str(named["family"]))
        if "subject" in named:
            named["subject"] = self.subject(str(named["subject"]))
        return named

    def release(self, code: str, params: Mapping[str, Any] | None) -> str:
        """Say what releases pay held for a reason."""
        key = f"cards.release.{code}"
        return text(key if has_text(key) else "cards.release.default", self.lang, **self._named(params or {}))

    def measure(self, value: Any, unit: str) -> str:
        """Write a KPI value in its unit."""
        return measure(number(value), unit, self.lang, self.currency)

    def money(self, value: Any) -> str:
        """Write an amount of the person's currency."""
        return money(number(value), self.lang, self.currency)

    def subject(self, subject_id: str) -> str:
        """Name an account by the company's own name for it, else by its id."""
        name = self.bundle["subjects"].get(subject_id)
        return f"{name} ({subject_id})" if name else subject_id

    def counted_for(self, subject_id: str) -> str:
        """Name what a record is of; the person's own key, which says nothing to a reader, is left out."""
        return "" if _PERSON_KEY.fullmatch(subject_id) else self.subject(subject_id)

    def record(self, record_id: str) -> str:
        """Return the id of a record without the person's own key."""
        return "|".join(part for part in record_id.split("|") if not _PERSON_KEY.fullmatch(part))

    def source_file(self, record_type: str, file_name: str) -> str:
        """Name the file of a record: an export, or the human file that a plan is read from."""
        return file_name or _HUMAN_SOURCES.get(record_type, "")

    def when(self, record_type: str, occurred_at: str) -> str:
        """Write when a record occurred, in the company's time zone; a day for what is counted by the day.

        The warehouse keeps UTC: a post of 1 October in Shanghai would else stand there as one of 30 September.
        """
        if record_type in _BY_DAY or not occurred_at:
            return occurred_at[:10]
        at = datetime.fromisoformat(occurred_at).replace(tzinfo=UTC)
        local = at.astimezone(ZoneInfo(self.timezone))
        return local.strftime("%Y-%m-%d %H:%M:%S")

    def step_label(self, step: Mapping[str, Any]) -> str:
        """Name a step of the bonus."""
        key = str(step.get("label_key") or "")
        return text(key, self.lang) if has_text(key) else str(step["code"])

    def step_formula(self, step: Mapping[str, Any]) -> str:
        """Return the step's formula with its numbers, thousands separated, and classes by their titles."""
        formula = str(step["formula"] or "")
        if step["code"].startswith("share_"):
            name, colon, numbers = formula.partition(": ")
            if step["code"] == "share_gate":
                gate, _, numbers = numbers.partition(" ")
                numbers = f"{self._share_gate(name, gate)} {numbers}"
            return f"{self.share(name)}{colon}{separated(numbers)}"
        if step["code"] in _PERIOD_STEPS:  # 2026-07 is no number
            parts = [part.rpartition(": ") for part in formula.split(" + ")]
            return " + ".join(f"{of}{colon}{separated(number) if colon else number}" for of, colon, number in parts)
        if step["code"] in _CLASS_STEPS:
            for segment in self.trace["segments"]:
                titles = segment["bonus"].get("individual", {}).get("titles", {})
                for name, title in titles.items():
                    formula = formula.replace(f" {name}", f" {title[self.lang]}")
        return separated(formula)

    def step_value(self, step: Mapping[str, Any]) -> str:
        """Write a step's value: an amount of money, or a plain number as scoring wrote it."""
        value = str(step["value"] or "")
        if step["code"] == "share_gate":
            return self.t(f"share.gate.{value}")
        if step["code"] in _MONEY_STEPS and value != NO_VALUE:
            amount = number(value)
            exact = amount is not None and amount == round(amount, 2)
            return self.money(amount) if exact or amount is None else unrounded_money(amount, self.lang, self.currency)
        return separated(value)

    def days(self, segment: Mapping[str, Any]) -> tuple[str, str]:
        """Return the first and the last day of a segment inside the period, both included, as ISO dates."""
        whole = parse_period(self.trace["period"])
        start = max(date.fromisoformat(segment["from"]), whole.start)
        end = min(date.fromisoformat(segment["to"]), whole.end) if segment["to"] else whole.end
        return start.isoformat(), (end - timedelta(days=1)).isoformat()

    def window(self, segment: Mapping[str, Any]) -> str:
        """Name a segment by its days."""
        return " – ".join(self.days(segment))

    def component(self, component_id: str) -> str:
        """Name a component of the scheme as the trace does."""
        for segment in self.trace["segments"]:
            for component in segment["components"]:
                if component["id"] == component_id:
                    return str(component["title"].get(self.lang) or component_id)
        return self.known("component", component_id)

    def note(self, note: Mapping[str, Any]) -> str:
        """Return a note of scoring as a sentence."""
        params = dict(note["params"])
        if "share" in params:
            params["share"] = self.share(params["share"])
        if "mode" in params:
            params["mode"] = self.t(f"beside.mode.{params['mode']}")
        return text(note["label_key"], self.lang, **params)

    def share(self, share_id: str) -> str:
        """Name a team share as the scheme does."""
        titles = {share["share_id"]: share["title"] for share in self._shares()}
        return str(titles[share_id][self.lang]) if share_id in titles else share_id

    def _share_gate(self, share_id: str, gate_id: str) -> str:
        gates = [gate for share in self._shares() if share["share_id"] == share_id for gate in share["gates"]]
        return next((str(gate["title"][self.lang]) for gate in gates if gate["id"] == gate_id), gate_id)

    def _shares(self) -> list[Mapping[str, Any]]:
        return [share for segment in self.trace["segments"] for share in segment["bonus"].get("team_shares", ())]
