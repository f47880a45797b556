"""What the warehouse is told of the company's own people as customers, and of giveaways.

Belongs here: two company.* tables that evidence of gaming is looked for with. Does not belong here: the rules
themselves (dbt_project/models/intermediate/gaming), other tables (`frames`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pyarrow as pa

from pipelines.company.keys import Pseudonymiser
from pipelines.company.list_records import MemberIncentive
from pipelines.company.model import Company
from pipelines.periods import OPEN_END

Rows = Iterable[tuple[Any, ...]]

#: The mechanism of an incentive that draws newcomers; the others reward who is there already.
GIVEAWAY = "rewards"
#: The system of people/identity_map.csv whose ids are names of customers.
SHOP = "shop"

SCHEMAS: dict[str, pa.Schema] = {
    "staff_customers": pa.schema(
        [
            ("customer_key", pa.string()),
            ("person_id", pa.string()),
            ("valid_from", pa.date32()),
            ("valid_to", pa.date32()),
        ]
    ),
    "giveaways": pa.schema(
        [
            ("subject_type", pa.string()),
            ("subject_id", pa.string()),
            ("valid_from", pa.date32()),
            ("valid_to", pa.date32()),
        ]
    ),
}


def _staff_customers(company: Company, keys: Pseudonymiser) -> Rows:
    """The e-mail of everybody, and the names that people/identity_map.csv gives them in shops.

    Ids of other systems are left out: a short number there may be quite another customer's.
    """
    for person in company.people:
        if person.email:
            left_on = person.left_on or OPEN_END
            yield keys.customer(person.email), keys.person(person.person_id), person.hired_on, left_on
    for row in company.identities:
        if row.system == SHOP:
            yield keys.customer(row.external_id), keys.person(row.person_id), *row.window


def _giveaways(company: Company, _keys: Pseudonymiser) -> Rows:
    for given in company.member_incentives:
        if given.mechanism == GIVEAWAY:
            start, end = given.valid_from, given.valid_to or OPEN_END
            yield from ((*subject, start, end) for subject in _subjects(company, given))


def _subjects(company: Company, given: MemberIncentive) -> set[tuple[str, str]]:
    """The groups and accounts that an incentive was given in; those of the whole company are all that it lists."""
    if given.scope in ("group", "account"):
        return {(given.scope, given.scope_id)}
    groups = {
        ("group", row.group_id)
        for row in company.community_groups
        if given.scope == "company" or row.community_id == given.scope_id
    }
    accounts = {("account", row.account_id) for row in company.accounts} if given.scope == "company" else set()
    return groups | accounts


BUILDERS: dict[str, Callable[[Company, Pseudonymiser], Rows]] = {
    "staff_customers": _staff_customers,
    "giveaways": _giveaways,
}
