"""Where things are: `platform/` is a source root, and every folder is one that we know."""

from __future__ import annotations

import platform
import sysconfig
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.architecture.repository import OUR_PACKAGES, ROOT, files, short

KNOWN_AT_THE_TOP = {
    ".ci",
    "demo",
    "deploy",
    "docs",
    "platform",
    "scheduling",
    "sharing",
    "tenancy",
    "tests",
}
# Nothing that is named after no idea.
NO_IDEA = {"utils", "helpers", "misc", "common", "stuff", "managers", "lib"}


def test_platform_is_the_standard_librarys_module() -> None:
    """An `__init__.py` in a folder called platform would hide it, and half of the tools die."""
    assert Path(platform.__file__).is_relative_to(sysconfig.get_path("stdlib"))
    assert [short(p) for p in files() if p.parent.name == "platform" and p.suffix == ".py"] == []


@pytest.mark.parametrize("name", OUR_PACKAGES)
def test_our_name_means_our_package(name: str) -> None:
    """Published packages have the same names; an installed one would win over ours."""
    spec = find_spec(name)

    assert spec is not None
    assert spec.origin == str(OUR_PACKAGES[name] / name / "__init__.py")


def test_every_folder_at_the_top_is_known() -> None:
    top = {path.relative_to(ROOT).parts[0] for path in files() if path.parent != ROOT}

    assert top == KNOWN_AT_THE_TOP & top
    assert top >= {"platform", "tenancy", "scheduling", "sharing", "tests"}


def test_every_package_of_platform_is_in_the_import_contracts() -> None:
    found = {p.parent.name for p in (ROOT / "platform").glob("*/__init__.py")}

    assert found == {name for name, root in OUR_PACKAGES.items() if root.name == "platform"}


def test_no_module_is_named_after_no_idea() -> None:
    parts = {part for path in files() if path.suffix == ".py" for part in path.parts[-2:]}

    assert {part.removesuffix(".py") for part in parts} & NO_IDEA == set()


def test_tests_are_a_package_without_a_folder_called_platform() -> None:
    """pytest's import modes fall over one."""
    assert (ROOT / "tests" / "__init__.py").exists()
    assert [short(p) for p in (ROOT / "tests").rglob("platform") if p.is_dir()] == []
