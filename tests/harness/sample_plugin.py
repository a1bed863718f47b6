"""The kit's sample plugin as Stash would find it: kit and sample files in one folder, with a manifest."""

from __future__ import annotations

import shutil
from pathlib import Path

from scripts.release.page_scripts import ASSETS, STARTER, join_page_scripts, sort_ui_files, split_scripts

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
    - {starter}
  css:
    - {styles}
  assets:
    /: {assets}
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
    shutil.copy(SAMPLE / "backend.py", target)
    own = {"ui/starter/start.js": SAMPLE / "starter.js", "ui/kitSample.js": SAMPLE / "kitSample.js"}
    files = {**{f"shared/ui/{name}": KIT / name for name in sort_ui_files(KIT, "js")}, **own}
    sources = {name: path.read_text("utf-8") for name, path in files.items()}
    for name, text in join_page_scripts("kitSample", sources, split_scripts(files)).items():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_text(text, "utf-8")
    styles = "\n    - ".join(f"shared/ui/{name}" for name in sort_ui_files(KIT, "css"))
    (target / "kitSample.yml").write_text(MANIFEST.format(starter=STARTER, assets=ASSETS, styles=styles))
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
