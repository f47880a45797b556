"""The registry of the files that people keep: where each lies, what a row is, whether it must be there.

Belongs here: the list that templates, loader, docs, expectation suites and archiving share. Does not belong here: the
words that explain a file and its columns (`texts.files`, keys `file.<name>` and `file.<name>.<column>`).
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.company import records
from pipelines.texts import text


@dataclass(frozen=True)
class HumanFile:
    """One file that people keep.

    Attributes:
        name: the attribute of `Company` that holds its rows, and the middle of its text keys.
        path: relative to the company folder.
        model: what one row is.
        required: whether a folder without the file is a defect.
    """

    name: str
    path: str
    model: type[records.Record]
    required: bool

    def about(self, lang: str) -> str:
        """Return what the file is for."""
        return text(f"file.{self.name}", lang)

    def column_about(self, column: str, lang: str) -> str:
        """Return what a column means."""
        return text(f"file.{self.name}.{column}", lang)


HUMAN_FILES: tuple[HumanFile, ...] = (
    HumanFile("people", "people/people.csv", records.Person, required=True),
    HumanFile("positions", "people/positions.csv", records.Position, required=True),
    HumanFile("identities", "people/identity_map.csv", records.Identity, required=True),
    HumanFile("accounts", "people/accounts.csv", records.Account, required=True),
    HumanFile("assignments", "people/assignments.csv", records.Assignment, required=True),
    HumanFile("scheme_assignments", "people/scheme_assignments.csv", records.SchemeAssignment, required=True),
    HumanFile("duty_roster", "people/duty_roster.csv", records.DutyShift, required=False),
    HumanFile("targets", "people/targets.csv", records.TargetRow, required=True),
    HumanFile("publishing_plan", "people/publishing_plan.csv", records.PlannedPosts, required=False),
    HumanFile(
        "content_quality_reviews", "reviews/content_quality_reviews.csv", records.ContentQualityReview, required=False
    ),
    HumanFile("record_overrides", "reviews/record_overrides.csv", records.RecordOverride, required=False),
    HumanFile("adjustments", "reviews/adjustments.csv", records.Adjustment, required=False),
    HumanFile("communities", "people/communities.csv", records.Community, required=False),
    HumanFile("community_groups", "people/community_groups.csv", records.CommunityGroup, required=False),
    HumanFile("offline_events", "people/offline_events.csv", records.OfflineEvent, required=False),
    HumanFile("excluded_handles", "people/excluded_handles.csv", records.ExcludedHandle, required=False),
    HumanFile("costs", "reviews/costs.csv", records.Cost, required=False),
)

#: Calendars are files of any name in one folder: calendars/<name>.csv.
CALENDAR_COLUMNS = records.CalendarDay.columns()


def human_file(name: str) -> HumanFile:
    """Return the registered file of a name.

    Raises:
        KeyError: when no file has the name.
    """
    for entry in HUMAN_FILES:
        if entry.name == name:
            return entry
    raise KeyError(name)
