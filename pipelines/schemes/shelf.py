"""Which version of a scheme is in force on a day: a company keeps the former versions beside the present one.

Belongs here: choosing among the versions of a scheme by `effective_from`. Does not belong here: reading one (`loader`),
whom a scheme binds (`pipelines.company`).

A company's own versions stand in `schemes/`: `scheme_001.yaml`, and former ones as `scheme_001@1.0.0.yaml` or under any
other name after the `@`. On days before the first own version the shipped one holds. What was run under a former
version can so be run again, and a version of next quarter can lie ready.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pipelines.company.findings import Finding, InputError
from pipelines.schemes.loader import SHIPPED, find_scheme, load_scheme, shown_as
from pipelines.schemes.model import Scheme
from pipelines.texts import text


class Shelf:
    """The schemes of a company folder, each version read once."""

    def __init__(self, home: Path):
        self._home = home
        self._versions: dict[str, list[tuple[Scheme, Path]]] = {}

    def version(self, scheme_id: str, version: str) -> Scheme:
        """Return one version of a scheme, in force or not.

        Raises:
            InputError: as `in_force`, or when the scheme has no such version.
        """
        versions = self._all(scheme_id)
        for scheme, _ in versions:
            if scheme.version == version:
                return scheme
        known = ", ".join(scheme.version for scheme, _ in versions)
        finding = self._finding(versions[-1][1], "schemes.no_version", scheme=scheme_id, version=version, known=known)
        raise InputError([finding])

    def in_force(self, scheme_id: str, day: date) -> Scheme:
        """Return the version of a scheme that is in force on a day.

        Raises:
            InputError: when there is no such scheme, a version of it does not load, two own versions begin on the same
                day, or all of them begin after the day.
        """
        versions = self._all(scheme_id)
        holding = [scheme for scheme, _ in versions if scheme.effective_from <= day]
        if holding:
            return holding[-1]
        first, path = versions[0]
        params = {"scheme": scheme_id, "first": first.effective_from.isoformat(), "day": day.isoformat()}
        raise InputError([self._finding(path, "schemes.not_in_force", **params)])

    def is_in_force(self, scheme_id: str, day: date) -> bool:
        """Whether any version of a scheme is in force on a day.

        Raises:
            InputError: when there is no such scheme, a version of it does not load, or two begin on the same day.
        """
        return any(scheme.effective_from <= day for scheme, _ in self._all(scheme_id))

    def _all(self, scheme_id: str) -> list[tuple[Scheme, Path]]:
        if scheme_id not in self._versions:
            self._versions[scheme_id] = self._read(scheme_id)
        return self._versions[scheme_id]

    def _read(self, scheme_id: str) -> list[tuple[Scheme, Path]]:
        """All versions by their first day; the shipped one only where no own version begins on its day."""
        folder = self._home / "schemes"
        own = sorted([*folder.glob(f"scheme_{scheme_id}.yaml"), *folder.glob(f"scheme_{scheme_id}@*.yaml")])
        shipped = SHIPPED / f"scheme_{scheme_id}.yaml"
        found = [(load_scheme(path, self._home), path) for path in own]
        if not found:
            path = find_scheme(scheme_id, self._home, "en")
            return [(load_scheme(path, self._home), path)]
        by_day: dict[date, Path] = {}
        for scheme, path in found:
            if scheme.scheme_id != scheme_id:
                raise InputError([self._finding(path, "schemes.other_id", scheme=scheme_id, own=scheme.scheme_id)])
            if scheme.effective_from in by_day:
                other = by_day[scheme.effective_from].name
                day = scheme.effective_from.isoformat()
                raise InputError([self._finding(path, "schemes.same_day", other=other, day=day)])
            by_day[scheme.effective_from] = path
        if shipped.is_file():
            begins = load_scheme(shipped)
            if begins.effective_from < min(by_day):
                found.append((begins, shipped))
        return sorted(found, key=lambda one: one[0].effective_from)

    def _finding(self, path: Path, key: str, **params: str) -> Finding:
        column = {"schemes.other_id": "scheme_id", "schemes.no_version": "version"}.get(key, "effective_from")
        return Finding(
            shown_as(path, self._home), 0, column, "", text(key, "en", **params), text(f"{key}.mend", "en", **params)
        )
