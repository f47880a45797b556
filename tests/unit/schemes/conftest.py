"""What the loader says of a changed scheme.

Belongs here: fixtures of more than one module. Does not belong here: any change.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from scheme_texts import changed

from pipelines.company.findings import InputError
from pipelines.schemes import load_scheme


@pytest.fixture
def mistakes(tmp_path: Path) -> Callable[..., list[str]]:
    """`mistakes("001", (old, new), ...)` -> what the loader says of the shipped scheme after the replacements."""

    def load(scheme: str, *changes: tuple[str, str], lang: str = "en") -> list[str]:
        path = tmp_path / "scheme_x.yaml"
        path.write_text(changed(scheme, *changes), encoding="utf-8")
        with pytest.raises(InputError) as caught:
            load_scheme(path, lang=lang)
        return [str(finding) for finding in caught.value.findings]

    return load
