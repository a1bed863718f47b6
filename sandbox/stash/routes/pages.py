"""The web pages: any path without a file extension is the single page of the application."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from sandbox.messages import HttpRequest, Response
from sandbox.stash.configuration import Configuration
from sandbox.stash.objects.plugins import is_external
from sandbox.stash.plugins.host import PluginHost
from sandbox.stash.routes.static import FOREVER, refuse, serve_content, serve_file

WEB = Path(__file__).parents[2] / "web" / "dist"
PLACEHOLDER = (
    b'<!doctype html><html><head><base href="/"><title>Sandbox</title></head><body><div id="root">'
    b"The web shell is not built.</div></body></html>"
)


def answer_page(host: PluginHost, web: Path, request: HttpRequest, path: str, prefix: str) -> Response:
    """Return Stash's page, or one of its files."""
    suffix = PurePosixPath(path).suffix
    if suffix in ("", ".html"):
        page = _read_page(web).replace(b'<base href="/"', f'<base href="{prefix}/"'.encode(), 1)
        return serve_content(request, page, "text/html").with_headers(
            ("Referrer-Policy", "same-origin"), ("Content-Security-Policy", make_policy(host))
        )
    target = (web / path.lstrip("/")).resolve()
    if not target.is_relative_to(web.resolve()):
        return refuse("404 page not found", 404)
    lasts = f"public, {FOREVER}" if path.startswith("/assets/") and path.count("/") == 2 else "no-cache"
    return serve_file(request, target, (("Cache-Control", lasts),))


CUSTOM = {"/css": "css", "/javascript": "javascript"}


def answer_custom(configuration: Configuration, request: HttpRequest, what: str) -> Response:
    """Return the style or script that the user typed into Stash's settings, empty unless switched on."""
    interface = configuration.part("interface")
    text = interface[what] if interface[f"{what}Enabled"] else ""
    return serve_content(request, text.encode(), f"text/{what}")


def _read_page(web: Path) -> bytes:
    page = web / "index.html"
    return page.read_bytes() if page.is_file() else PLACEHOLDER


def make_policy(host: PluginHost) -> str:
    """Return the Content-Security-Policy: Stash's own, and what enabled plugins add to it; `answer_page` sends it."""
    connect = ["data:", "'self'", "ws:", "wss:"]
    script = ["'self'", "http://www.gstatic.com", "https://www.gstatic.com", "'unsafe-inline'", "'unsafe-eval'"]
    style = ["'self'", "'unsafe-inline'"]
    for plugin in host.plugins:
        if host.is_enabled(plugin):
            script += [name for name in plugin.ui.javascript if is_external(name)]
            style += [name for name in plugin.ui.css if is_external(name)]
            connect += plugin.ui.csp.get("connect-src", ())
            script += plugin.ui.csp.get("script-src", ())
            style += plugin.ui.csp.get("style-src", ())
    return (
        f"default-src data: 'self' 'unsafe-inline'; connect-src {' '.join(connect)}; img-src data: *; "
        f"script-src {' '.join(script)}; style-src {' '.join(style)}; media-src blob: 'self'; worker-src blob:; "
        "child-src 'none'; object-src 'none'; form-action 'self';"
    )
