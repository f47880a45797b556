"""Building the draft of a period, or keeping its sealed revision when nothing changed.

Belongs here: what a run leaves behind in `scorecards/<period>/`. Does not belong here: approving it (sealing).
The caller holds the home lock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.periods import Month, parse_period
from pipelines.scorecards import seals, store
from pipelines.scorecards.bundle import Inputs, Tracelike, make_bundle, read_bundle, results_of
from pipelines.scorecards.diffs import diff_bundles, diff_files, payable_change
from pipelines.scorecards.editions import DEFAULT_MODE, FILE_MODES, render_edition
from pipelines.scorecards.errors import IntegrityError
from pipelines.scorecards.evidence import EvidenceRow, QualityNote
from pipelines.scorecards.lost_letters import lost_letters
from pipelines.scorecards.view import Edition

if TYPE_CHECKING:
    from pipelines.company import Company


OfEarlier = Callable[[Mapping[str, Any]], dict[str, Any]]


@dataclass(frozen=True)
class Built:
    """What `build_draft` left behind.

    Attributes:
        path: the folder of the draft, or of the sealed revision when the results equal it.
        state: `draft` or `sealed`.
        revision: the sealed revision that the results were compared with; None when there is none.
        manifest_sha256: SHA-256 of the manifest in `path`; it is the data version of the cards.
        people: how many people have a card.
        withheld_lines: how many KPI lines are withheld, over all people, and team shares, over all teams.
        held: how much pay is held in all, in the company's currency.
        changed_people: persons whose results differ from the sealed revision.
        payable_change: exact change of the sum to pay against the sealed revision.
        messages: what a person should be told, in English.
        lists: rows of each list beside the cards, by the list's id; empty for a revision of before there were lists.
        missing_periods: earlier periods that lists need and that were never run.
    """

    path: Path
    state: str
    revision: int | None
    manifest_sha256: str
    people: int
    withheld_lines: int
    held: Decimal
    changed_people: int = 0
    payable_change: Decimal = Decimal(0)
    messages: tuple[str, ...] = ()
    lists: Mapping[str, int] = field(default_factory=dict)
    missing_periods: tuple[str, ...] = ()


def build_draft(
    home: Path,
    company: Company,
    period: object,
    traces: Iterable[Tracelike | Mapping[str, Any]],
    pools: Iterable[Tracelike | Mapping[str, Any]],
    evidence: Mapping[tuple[str, str], Sequence[EvidenceRow]],
    quality: Mapping[str, Sequence[QualityNote]],
    inputs: Inputs,
    versions: Mapping[str, str],
    *,
    catalogue: Mapping[str, Mapping[str, Any]],
    evidence_totals: Mapping[tuple[str, str], int] | None = None,
    what_if: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
    pools_beside: Sequence[Mapping[str, Any]] = (),
    certificate: Mapping[str, Any] | None = None,
    of_earlier: OfEarlier | None = None,
) -> Built:
    """Write the cards of a period as a draft, unless its sealed revision says the same already.

    A sealed revision is never altered: when the results equal it, its folder is kept or, if somebody deleted it,
    rendered again to the same bytes; when they differ, a draft is written with `diff_vs_r<N>.json` and `.csv`.
    `certificate` is the part of the bundle that the data-quality certificate is rendered from, `of_earlier` makes
    those that depend on which earlier periods were run: the lists, and the earlier results beside a card's.

    Raises:
        InputError: when a person id cannot be part of a file name.
        IntegrityError: when the seal of the period does not match its own hashes, or its cards are gone and cannot be
            rendered again.
    """
    bundle = make_bundle(
        company, str(period), traces, pools, evidence, quality, inputs, versions, catalogue, evidence_totals, what_if,
        pools_beside,
    ) | dict(certificate or {})  # fmt: skip
    folder = seals.cards_folder(home, str(period))
    store.tidy(folder)
    store.tidy(seals.seal_folder(home, str(period)))
    sealed = seals.newest_seal(home, str(period))
    lost = tuple(str(finding) for finding in lost_letters(company))
    if sealed is None:
        return _write_draft(folder, bundle | (of_earlier(bundle) if of_earlier else {}), Edition(), {}, lost)
    if results_of(sealed.bundle) == results_of(bundle):
        messages = seals.restore_revision(home, sealed)
        if not (folder / sealed.label).is_dir():
            raise IntegrityError(" ".join(messages))
        store.remove_folder(folder / "draft")
        return _built(folder / sealed.label, "sealed", sealed.manifest_sha256, sealed.bundle, sealed.revision, messages)
    rows = diff_bundles(sealed.bundle, bundle)
    bundle |= of_earlier(bundle) if of_earlier else {}
    messages = seals.restore_revision(home, sealed)
    extra = diff_files(sealed.bundle, sealed.revision, sealed.manifest_sha256, bundle)
    edition = Edition(previous=(sealed.revision, sealed.manifest_sha256))
    built = _write_draft(folder, bundle, edition, extra, lost)
    people = len({row["person_id"] for row in rows if row["person_id"]})
    said = (
        f"The results of {bundle['period']} differ from the sealed revision {sealed.label} for {people} people; "
        f"{sealed.label} stays as it is. The draft lists every difference in diff_vs_{sealed.label}.csv."
    )
    return Built(
        **{
            **vars(built),
            "revision": sealed.revision,
            "changed_people": people,
            "payable_change": payable_change(rows),
            "messages": (*messages, said, *built.messages),
        }
    )


def _write_draft(
    folder: Path, bundle: Mapping[str, Any], edition: Edition, extra: Mapping[str, bytes], messages: Sequence[str]
) -> Built:
    files = render_edition(bundle, edition, extra)
    path = folder / "draft"
    manifest_hash = store.sha256_bytes(files["manifest.json"])
    staged = store.stage(folder, files, FILE_MODES, DEFAULT_MODE)
    store.replace_draft(staged, folder)
    return _built(path, "draft", manifest_hash, bundle, None, messages)


def _built(
    path: Path,
    state: str,
    manifest_hash: str,
    bundle: Mapping[str, Any],
    revision: int | None,
    messages: Sequence[str],
) -> Built:
    lines = [line for trace in bundle["traces"] for segment in trace["segments"] for line in segment["lines"]]
    return Built(
        path=path,
        state=state,
        revision=revision,
        manifest_sha256=manifest_hash,
        people=len(bundle["traces"]),
        # a pool has no status, a team share has
        withheld_lines=sum(one.get("status") == "withheld" for one in (*lines, *bundle["pools"])),
        held=sum((Decimal(str(trace["bonus"]["held"] or 0)) for trace in bundle["traces"]), Decimal(0)),
        messages=tuple(messages),
        lists={report["report_id"]: len(report["rows"]) for report in bundle.get("lists", [])},
        missing_periods=_missing_periods(bundle),
    )


def _missing_periods(bundle: Mapping[str, Any]) -> tuple[str, ...]:
    remarks = [remark for report in bundle.get("lists", []) for remark in report["remarks"]]
    return tuple(sorted({remark["params"]["period"] for remark in remarks if remark["code"] == "period_missing"}))


def draft_summary(home: Path, period: object) -> Built:
    """Return what lies in `scorecards/<period>/`: the draft if there is one, else the newest sealed revision.

    Raises:
        FileNotFoundError: when there is neither.
    """
    folder = seals.cards_folder(home, str(period))
    draft = folder / "draft"
    if draft.is_dir():
        digest = store.sha256_file(draft / "manifest.json")
        return _built(draft, "draft", digest, read_bundle(draft), None, ())
    sealed = seals.newest_seal(home, str(period))
    if sealed is None:
        raise FileNotFoundError(f"{folder} holds neither a draft nor a sealed revision")
    return _built(folder / sealed.label, "sealed", sealed.manifest_sha256, sealed.bundle, sealed.revision, ())


def sealed_months(home: Path) -> list[Month]:
    """Return the months that have a sealed revision, oldest first."""
    folder = home / "seals"
    names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    periods = [parse_period(name) for name in names if seals.read_seals(home, name)]
    return sorted(period for period in periods if isinstance(period, Month))
