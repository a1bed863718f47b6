"""./dev install: put the built plugins into a Stash's plugins folder, as Stash's package manager would."""

from __future__ import annotations

import io
import json
import os
import zipfile
from pathlib import Path

from scripts.commands.build import build_quietly
from scripts.console import Arguments, say, stop
from scripts.graphql import Stash
from scripts.places import ROOT

RECORD = "installed-files.json"


def install(argv: list[str]) -> int:
    """Build the plugins, check the folder, copy them into it, and reload Stash if its address is given."""
    parser = Arguments(prog="./dev install", description="Put the built plugins into a Stash.")
    parser.add_argument("plugins_dir", type=Path, metavar="PLUGINS_DIR", help="Stash's plugins folder")
    parser.add_argument("--stash", metavar="URL", help="address of the Stash that shall reload its plugins")
    parser.add_argument("--api-key", default=os.environ.get("STASH_API_KEY", ""), help="default: $STASH_API_KEY")
    options = parser.parse_args(argv)
    folder = options.plugins_dir.expanduser().absolute()
    check_folder(folder)
    stash = Stash(options.stash, options.api_key) if options.stash else None
    if stash:
        check_is_its_folder(stash, folder)
    zips = sorted(build_quietly().glob("*.zip"))
    for package in zips:
        check_target(folder, package.stem)
    for package in zips:
        install_package(package.read_bytes(), folder / package.stem)
        say(f"{package.stem} → {folder / package.stem}")
    if stash:
        reload_plugins(stash, [package.stem for package in zips])
    else:
        say("Now press 'Reload plugins' in Stash's settings and reload the page.")
    return 0


def check_folder(folder: Path) -> None:
    """Stop `./dev install` if the path cannot be a plugins folder."""
    if not folder.exists():
        stop(f"{folder} does not exist; name Stash's plugins folder (Settings → System → Application Paths).")
    if not folder.is_dir():
        stop(f"{folder} is a file; name Stash's plugins folder.")
    if any((folder / name).exists() for name in ("config.yml", "stash-go.sqlite")):
        stop(f"{folder} is Stash's configuration folder; name its plugins folder, usually {folder / 'plugins'}.")
    if folder.resolve() in {Path(folder.anchor), Path.home().resolve()}:
        stop(f"{folder} is no plugins folder; name Stash's plugins folder.")
    if folder.resolve() == ROOT or ROOT in folder.resolve().parents:
        stop(f"{folder} lies in this checkout; name Stash's plugins folder.")
    if not os.access(folder, os.W_OK):
        stop(f"{folder} cannot be written to by you.")


def check_is_its_folder(stash: Stash, folder: Path) -> None:
    """Stop if this Stash reads another folder; a path we cannot see may be the same one inside a container."""
    told = Path(stash.ask("{ configuration { general { pluginsPath } } }")["configuration"]["general"]["pluginsPath"])
    if told.is_dir() and not told.samefile(folder):
        stop(f"Stash at {stash.url} reads its plugins from {told}, not from {folder}.")


def check_target(folder: Path, plugin: str) -> None:
    """Stop if the plugin must not be installed into this folder of plugins.

    The plugin's place there may be a link, belong to Stash's package manager or hold something else. Or another copy
    is elsewhere in the folder; Stash would load only the first it finds.
    """
    target = folder / plugin
    if target.is_symlink():
        stop(f"{target} is a link; remove it, and try again.")
    if (target / "manifest").exists():
        stop(f"{target} belongs to Stash's package manager; update it there, or uninstall it there first.")
    if target.is_dir() and any(target.iterdir()) and not (target / f"{plugin}.yml").exists():
        stop(f"{target} holds something else; move it away, and try again.")
    others = [path for path in folder.rglob("*.yml") if path.stem.lower() == plugin.lower() and path.parent != target]
    if others:
        stop(f"{plugin} is there already as {others[0].parent}; remove that copy first.")


def install_package(package: bytes, target: Path) -> None:
    """Unpack a package for `./dev install`: files of the last one that are not in it go, other files stay."""
    target.mkdir(exist_ok=True)
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        names = archive.namelist()
        for stale in set(read_record(target)) - set(names):
            (target / stale).unlink(missing_ok=True)
        for name in names:
            replace_file(target / name, archive.read(name))
    replace_file(target / RECORD, json.dumps(names).encode())


def read_record(target: Path) -> list[str]:
    """Return the files of the last install; empty if there is no record or it is unreadable or points elsewhere."""
    try:
        names = json.loads((target / RECORD).read_text("utf-8"))
    except (OSError, ValueError):
        return []
    inside = target.resolve()
    return [str(name) for name in names if inside in (target / str(name)).resolve().parents]


def replace_file(path: Path, content: bytes) -> None:
    """Write a file in one step, so that a plugin process that starts meanwhile sees the old or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    fresh.write_bytes(content)
    fresh.replace(path)


def reload_plugins(stash: Stash, plugins: list[str]) -> None:
    """Let Stash read the plugins again, and stop if it does not list them afterwards."""
    stash.ask("mutation { reloadPlugins }")
    loaded = {plugin["id"]: plugin for plugin in stash.ask("{ plugins { id version enabled } }")["plugins"] or []}
    missing = [plugin for plugin in plugins if plugin not in loaded]
    if missing:
        stop(f"Stash at {stash.url} does not list {missing[0]}: is this the plugins folder of that Stash?")
    for plugin in plugins:
        state = "" if loaded[plugin]["enabled"] else " (disabled in Stash's settings)"
        say(f"Stash has {plugin} {loaded[plugin]['version']}{state}")
    say("Reload the page in the browser to see it.")
