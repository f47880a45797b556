"""Find, read and check a scheme file; all its mistakes are reported at once, each with its line.

Belongs here: where scheme files stand, and turning mistakes of either kind (shape, rules) into findings. Does not
belong here: the rules (`checks`) and the shape (`model`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from pipelines.company.findings import Finding, InputError
from pipelines.schemes import yaml_lines
from pipelines.schemes.catalogue import KpiInfo, read_catalogue
from pipelines.schemes.checks import scheme_issues
from pipelines.schemes.model import Scheme
from pipelines.schemes.parsed import Issue, Terms
from pipelines.schemes.tiers import expand_tiers
from pipelines.texts import has_text, text

#: The schemes that come with the project.
SHIPPED = Path(__file__).resolve().parent / "shipped"

_FROM_CATALOGUE = ("direction", "unit", "aggregation", "of_community", "interval", "min_denominator")


def load_scheme(
    id_or_path: str | Path,
    home: Path | None = None,
    *,
    catalogue: Mapping[str, KpiInfo] | None = None,
    lang: str = "en",
) -> Scheme:
    """Load a scheme by its id or from a file.

    Args:
        id_or_path: a scheme id such as `000`, or the path of a YAML file.
        home: the company folder; `schemes/scheme_<id>.yaml` in it goes before a shipped scheme of the same id.
        catalogue: the KPIs that a scheme may use; the project's KPI catalogue when None.
        lang: the language of the findings, `zh` or `en`.

    Raises:
        InputError: with every mistake of the file, or when there is no such scheme.
    """
    path = find_scheme(id_or_path, home, lang)
    return read_scheme(path, shown_as(path, home), catalogue or read_catalogue(), lang)


def read_scheme(path: Path, shown: str, catalogue: Mapping[str, KpiInfo], lang: str) -> Scheme:
    """Read one scheme file; `shown` is how findings call it.

    Raises:
        InputError: with every mistake of the file.
    """
    examined = examine(path, shown, catalogue, lang)
    if examined.findings or examined.scheme is None:
        raise InputError(examined.findings)
    return examined.scheme


@dataclass(frozen=True)
class Examination:
    """A scheme file that could be read as YAML.

    Attributes:
        document: the parsed file with its lines.
        scheme: None where the shape is wrong.
        findings: every mistake; with any, the scheme must not be used.
    """

    document: yaml_lines.Document
    scheme: Scheme | None
    findings: list[Finding]


def examine(path: Path, shown: str, catalogue: Mapping[str, KpiInfo], lang: str) -> Examination:
    """Read one scheme file and look for every mistake.

    Raises:
        InputError: when the file is no UTF-8 or no YAML.
    """
    try:
        document = yaml_lines.parse(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        raise InputError([_finding(shown, 0, "", "", "schemes.not_utf8", lang)]) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 0
        problem = str(getattr(error, "problem", None) or "")
        raise InputError([_finding(shown, line, "", problem, "schemes.not_yaml", lang)]) from None
    document.data = expand_tiers(document.data)
    findings = [
        _finding(shown, line, _dotted(path_), "", "schemes.duplicate_key", lang) for path_, line in document.duplicates
    ]
    issues = scheme_issues(document.data, catalogue)
    findings += [issue_finding(document, shown, issue, lang) for issue in issues]
    scheme, shape = _shape(document, shown, catalogue, lang)
    return Examination(document, scheme, findings + shape)


def shipped_ids() -> list[str]:
    """Return the ids of the schemes that come with the project, in order."""
    return sorted(path.stem.removeprefix("scheme_") for path in SHIPPED.glob("scheme_*.yaml"))


def find_scheme(id_or_path: str | Path, home: Path | None, lang: str) -> Path:
    """Return the file of a scheme: the path itself, the company's own, or a shipped one.

    Raises:
        InputError: when there is no such scheme.
    """
    wanted = Path(id_or_path)
    if isinstance(id_or_path, Path) or wanted.suffix in (".yaml", ".yml"):
        candidates = [wanted, home / wanted] if home else [wanted]
    else:
        name = f"scheme_{id_or_path}.yaml"
        candidates = [home / "schemes" / name, SHIPPED / name] if home else [SHIPPED / name]
    for candidate in candidates:
        if candidate.is_file():
            return candidate
    known = ", ".join(shipped_ids())
    raise InputError([_finding(wanted.name, 0, "", str(id_or_path), "schemes.not_found", lang, {"known": known})])


def shown_as(path: Path, home: Path | None) -> str:
    """Return how findings call a scheme file."""
    if home is not None and path.is_relative_to(home):
        return path.relative_to(home).as_posix()
    return path.name


def _shape(
    document: yaml_lines.Document, shown: str, catalogue: Mapping[str, KpiInfo], lang: str
) -> tuple[Scheme | None, list[Finding]]:
    """Validate the types; a KPI's direction, unit and aggregation come from the catalogue, never from the file."""
    data = document.data
    stated = list(_stated_catalogue_keys(document, shown, lang))
    if isinstance(data, dict) and isinstance(data.get("kpis"), dict):
        data = data | {"kpis": {kpi: _with_catalogue(rule, catalogue.get(kpi)) for kpi, rule in data["kpis"].items()}}
    if isinstance(data, dict) and isinstance(data.get("gates"), list):
        data = data | {"gates": [_gate_with_catalogue(gate, catalogue) for gate in data["gates"]]}
    try:
        return Scheme.model_validate(data), stated
    except ValidationError as error:
        return None, stated + [
            finding
            for item in error.errors(include_url=False)
            if (finding := _shape_finding(document, shown, item, lang)) is not None
        ]


