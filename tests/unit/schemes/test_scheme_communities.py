"""Scheme 003 and its communities: what is shipped holds together; every mistake of a layer is told with its line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.company.findings import InputError
from pipelines.schemes import load_scheme
from pipelines.schemes.lint import lint_scheme
from pipelines.schemes.loader import SHIPPED
from pipelines.schemes.parsed import variants
from pipelines.schemes.yaml_lines import parse

TEXT = (SHIPPED / "scheme_003.yaml").read_text(encoding="utf-8")
Mistakes = Callable[..., list[str]]


@pytest.fixture
def mistakes(tmp_path: Path) -> Mistakes:
    """Change scheme 003 by (old, new) replacements and return what the loader says of it."""

    def load(*changes: tuple[str, str], lang: str = "en") -> list[str]:
        text = TEXT
        for old, new in changes:
            assert old in text, f"the shipped scheme no longer has {old!r}"
            text = text.replace(old, new, 1)
        path = tmp_path / "scheme_x.yaml"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(InputError) as caught:
            load_scheme(path, lang=lang)
        return [str(finding) for finding in caught.value.findings]

    return load


def line_of(fragment: str, start: str = "communities:\n  req") -> int:
    return TEXT[: TEXT.index(fragment, TEXT.index(start))].count("\n") + 1


@pytest.mark.req("003-R4", "003-R3")
def test_types_and_stages_have_kpis_and_weights_of_their_own() -> None:
    scheme = load_scheme("003")
    assert scheme.communities is not None
    kinds = {name: set(layer.components[0].kpis) for name, layer in scheme.communities.types.items()}
    assert list(kinds) == ["content", "transaction", "service"]
    assert not kinds["content"] & kinds["transaction"] | kinds["service"] & kinds["transaction"]
    stages = [next(iter(layer.components[0].kpis)) for layer in scheme.communities.stages.values()]
    assert stages == ["community_coverage", "speaking_rate", "high_value_conversion"]


@pytest.mark.req("003-R1", "003-R7", "003-R8", "003-R12")
def test_the_shipped_scheme_is_sound_and_only_broad() -> None:
    """Both horizons, three axes, four perspectives and an item of growth; many KPIs and no overlay, as 003 has it."""
    marked = lint_scheme("003")
    assert [one for one in marked if one.severity == "error"] == []
    told = {str(one.finding).split("). ")[0].rsplit(" (", 1)[-1] for one in marked}
    assert told == {"001-R3", "000-R2"}


@pytest.mark.req("003-R5")
def test_every_kind_of_community_weighs_a_hundred() -> None:
    found = list(variants(parse(TEXT).data))
    # three roles: none, three types, three stages and their nine pairs; and the manager
    assert len(found) == 3 * 16 + 1
    assert {sum(component["weight"] for _, component in one.components) for one in found} == {100}


@pytest.mark.req("003-I2")
def test_the_pool_is_of_kpis_that_every_kind_of_community_has(mistakes: Mistakes) -> None:
    told = mistakes(("kpis: {monthly_active_share: 50, member_retention_30: 50}", "kpis: {speaking_rate: 100}"))
    lacking = [one for one in told if "lacks the pool's KPI speaking_rate" in one]
    assert len(lacking) == 4  # of each role one kind of community, and the manager
    assert "the role content (start_up) lacks" in lacking[0]


def test_a_layer_must_leave_the_whole_at_a_hundred(mistakes: Mistakes) -> None:
    told = mistakes(
        (
            "        weight: 15\n          kpis: {community_coverage: 15}",
            "        weight: 25\n          kpis: {community_coverage: 25}",
        )
    )
    assert len(told) == 12  # three roles, alone and with each of the three types
    assert all(f"row {line_of('start_up:')}," in one for one in told)
    assert [one for one in told if "content / content / start_up: the components weigh 110, not 100" in one]


def test_a_layer_replaces_what_the_roles_have(mistakes: Mistakes) -> None:
    change = (
        "      - id: kind\n          title: {zh: 内容型社群",
        "      - id: sort\n          title: {zh: 内容型社群",
    )
    told = [one for one in mistakes(change) if "no such component" in one]
    assert len(told) == 3
    assert "the role content has no such component; a layer replaces those it has: kind, stage" in told[0]
    assert f"row {line_of('id: kind')}," in told[0]
    assert [one for one in mistakes(change, lang="zh") if "岗位 content 没有这一部分" in one]


def test_a_kpi_stands_once_in_every_kind_of_community(mistakes: Mistakes) -> None:
    why = "          why: {zh: 让成员开口"
    told = mistakes((f"kpis: {{speaking_rate: 15}}\n{why}", f"kpis: {{csat_top2_share: 15}}\n{why}"))
    assert [one for one in told if "csat_top2_share stands twice" in one]


def test_types_are_those_of_the_communities_file(mistakes: Mistakes) -> None:
    (told,) = [one for one in mistakes(("  types:\n    content:", "  types:\n    contents:")) if "contents" in one]
    assert "transaction" in told


def test_communities_without_a_role_are_a_mistake(mistakes: Mistakes) -> None:
    told = mistakes(*[("    by_community: true\n", "")] * 3)
    assert [one for one in told if "no role differs by community" in one]


def test_communities_that_a_role_names_must_be_stated(tmp_path: Path) -> None:
    start, end = TEXT.index("\ncommunities:\n"), TEXT.index("\ngates:\n")
    path = tmp_path / "scheme_x.yaml"
    path.write_text(TEXT[:start] + TEXT[end:], encoding="utf-8")
    with pytest.raises(InputError, match="the scheme has no communities"):
        load_scheme(path)


def test_a_role_differs_by_level_or_by_community(mistakes: Mistakes) -> None:
    start = TEXT.index("    components:\n      - id: kind")
    own = TEXT[start : TEXT.index("    monitors:", start)]
    level = "".join(f"    {line}\n" for line in own.splitlines())
    level = f"    levels:\n      M1:\n        req: 003-R4\n{level}        why: {{zh: 无, en: none}}\n"
    told = mistakes(("    by_community: true\n", "    by_community: true\n" + level))
    assert [one for one in told if "differs by level or by community, not by both" in one]


@pytest.mark.req("003-R10")
def test_the_slot_of_each_role_has_choices_and_a_default(mistakes: Mistakes) -> None:
    slots = [part.slot for role in load_scheme("003").roles.values() for part in role.components if part.slot]
    assert len(slots) == 3
    assert all(slot.default in slot.choices for slot in slots)
    (told,) = mistakes(("default: new_member_activity", "default: speaking_rate"))
    assert "the default of the slot is none of its choices" in told


def test_a_slot_counts_in_the_weight_of_its_component_and_stands_once(mistakes: Mistakes) -> None:
    (told,) = mistakes(("          weight: 5\n          choices", "          weight: 7\n          choices"))
    assert "the KPIs weigh 7, their component 5" in told
    start = TEXT.index("      - id: own")
    own = TEXT[start : TEXT.index("    monitors:", start)]
    again = own.replace("id: own", "id: second").replace("choices: [new_member_activity,", "choices: [nps,")
    told = mistakes((own, own + again))
    assert [one for one in told if "a role has one individual slot" in one]


def test_an_empty_component_is_a_mistake(mistakes: Mistakes) -> None:
    start = TEXT.index("        slot:\n")
    slot = TEXT[start : TEXT.index("        why: {zh: 每人一项", start)]
    assert [one for one in mistakes((slot, "")) if "components[" in one]
