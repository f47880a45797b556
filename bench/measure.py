"""Measures processes: wall time, and peak memory of a process or of everything that it starts.

Belongs here: the measuring, no workload.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

# Often enough to see a peak that lasts, seldom enough not to be one of the loads on two cores.
POLL_SECONDS = 0.05


@dataclass(frozen=True)
class Measured:
    """What one process cost.

    Attributes:
        wall: seconds.
        cpu: processor seconds of the process and what it waited for; what other load on the machine changes least.
        peak_mib: highest resident memory, MiB; of a tree, the highest sum over its processes.
    """

    wall: float
    cpu: float
    peak_mib: float


@dataclass(frozen=True)
class MeasuredRun:
    """A command and the part of it that ran in one kind of child.

    Attributes:
        whole: the command with everything that it started.
        child: the child whose command line holds the marker, from its first to its last sight; None without one.
    """

    whole: Measured
    child: Measured | None


def report_self(work: Callable[[], None]) -> None:
    """Do the work and print its wall time, its processor time and this process's peak memory as JSON."""
    started, busy = time.perf_counter(), time.process_time()
    work()
    wall, cpu = time.perf_counter() - started, time.process_time() - busy
    # Linux counts in KiB
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"wall": wall, "cpu": cpu, "peak_mib": peak}))


def run_script(script: Path, *arguments: str) -> Measured:
    """Run a script that ends with `report_self` in a fresh process; imports are outside its wall time."""
    done = subprocess.run(
        [sys.executable, str(script), *arguments], check=True, capture_output=True, text=True, timeout=3600
    )
    return Measured(**json.loads(done.stdout.splitlines()[-1]))


def run_command(command: Sequence[str], child_marker: str, log: Path) -> MeasuredRun:
    """Run a command to its end, watching its tree.

    Args:
        command: what to run.
        child_marker: text in the command line of the child that is measured apart.
        log: takes the command's output.

    Raises:
        RuntimeError: the command failed; the message ends with the log's last lines.
    """
    started, busy = time.perf_counter(), _cpu_of_children()
    whole_peak = child_peak = child_cpu = 0.0
    child_seen: list[float] = []
    with log.open("w", encoding="utf-8") as output:
        process = subprocess.Popen(list(command), stdout=output, stderr=subprocess.STDOUT)
        root = psutil.Process(process.pid)
        while process.poll() is None:
            whole, child = _look(root, child_marker)
            whole_peak = max(whole_peak, whole)
            if child is not None:
                child_peak, child_cpu = max(child_peak, child.peak_mib), child.cpu
                child_seen.append(time.perf_counter())
            time.sleep(POLL_SECONDS)
    wall, cpu = time.perf_counter() - started, _cpu_of_children() - busy
    if process.returncode != 0:
        tail = "\n".join(log.read_text(encoding="utf-8").splitlines()[-30:])
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}:\n{tail}")
    part = Measured(child_seen[-1] - child_seen[0], child_cpu, child_peak) if child_seen else None
    return MeasuredRun(Measured(wall, cpu, whole_peak), part)


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _look(root: psutil.Process, marker: str) -> tuple[float, Measured | None]:
    """Resident MiB of the tree, and what the marked child has used so far when it is there."""
    total, child = 0.0, None
    try:
        tree = [root, *root.children(recursive=True)]
    except psutil.NoSuchProcess:
        return 0.0, None
    for process in tree:
        try:
            resident = process.memory_info().rss / 2**20
            times = process.cpu_times()
            marked = process != root and any(marker in part for part in process.cmdline())
        except psutil.Error:  # ended between the listing and the look
            continue
        total += resident
        if marked:
            child = Measured(0.0, times.user + times.system, resident)
    return total, child
