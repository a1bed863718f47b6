"""The operation that tries templates of texts on some scenes, before they are saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plexsync.settings import TEMPLATES, check_template
from plexsync.write.stash_scenes import FIELDS, make_scene
from plexsync.write.text_fields import fill_template
from shared.arguments import records, takes, text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from plexsync.write.stash_scenes import StashScene
    from shared.runtime.call import Call

NAMES = (*(name for name, _, _ in TEMPLATES), "tagline")
SAMPLE = 5  # scenes, those that were saved last


@takes(
    records("templates", (text("name"), text("text", "")), len(NAMES), (), "the default is the saved ones"),
)
def try_templates(call: Call) -> dict[str, Any]:
    """Operation `templates_try`: return what templates make of the scenes saved last.

    A template that names something unknown has its fault instead.
    """
    saved = {name: getattr(call.settings, f"{name}_template") for name in NAMES}
    given = {each["name"]: each["text"].strip() for each in call.args["templates"] if each["name"] in NAMES}
    templates = {**saved, **given}
    faults = {name: fault for name, template in templates.items() if (fault := check_template(template))}
    rows = call.stash.scenes.page(FIELDS, per_page=SAMPLE, sort="updated_at", direction="DESC").rows
    scenes = [make_scene(row) for row in rows]
    shown = [show_texts(scene, {name: templates[name] for name in NAMES if name not in faults}) for scene in scenes]
    return {"templates": templates, "faults": faults, "scenes": shown}


def show_texts(scene: StashScene, templates: Mapping[str, str]) -> dict[str, Any]:
    """Return what templates make of a scene, by the name of the template; the title is the scene's own if empty."""
    texts = {name: fill_template(template, scene) for name, template in templates.items()}
    if "title" in texts:
        texts["title"] = texts["title"] or scene.title
    return {"scene_id": scene.id, "label": scene.label, "texts": texts}
