"""Every style bar has a sample that misses it, so that a bar which stopped measuring is noticed."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.measure.shape import measure_shape
from tests.scripts.conftest import write

REPEATED = "\n".join(f"value_{n} = {n} * {n}" for n in range(6)) + "\n"
MISSES = [
    ("longest file, lines", {"shared/a.py": "x = 1\n" * 401}),
    ("longest function, lines", {"shared/a.py": "def f() -> None:\n" + "    x = 1\n" * 60}),
    ("median function, lines", {"shared/a.py": "def f() -> None:\n" + "    x = 1\n" * 9}),
    ("95 % of functions, lines", {"shared/a.py": "def f() -> None:\n" + "    x = 1\n" * 40}),
    ("functions without full types", {"shared/a.py": "def f(a) -> None: ...\n"}),
    ("functions without full types", {"sandbox/a.py": "def f(): ...\n"}),
    ("global statements", {"shared/a.py": "def f() -> None:\n    global x\n    x = 1\n"}),
    ("bare excepts", {"shared/a.py": "try: x = 1\nexcept: raise\n"}),
    ("broad excepts", {"scripts/a.py": "try: x = 1\nexcept (OSError, Exception): raise\n" * 4}),
    ("repeated lines, %", {"shared/a.py": REPEATED, "scripts/b.py": REPEATED}),
    (
        "import cycles",
        {"shared/a.py": "import shared.b\n", "shared/b.py": "def f() -> None:\n    from shared import a\n"},
    ),
    ("import cycles", {"missingScenes/m/a.py": "from m.b import x\n", "missingScenes/m/b.py": "from . import a\n"}),
    ("import cycles", {"shared/a.py": "import shared.b\n", "shared/b.py": "if TYPE_CHECKING:\n    import shared.a\n"}),
    ("modules in one folder", {f"shared/m{number}.py": "" for number in range(15)}),
    ("class names with two meanings", {"shared/a.py": "class Found: ...\n", "scripts/b.py": "class Found: ...\n"}),
    ("class names with two meanings", {"shared/a.py": "class Scene: ...\n", "tagManager/t/b.py": "class Scene: ...\n"}),
    ("public functions nobody calls", {"shared/a.py": "def find() -> None: ...\n"}),
    ("median test, lines", {"tests/test_a.py": "def test_a():\n" + "    x = 1\n" * 10}),
    ("mocks per test", {"tests/test_a.py": "def test_a():\n    Mock()\n"}),
]


@pytest.mark.parametrize(("what", "files"), MISSES, ids=[f"{number}-{what}" for number, (what, _) in enumerate(MISSES)])
def test_the_bar_is_missed(what: str, files: dict[str, str], tmp_path: Path) -> None:
    for name, text in files.items():
        write(tmp_path / name, text)
    assert what in [bar.what for bar in measure_shape(tmp_path) if not bar.holds]


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"shared/a.py": "class Scene: ...\n", "sandbox/b.py": "class Scene: ...\n"},
        {"tagManager/tag_manager.py": "'t.a:find'\n", "tagManager/t/a.py": "def find() -> None: ...\n"},
        {"shared/a.py": '"""Text."""\n' + "# why\n" * 6, "shared/b.py": '"""Text."""\n' + "# why\n" * 6},
        {"shared/a.py": "import os\n" * 6, "shared/b.py": "import os\n" * 6},
        {"shared/a.py": "try: x = 1\nexcept OSError: raise\n"},
        {"shared/a.py": "class A:\n    def f(self, x: int, *, y: int = 1) -> None: ...\n\nA().f(1)\n"},
        {"sandbox/web/node_modules/a.py": "def f(a): ...\n"},
    ],
)
def test_the_bars_hold(files: dict[str, str], tmp_path: Path) -> None:
    for name, text in files.items():
        write(tmp_path / name, text)
    assert [bar for bar in measure_shape(tmp_path) if not bar.holds] == []
