"""Installed and offered packages, and the jobs that install, update and uninstall."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sandbox.stash.context import Context
from sandbox.stash.files.scan import queue_scan
from sandbox.stash.graph.execution import Registry
from sandbox.stash.graph.failures import StashFailure
from sandbox.stash.jobs import Handle
from sandbox.stash.objects.batches import Args, root
from sandbox.stash.packages.manager import Installed
from sandbox.stash.packages.sources import IndexEntry, PackageError

PACKAGES = Registry()
Spec = Mapping[str, Any]
Shown = dict[str, Any]


def _show(package: IndexEntry | Installed) -> Shown:
    return {
        "package_id": package.id,
        "name": package.name,
        "version": package.version or None,
        "date": show_date(package.date),
        "requires": [],
        "is_installed": isinstance(package, Installed),
        "sourceURL": package.source_url,
        "metadata": dict(package.metadata),
    }


def _show_offer(offer: IndexEntry, offered: Mapping[str, IndexEntry]) -> Shown:
    required = [_show_offer(offered[each], offered) for each in offer.requires if each in offered]
    return {**_show(offer), "requires": required}


def show_date(date: datetime | None) -> str | None:
    """Return a package date as a timestamp, for the answers about packages."""
    return None if date is None else date.strftime("%Y-%m-%dT%H:%M:%SZ")


def _list_available(context: Context, args: Args) -> list[Shown]:
    if args["type"] != "Plugin":
        return []
    try:
        offered = context.services.packages.available(args["source"])
    except PackageError as error:
        raise StashFailure(str(error)) from error
    return [_show_offer(offered[each], offered) for each in sorted(offered, key=lambda key: (key.lower(), key))]


def _list_installed(context: Context, args: Args) -> list[Shown]:
    if args["type"] != "Plugin":
        return []
    try:
        return [_show(package) for package in context.services.packages.installed()]
    except PackageError as error:
        raise StashFailure(f"listing local packages: {error}") from error


def _field(name: str) -> Callable[[Context, Sequence[Shown], Args], list[Any]]:
    return lambda _, objects, __: [each[name] for each in objects]


def _find_offers(context: Context, objects: Sequence[Shown], _: Args) -> list[Shown | None]:
    """Return the offer of its source for each installed package; packages in a source's own list have none."""
    urls = dict.fromkeys(each["sourceURL"] for each in objects if each["is_installed"])
    offered = {url: _read_offers(context, url) for url in urls}
    found = [(offered.get(each["sourceURL"], {}), each["package_id"]) for each in objects]
    return [_show_offer(offers[each], offers) if each in offers else None for offers, each in found]


def _read_offers(context: Context, url: str) -> Mapping[str, IndexEntry]:
    try:
        return context.services.packages.available(url)
    except PackageError as error:
        context.services.logbook.add("warning", f"error listing remote package {url}: {error}")
        return {}


def _queue(
    context: Context, title: str, what: str, specs: Callable[[], Sequence[Spec]], change: Callable[[str, str], None]
) -> int:
    services, is_counted = context.services, what != "Uninstalling"

    def work(handle: Handle) -> None:
        wanted = specs()
        handle.report(0.0 if wanted else None)
        for done, spec in enumerate(wanted):
            if handle.is_stopping():
                services.logbook.add("info", f"Cancelled {what.lower()} packages")
                return
            try:
                _change(context, what, spec, change)
            finally:
                if is_counted:
                    handle.report((done + 1) / len(wanted))
        services.plugins.reload()
        services.logbook.add("info", f"Finished {what.lower()} packages")

    return services.jobs.add(f"{title} packages...", work)


def _change(context: Context, what: str, spec: Spec, change: Callable[[str, str], None]) -> None:
    logbook = context.services.logbook
    logbook.add("info", f"{what} package {spec['id']}")
    try:
        change(spec["id"], spec["sourceURL"])
    except PackageError as error:
        cause = f" from {spec['sourceURL']}: installing package: {error}" if what != "Uninstalling" else f": {error}"
        logbook.add("error", f"Error {what.lower()} package {spec['id']}{cause}")


def _install(context: Context, args: Args) -> int:
    return _queue(context, "Installing", "Installing", lambda: args["packages"], context.services.packages.install)


def _update(context: Context, args: Args) -> int:
    packages = context.services.packages

    def choose() -> Sequence[Spec]:
        """Return the named packages, whatever their date; without names, those with a later date."""
        return args.get("packages") or [{"id": each.id, "sourceURL": each.source_url} for each in packages.upgradable()]

    return _queue(context, "Updating", "Updating", choose, packages.install)


def _uninstall(context: Context, args: Args) -> int:
    """Queue an uninstallation; Stash titles its job as an update."""
    return _queue(context, "Updating", "Uninstalling", lambda: args["packages"], context.services.packages.uninstall)


def _scan(context: Context, args: Args) -> int:
    return queue_scan(context.services, args["input"], context.session)


PACKAGES.resolvers.update(
    {
        ("Query", "availablePackages"): root(_list_available),
        ("Query", "installedPackages"): root(_list_installed),
        ("Package", "source_package"): _find_offers,
        ("Mutation", "installPackages"): root(_install),
        ("Mutation", "updatePackages"): root(_update),
        ("Mutation", "uninstallPackages"): root(_uninstall),
        ("Mutation", "metadataScan"): root(_scan),
    }
)
for _name in ("package_id", "name", "version", "date", "requires", "sourceURL", "metadata"):
    PACKAGES.resolvers["Package", _name] = _field(_name)
