"""The kit's sample plugin as Stash would find it: kit and sample files in one folder, with a manifest."""

from __future__ import annotations

import shutil
from pathlib import Path

from scripts.release.manifests import sort_ui_files

ROOT = Path(__file__).resolve().parent.parent.parent
KIT = ROOT / "shared" / "ui"
SAMPLE = ROOT / "tests" / "browser" / "sample"
MANIFEST = """name: Kit Sample
description: A plugin made of the kit
version: 1.0.0
interface: raw
exec:
  - python3
  - "{{pluginDir}}/backend.py"
ui:
  javascript:
{scripts}
  css:
    - shared/ui/kit.css
tasks:
  - name: Count Fruit
    description: Counts all fruit
settings:
  shopUrl:
    displayName: Shop address
    type: STRING
  washFruit:
    displayName: Wash the fruit
    type: BOOLEAN
"""


def write_sample(folder: Path) -> Path:
    """The installed sample in this folder, below its own name."""
    target = folder / "kitSample"
    shutil.copytree(KIT, target / "shared" / "ui")
    for name in ("backend.py", "kitSample.js"):
        shutil.copy(SAMPLE / name, target)
    names = [*(f"shared/{name}" for name in sort_ui_files(ROOT / "shared", "js")), "kitSample.js"]
    scripts = "\n".join(f"    - {name}" for name in names)
    (target / "kitSample.yml").write_text(MANIFEST.format(scripts=scripts))
    return target


def write_script_plugin(folder: Path, name: str, script: str, css: str = "") -> Path:
    """A plugin that is one script, for example an ill-mannered neighbor."""
    target = folder / name
    target.mkdir(parents=True)
    (target / f"{name}.js").write_text(script)
    (target / f"{name}.css").write_text(css)
    ui = f"ui:\n  javascript:\n    - {name}.js\n  css:\n    - {name}.css\n"
    (target / f"{name}.yml").write_text(f"name: {name}\nversion: 1.0.0\n{ui}")
    return target
