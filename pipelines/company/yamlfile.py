"""Reading a YAML file so that every value knows its line.

Belongs here: YAML text -> plain Python values plus the line of every key, with the surprises of YAML 1.1 taken out
(`18:00` stays text, `no` stays text, numbers are exact decimals, a key given twice is a defect). Does not belong here:
what the keys mean (`company.settings`, `schemes`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from pipelines.company.collector import Collector

#: The way to a value: keys and list positions.
Location = tuple[str | int, ...]


class _Loader(yaml.SafeLoader):
    """A loader that takes a plain scalar for a number, a boolean or nothing only where no reader can doubt it."""

    yaml_implicit_resolvers: dict[str, list[Any]] = {}  # noqa: RUF012  # PyYAML's own name for a class-wide table


_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$", re.IGNORECASE), list("tTfF"))
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:null", re.compile(r"^(?:~|null|)$", re.IGNORECASE), ["~", "n", "N", ""]
)
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^[-+]?(?:0|[1-9]\d*)$"), list("-+0123456789"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"^[-+]?\d+\.\d+$"), list("-+0123456789"))


@dataclass
class YamlDocument:
    """A parsed file.

    Attributes:
        data: mappings, lists, text, int, Decimal, bool and None.
        lines: the line (from 1) of every key and list item, by its location.
    """

    data: Any = None
    lines: dict[Location, int] = field(default_factory=dict)

    def line(self, location: Location) -> int:
        """Return the line of a location, or of the nearest thing around it that the file has."""
        while location not in self.lines and location:
            location = location[:-1]
        return self.lines.get(location, 1)


def read_yaml(path: Path, label: str, collector: Collector) -> YamlDocument | None:
    """Read one YAML file.

    Args:
        path: the file.
        label: how findings name it.
        collector: takes what is wrong with the file.

    Returns:
        The document, or None when it cannot be read at all.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as broken:
        collector.add("yaml_not_utf8", label, value=f"byte {broken.start}")
        return None
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as broken:
        mark = broken.problem_mark or broken.context_mark
        collector.add("yaml_syntax", label, mark.line + 1 if mark else 0, detail=broken.problem or str(broken))
        return None
    except yaml.YAMLError as broken:  # a character that YAML does not allow
        collector.add("yaml_syntax", label, detail=" ".join(str(broken).split()))
        return None
    document = YamlDocument()
    document.data = _Builder(document, label, collector).build(node, ())
    return document


class _Builder:
    def __init__(self, document: YamlDocument, label: str, collector: Collector):
        self._document = document
        self._label = label
        self._collector = collector
        self._open: list[yaml.Node] = []

    def build(self, node: yaml.Node | None, location: Location) -> Any:
        if node is None:
            return None
        self._document.lines.setdefault(location, node.start_mark.line + 1)
        if any(node is outer for outer in self._open):
            self._collector.add("yaml_loop", self._label, node.start_mark.line + 1, _dotted(location))
            return None
        self._open.append(node)
        try:
            if isinstance(node, yaml.MappingNode):
                return self._mapping(node, location)
            if isinstance(node, yaml.SequenceNode):
                return [self.build(item, (*location, index)) for index, item in enumerate(node.value)]
            return self._scalar(node, location)
        finally:
            self._open.pop()

    def _mapping(self, node: yaml.MappingNode, location: Location) -> dict[str, Any]:
        built: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            line = key_node.start_mark.line + 1
            if key in built:
                self._collector.add("yaml_key_twice", self._label, line, _dotted((*location, key)))
                continue
            self._document.lines[(*location, key)] = line
            built[key] = self.build(value_node, (*location, key))
        return built

    def _scalar(self, node: yaml.Node, location: Location) -> Any:
        value = str(node.value)
        kind = node.tag.rpartition(":")[2]
        if kind == "null":
            return None
        if kind == "bool":
            return value.casefold() == "true"
        if kind == "int":
            return int(value)
        if kind == "float":
            return Decimal(value)
        if kind != "str":
            self._collector.add("yaml_tag", self._label, node.start_mark.line + 1, _dotted(location), str(node.tag))
        return value


def _dotted(location: Location) -> str:
    return ".".join(str(part) for part in location)
