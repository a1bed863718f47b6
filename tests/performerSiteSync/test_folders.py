"""The feature folders stand in layers: a folder imports only folders below it, also late and for types."""

from __future__ import annotations

from scripts.measure.imports import find_cycles, import_graph
from scripts.measure.shape import module_name, read_sources


def find_folder(module: str) -> str:
    """Return the feature folder of a module; a module at the package's root stands for itself."""
    return ".".join(module.split(".")[:2])


def test_the_feature_folders_import_each_other_in_one_direction() -> None:
    sources = [source for source in read_sources(("performerSiteSync",)) if "/performers/" in source.name]
    packages = {module_name(source.name) for source in sources if source.name.endswith("__init__.py")}
    graph = import_graph({module_name(source.name): source.tree for source in sources}, packages)
    folders: dict[str, set[str]] = {}
    for module, imported in graph.items():
        below = {find_folder(each) for each in imported} - {find_folder(module)}
        folders.setdefault(find_folder(module), set()).update(below)
    assert len(folders) > 8
    assert find_cycles(folders) == []
