"""A Stash under test, the sandbox's or a real one: asked over HTTP only, so that the same tests run against both."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any, Callable, TypeVar

from scripts.graphql import Stash

Found = TypeVar("Found")

KINDS = ("scenes", "performers", "studios", "tags")
DONE = {"FINISHED", "CANCELLED", "FAILED"}


def wait_for(look: Callable[[], Found | None], what: str, seconds: float = 150) -> Found:
    """Return what `look` finds, as soon as it finds something; only a failing test waits so long."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = look()
        if found is not None:
            return found
        time.sleep(0.05)
    raise AssertionError(f"{what} did not happen within {seconds:g} seconds")


def read_release(text: str) -> tuple[int, ...]:
    """Return a release as numbers: (0, 30) for "0.30" and for "v0.30.1-99-gcf3489e"."""
    return tuple(int(part) for part in re.findall(r"\d+", text)[:2])


class StashUnderTest(Stash):
    """A Stash under test, with the requests that tests make to it."""

    @property
    def release(self) -> tuple[int, ...]:
        """Its release, as `read_release` returns it."""
        return read_release(self.ask("{ version { version } }")["version"]["version"])

    @property
    def config_dir(self) -> Path:
        """Return the folder of Stash's configuration, and of the plugins' state, on this machine."""
        return Path(self.ask("{ systemStatus { configPath } }")["systemStatus"]["configPath"]).parent

    def finish(self, job_id: str) -> None:
        """Wait until a job is over; a Stash forgets jobs soon after."""

        def look() -> str | None:
            job = self.ask("query($id: ID!) { findJob(input: {id: $id}) { status } }", id=job_id)["findJob"]
            return "gone" if job is None else job["status"] if job["status"] in DONE else None

        assert wait_for(look, f"the end of job {job_id}") in {"FINISHED", "gone"}

    def has_jobs(self) -> bool:
        """Return True while a job waits or runs; cheaper than asking a plugin, which starts a process."""
        jobs = self.ask("{ jobQueue { status } }")["jobQueue"] or []
        return any(job["status"] not in DONE for job in jobs)

    def operate(self, plugin: str, operation: str, **args: Any) -> Any:
        """The output of an operation."""
        query = "mutation($plugin: ID!, $args: Map) { runPluginOperation(plugin_id: $plugin, args: $args) }"
        return self.ask(query, plugin=plugin, args={"operation": operation, **args})["runPluginOperation"]

    def saved_settings(self, plugin: str) -> dict[str, Any]:
        """A plugin's settings as Stash keeps them."""
        plugins = self.ask("{ configuration { plugins } }")["configuration"]["plugins"]
        return dict(plugins.get(plugin) or {})

    def complaints(self) -> list[tuple[str, str]]:
        """Time and text of what Stash's log, which is short, holds of plugins at warning level or above."""
        entries = self.ask("{ logs { time level message } }")["logs"]
        loud = [entry for entry in entries if entry["level"] in {"Warning", "Error"} and "Plugin" in entry["message"]]
        return [(entry["time"], entry["message"]) for entry in loud]

    def contents(self) -> dict[str, set[str]]:
        """The ids of everything that tests may make."""
        found = {
            kind: self.ask(f"{{ found: find{kind.title()}(filter: {{per_page: -1}}) {{ {kind} {{ id }} }} }}")
            for kind in KINDS
        }
        return {kind: {item["id"] for item in answer["found"][kind]} for kind, answer in found.items()}

    def remove_all_but(self, kept: dict[str, set[str]]) -> None:
        """Destroy what was made since."""
        for kind, ids in self.contents().items():
            made = sorted(ids - kept[kind])
            argument, value = ("input: $ids", {"ids": made}) if kind == "scenes" else ("ids: $ids", made)
            wanted = "ScenesDestroyInput!" if kind == "scenes" else "[ID!]!"
            self.ask(f"mutation($ids: {wanted}) {{ {kind}Destroy({argument}) }}", ids=value)

    def plugins(self) -> dict[str, dict[str, Any]]:
        """The plugins that it has loaded, by id."""
        fields = "id name version description enabled tasks { name } hooks { name hooks } settings { name type }"
        return {plugin["id"]: plugin for plugin in self.ask(f"{{ plugins {{ {fields} }} }}")["plugins"] or []}


class PackageManager:
    """Stash's own package manager with our source."""

    def __init__(self, stash: StashUnderTest, source_url: str) -> None:
        self.stash = stash
        self.source_url = source_url

    def available(self) -> dict[str, dict[str, Any]]:
        """Return the packages that the source offers, by id."""
        query = "query($url: String!) { availablePackages(type: Plugin, source: $url) { package_id name version } }"
        found = self.stash.ask(query, url=self.source_url)["availablePackages"]
        return {package["package_id"]: package for package in found}

    def installed(self) -> dict[str, bool]:
        """Return the installed packages of the source by id; True if it has a newer one, by Stash's rule: the date."""
        query = "{ installedPackages(type: Plugin) { package_id date sourceURL source_package { date } } }"
        found = self.stash.ask(query)["installedPackages"]
        ours = [package for package in found if package["sourceURL"] == self.source_url]
        return {package["package_id"]: package["source_package"]["date"] > package["date"] for package in ours}

    def install(self, *plugins: str) -> None:
        """Install from the source."""
        self.run("installPackages", plugins)

    def update(self, *plugins: str) -> None:
        """Update to what the source offers now."""
        self.run("updatePackages", plugins)

    def uninstall(self, *plugins: str) -> None:
        """Remove again."""
        self.run("uninstallPackages", plugins)

    def run(self, mutation: str, plugins: tuple[str, ...]) -> None:
        """Queue a package job and wait for its end."""
        packages = [{"id": plugin, "sourceURL": self.source_url} for plugin in plugins]
        query = f"mutation($packages: [PackageSpecInput!]!) {{ {mutation}(type: Plugin, packages: $packages) }}"
        self.stash.finish(self.stash.ask(query, packages=packages)[mutation])
