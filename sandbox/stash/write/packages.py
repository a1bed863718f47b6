"""Packages: what is installed and offered, and the jobs that change it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sandbox.stash.context import Context
from sandbox.stash.failures import StashFailure
from sandbox.stash.graph.execution import Registry
from sandbox.stash.jobs import Handle
from sandbox.stash.objects.batches import Args, root
from sandbox.stash.packages import Package, PackageError
from sandbox.stash.scan import queue_scan

PACKAGES = Registry()
Spec = Mapping[str, Any]


def _show(package: Package, offered: Sequence[Package] = ()) -> dict[str, Any]:
    return {
        "package_id": package.id,
        "name": package.name,
        "version": package.version or None,
        "date": show_date(package.date),
        "requires": [_show(each, offered) for each in offered if each.id in package.requires],
        "sourceURL": package.source_url,
        "source_package": None,
        "metadata": dict(package.metadata),
    }


def show_date(text: str) -> str:
    """An index date as a timestamp; without a zone it is UTC."""
    day, time, *zone = text.split(" ")
    return f"{day}T{time}{zone[0][:3] + ':' + zone[0][3:] if zone else 'Z'}"


def _list_available(context: Context, args: Args) -> list[dict[str, Any]]:
    if args["type"] != "Plugin":
        return []
    try:
        offered = context.services.packages.available(args["source"])
    except PackageError as error:
        raise StashFailure(str(error)) from error
    return [_show(package, offered) for package in offered]


def _list_installed(context: Context, args: Args) -> list[Package]:
    if args["type"] != "Plugin":
        return []
    try:
        return context.services.packages.installed()
    except PackageError as error:
        raise StashFailure(str(error)) from error


def _field(name: str) -> Callable[[Context, Sequence[Any], Args], list[Any]]:
    def read(_: Context, objects: Sequence[Any], __: Args) -> list[Any]:
        return [each[name] if isinstance(each, dict) else _show(each)[name] for each in objects]

    return read


def _find_offers(context: Context, objects: Sequence[Any], _: Args) -> list[dict[str, Any] | None]:
    return [each["source_package"] if isinstance(each, dict) else _find_offer(context, each) for each in objects]


def _find_offer(context: Context, package: Package) -> dict[str, Any] | None:
    try:
        offered = context.services.packages.available(package.source_url)
    except PackageError as error:
        context.services.logbook.add("error", f"error listing remote packages: {error}")
        return None
    found = next((each for each in offered if each.id == package.id), None)
    return None if found is None else _show(found, offered)


def _queue(context: Context, what: str, specs: Sequence[Spec], change: Callable[[str, str], None]) -> int:
    services = context.services

    def work(handle: Handle) -> None:
        for done, spec in enumerate(specs):
            try:
                change(spec["id"], spec["sourceURL"])
            except PackageError as error:
                services.logbook.add("error", f"Error {what} package {spec['id']}: {error}")
            handle.report((done + 1) / len(specs))
        services.plugins.reload()

    return services.jobs.add(f"{what.capitalize()} packages...", work)


def _install(context: Context, args: Args) -> int:
    return _queue(context, "installing", args["packages"], context.services.packages.install)


def _update(context: Context, args: Args) -> int:
    packages = context.services.packages
    specs = args.get("packages") or [{"id": each.id, "sourceURL": each.source_url} for each in packages.installed()]
    return _queue(context, "updating", specs, packages.update)


def _uninstall(context: Context, args: Args) -> int:
    return _queue(context, "uninstalling", args["packages"], context.services.packages.uninstall)


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
