"""The scoring card of docs/follower-quality.md, told anew, without the pipeline's seeds and macros.

Belongs here: points of one profile. Does not belong here: which followers count (`growth`).
"""

from __future__ import annotations

from fractions import Fraction

#: A follower of this many points is spam, and of an account younger than this many days nothing is said.
SPAM_POINTS, PENDING_DAYS = 22, 30


def card_points(
    followers: int, following: int, posts: int, listed: int | None, has_url: bool | None, age: int | None
) -> int:
    """Points of a profile; what is not known (None) gives none."""
    few, much = max(followers, 1), max(following, 1)
    ratio, output = Fraction(much, few), Fraction(posts, much)
    points = 10 if ratio >= 20 else 8 if ratio >= 10 else 0
    points += 4 if much >= 2000 else 2 if much >= 500 else 0
    steps = ((Fraction(1, 5), 12), (Fraction(1, 2), 6), (Fraction(1), 4), (Fraction(2), 2))
    points += next((given for below, given in steps if output < below), 0)
    points += (Fraction(much, few**2) >= Fraction(3, 10)) + (few < 20) + (listed == 0) + (has_url is False)
    if age is not None:
        days = max(age, 1)
        points += (2 if Fraction(much, days) >= 10 else 0) + (Fraction(posts, days) < Fraction(1, 5))
    return min(points, 12) if following < 150 else points
