"""Which mutants are tried: all or a sample, without those that have a result already.

Belongs here: choosing and what earlier runs have left. Does not belong here: trying.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from mutants.points import Point, points
from mutants.project import Target
from mutants.trial import QUICK, SURVIVED, Result

Job = tuple[Target, Point]


def sample(chosen: Sequence[Target], most: int | None, seed: int) -> list[Job]:
    """All points of the targets, or as many at most: the same for the same seed, whatever else there is."""
    jobs = [(target, point) for target in chosen for point in points(target.code)]
    if most is None:
        return jobs
    drawn = sorted(jobs, key=lambda job: hashlib.sha256(f"{seed} {job[0].name} {job[1].key}".encode()).digest())
    kept_jobs = set(drawn[:most])
    return [job for job in jobs if job in kept_jobs]


def kept(path: Path, every: Sequence[Target]) -> dict[tuple[str, str], Result]:
    """Results of earlier runs on the same code, the last one of each mutant."""
    digests = {target.name: target.digest for target in every}
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    found = [Result(**json.loads(line)) for line in lines if line.endswith("}")]  # a killed run may leave half a line
    return {(one.target, one.key): one for one in found if digests.get(one.target) == one.digest}


def waiting(
    jobs: Sequence[Job], done: Mapping[tuple[str, str], Result], *, again: bool, quick: bool = False
) -> list[Job]:
    """What has no result yet: also what only a quick run has seen survive, and with `again` whatever has survived."""
    settled = {
        name
        for name, result in done.items()
        if result.verdict != SURVIVED or not (again or (result.by == QUICK and not quick))
    }
    return [(target, point) for target, point in jobs if (target.name, point.key) not in settled]


def in_order(results: Iterable[Result], every: Sequence[Target]) -> list[Result]:
    """Results in the order of targets and lines."""
    place = {target.name: number for number, target in enumerate(every)}
    return sorted(results, key=lambda one: (place[one.target], one.line, one.key))
