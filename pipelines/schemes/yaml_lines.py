"""YAML read as plain data with exact numbers, and the line of every key.

Belongs here: turning YAML text into dictionaries, lists, texts, Decimals and dates, and remembering lines. Does not
belong here: what the keys mean.

Why not `yaml.safe_load`: it makes binary floats of 0.1, keeps the last of two equal keys silently, and forgets lines.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

import yaml

Path = tuple[str | int, ...]

_BOOLEANS = {"true": True, "false": False}


@dataclass
class Document:
    """A parsed YAML file.

    Attributes:
        data: dictionaries, lists, str, Decimal, bool, date and None.
        lines: the line (from 1) of every path; the path of a key in a mapping points at the key.
        duplicates: paths of keys that stand twice in one mapping.
    """

    data: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    duplicates: list[tuple[Path, int]] = field(default_factory=list)

    def line(self, path: Path) -> int:
        """Return the line of a path, or of its nearest ancestor that stands in the file."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return 0

    def at(self, path: Path) -> Any:
        """Return the value at a path, or None where there is none."""
        value = self.data
        for step in path:
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                return None
        return value


@lru_cache(maxsize=32)  # a run asks for the same scheme several times a period, and reading one takes 40 ms
def parse(text: str) -> Document:
    """Parse YAML text; equal texts give one and the same document, which nobody may change.

    Raises:
        yaml.YAMLError: where the text is no YAML; its `problem_mark` has the line.
    """
    document = Document()
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if root is not None:
        document.lines[()] = root.start_mark.line + 1
        document.data = _build(root, (), document)
    return document


def _build(node: yaml.Node, path: Path, document: Document) -> Any:
    if isinstance(node, yaml.MappingNode):
        built: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            here = (*path, key)
            line = key_node.start_mark.line + 1
            if key in built:
                document.duplicates.append((here, line))
                continue
            document.lines[here] = line
            built[key] = _build(value_node, here, document)
        return built
    if isinstance(node, yaml.SequenceNode):
        items = []
        for index, child in enumerate(node.value):
            here = (*path, index)
            document.lines[here] = child.start_mark.line + 1
            items.append(_build(child, here, document))
        return items
    return _scalar(node)


def _scalar(node: yaml.Node) -> Any:
    kind = node.tag.rsplit(":", 1)[-1]
    value = str(node.value)
    if kind == "null":
        return None
    if kind == "bool":
        return _BOOLEANS.get(value.lower(), value)
    if kind in ("int", "float"):
        try:
            number = Decimal(value)
        except InvalidOperation:  # hexadecimal, sexagesimal, .inf: a scheme writes plain numbers
            return value
        return number if number.is_finite() else value
    if kind == "timestamp":
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return value
