"""Points, verdict and reasons for any list of accounts, by the pipeline's own scoring card.

The room's way in is `score_file`. Belongs here: the reading of such a list, and the card as SQL outside dbt. Does not
belong here: the rules of the card (dbt_project/macros/follower_points.sql, seeds/follower_points.csv) and the followers
of the company's own accounts, which the pipeline reads as any other export.
"""

from pipelines.followers.reading import ReadList
from pipelines.followers.scoring import score_file

__all__ = ["ReadList", "score_file"]
