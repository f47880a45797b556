"""What stands for values in landing: keyed hashes of people and customers, features of texts, ids of accounts.

Belongs here: the pass from a batch of normalised rows to what may be written. The key is used here, in Python, once per
distinct value; it never enters SQL.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import partial

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.company.keys import Pseudonymiser
from pipelines.landing.subject import AccountLike, account_named
from pipelines.sources.spec import SourceSpec, text_features

# initials at the very end, links after them aside: `^JD`, or ` -JD` after a space (so that `state-of-the-art` is none)
_SIGNATURE = r"(?:\^\s?(?P<caret>[A-Za-z]{1,3})|(?:^|\s)[-–—]\s?(?P<dash>[A-Z]{2,3}))(?:\s+https?://\S+)*\s*$"
_SIGNATURE_SYSTEM = "x_signature"

# what a text says, whatever it links to, whom it names and how it is decorated; figures stay, for `day 2 of 7` is new
_NAMES = re.compile(r"https?://\S+|www\.\S+|[@＠]\w+")
_SIGNS = re.compile(r"[\W_]+")
#: A text of fewer letters and figures says too little to be compared: everybody wishes a good morning.
_LEAST_ALIKE = 10


class Features:
    """Turns the private columns of one spec's batches; remembers what it has hashed."""

    def __init__(self, spec: SourceSpec, pseudonymiser: Pseudonymiser, accounts: Sequence[AccountLike]):
        self._spec = spec
        self._accounts = accounts
        self._pseudonymiser = pseudonymiser
        self._known: dict[str, dict[str, str | None]] = {}

    def landed(self, batch: pa.RecordBatch) -> list[pa.Array]:
        """Return the landing columns of a batch, in the order of `spec.landed_columns()`."""
        arrays: list[pa.Array] = []
        for column in self._spec.columns:
            values = batch.column(column.name)
            if column.kind == "text":
                arrays += self._text(column.name, values)
            elif column.names_account:
                named = partial(account_named, self._spec.platform, self._accounts)
                arrays.append(self._replaced(column.name, values, named))
            elif column.pseudonymise is None:
                arrays.append(values)
            else:
                arrays.append(self._replaced(column.name, values, self._keyed(column.pseudonymise)))
        return arrays

    def _keyed(self, rule: str) -> Callable[[str], str]:
        if rule == "customer":
            return self._pseudonymiser.customer
        _, _, system = rule.partition(":")
        return lambda value: self._pseudonymiser.actor(system, value)

    def _text_hash(self, value: str) -> str:
        return "t_" + self._pseudonymiser.actor("post_text", value).removeprefix("a_")

    def _alike(self, value: str) -> str | None:
        said = _SIGNS.sub("", _NAMES.sub(" ", unicodedata.normalize("NFKC", value).casefold()))
        if len(said) < _LEAST_ALIKE:
            return None
        return "s_" + self._pseudonymiser.actor("post_text_alike", said).removeprefix("a_")

    def _text(self, name: str, values: pa.Array) -> list[pa.Array]:
        """Kind, signer's key, length, hash and hash of what is said; NULL where there is no text."""
        # an X post that begins with a mention is a reply, and `RT @` a repost; the exports carry no other mark
        kind = pc.if_else(
            pc.starts_with(values, "RT @"), "repost", pc.if_else(pc.starts_with(values, "@"), "reply", "post")
        )
        parts = pc.extract_regex(values, _SIGNATURE)
        initials = pc.coalesce(
            _none_if_empty(pc.struct_field(parts, "caret")), _none_if_empty(pc.struct_field(parts, "dash"))
        )
        signature = self._replaced(f"{name}_signature", initials, self._keyed(f"actor:{_SIGNATURE_SYSTEM}"))
        length = pc.cast(pc.utf8_length(values), pa.string())
        columns = dict(
            zip(
                text_features(name),
                (
                    pc.cast(kind, pa.string()),
                    signature,
                    length,
                    self._replaced(f"{name}_hash", values, self._text_hash),
                    self._replaced(f"{name}_alike", values, self._alike),
                ),
                strict=True,
            )
        )
        return list(columns.values())

    def _replaced(self, name: str, values: pa.Array, key: Callable[[str], str | None]) -> pa.Array:
        known = self._known.setdefault(name, {})
        encoded = values.dictionary_encode()
        distinct = encoded.dictionary.to_pylist()
        for value in distinct:
            if value is not None and value not in known:
                known[value] = key(value)
        replaced = pa.array([None if value is None else known[value] for value in distinct], pa.string())
        return replaced.take(encoded.indices)


def _none_if_empty(values: pa.Array) -> pa.Array:
    return pc.if_else(pc.equal(values, ""), pa.scalar(None, pa.string()), values)