def _with_catalogue(rule: Any, info: KpiInfo | None) -> Any:
    if not isinstance(rule, dict):
        return rule
    # An unknown KPI is reported by the checks; the stand-in keeps the model from reporting it three times more.
    direction = info.direction if info and info.direction != "zero" else "higher"
    filled = {
        "direction": direction,
        "unit": info.unit if info else "",
        "aggregation": info.aggregation if info else "",
        "of_community": info.of_community if info else False,
        "interval": info.interval if info else "",
        "min_denominator": info.min_denominator if info else None,
    }
    return rule | filled


def _gate_with_catalogue(gate: Any, catalogue: Mapping[str, KpiInfo]) -> Any:
    if not isinstance(gate, dict):
        return gate
    info = catalogue.get(str(gate.get("kpi")))
    return gate | {"interval": info.interval if info else ""}


def _stated_catalogue_keys(document: yaml_lines.Document, shown: str, lang: str) -> Iterator[Finding]:
    kpis = document.data.get("kpis") if isinstance(document.data, dict) else None
    for kpi, rule in kpis.items() if isinstance(kpis, dict) else ():
        for key in _FROM_CATALOGUE:
            if isinstance(rule, dict) and key in rule:
                path = ("kpis", kpi, key)
                yield _finding(
                    shown, document.line(path), _dotted(path), str(rule[key]), "schemes.from_catalogue", lang
                )
    gates = document.data.get("gates") if isinstance(document.data, dict) else None
    for index, gate in enumerate(gates if isinstance(gates, list) else ()):
        if isinstance(gate, dict) and "interval" in gate:
            path = ("gates", index, "interval")
            yield _finding(
                shown, document.line(path), _dotted(path), str(gate["interval"]), "schemes.from_catalogue", lang
            )


def _shape_finding(document: yaml_lines.Document, shown: str, error: Any, lang: str) -> Finding | None:
    # "[key]" marks a mapping's key in pydantic's location; the key itself precedes it.
    path = tuple(step for step in error["loc"] if step != "[key]")
    kind = str(error["type"])
    if kind == "extra_forbidden" and len(path) == 3 and path[0] == "kpis" and path[2] in _FROM_CATALOGUE:
        return None
    key = f"schemes.shape.{kind}" if has_text(f"schemes.shape.{kind}") else "schemes.shape.other"
    found = error.get("input")
    value = "" if kind == "missing" or isinstance(found, dict | list | tuple) or found is None else str(found)
    params = {"detail": str(error["msg"]), **(error.get("ctx") or {})}
    return _finding(shown, document.line(path), _dotted(path), value, key, lang, params)


def issue_finding(document: yaml_lines.Document, shown: str, issue: Issue, lang: str) -> Finding:
    """Tell an issue in a language, with its line, key and value."""
    value = document.at(issue.path)
    written = ""
    if isinstance(value, list):
        written = "[" + ", ".join(str(item) for item in value) + "]" if all(_plain(v) for v in value) else ""
    elif value is not None and not isinstance(value, dict):
        written = str(value)
    return _finding(shown, document.line(issue.path), _dotted(issue.path), written, issue.key, lang, dict(issue.params))


def _plain(value: Any) -> bool:
    return not isinstance(value, dict | list)


def _finding(
    file: str, line: int, column: str, value: str, key: str, lang: str, params: Mapping[str, Any] | None = None
) -> Finding:
    values = {name: _in_words(item, lang) for name, item in (params or {}).items()}
    return Finding(
        file, line, column, value, problem=text(key, lang, **values), mend=text(f"{key}.mend", lang, **values)
    )


def _in_words(value: Any, lang: str) -> str:
    if not isinstance(value, Terms):
        return str(value)
    return text("advice.term.comma", lang).join(text(key, lang) for key in value.keys)


def _dotted(path: yaml_lines.Path) -> str:
    """Write a path as a person would: `roles.content.components[0].weight`."""
    written = ""
    for step in path:
        written += f"[{step}]" if isinstance(step, int) else f".{step}" if written else str(step)
    return written
