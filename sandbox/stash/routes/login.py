"""Logging in and out with a form."""

from __future__ import annotations

from urllib.parse import parse_qs

from sandbox.messages import HttpRequest, Response
from sandbox.stash.configuration import Configuration
from sandbox.stash.routes.static import refuse
from sandbox.stash.sessions import CookieSession, Sessions

FORM = """<!doctype html>
<html><head><title>Login</title></head><body>
<form><label>Username <input name="username"></label>
<label>Password <input name="password" type="password"></label>
<button>Login</button> <output></output></form>
<script>
const form = document.querySelector("form");
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const reply = await fetch("", { method: "POST", body: new URLSearchParams(new FormData(form)) });
  if (reply.ok) location.replace(new URLSearchParams(location.search).get("returnURL") || "./");
  else document.querySelector("output").textContent = await reply.text();
});
</script></body></html>
"""


def answer_login(configuration: Configuration, sessions: Sessions, request: HttpRequest, prefix: str) -> Response:
    """Return the answer to `/login`: GET shows the form, POST checks it; the page itself then opens `returnURL`."""
    if not configuration.has_credentials:
        return redirect(f"{prefix}/")
    if request.method != "POST":
        return Response(200, FORM.encode(), (("Content-Type", "text/html"),))
    form = parse_qs(request.text)
    username, password = form.get("username", [""])[0], form.get("password", [""])[0]
    if not configuration.matches_login(username, password):
        return refuse("Username or password is invalid", 401)
    return Response(200).with_headers(sessions.header(CookieSession(username)))


def answer_logout(configuration: Configuration, sessions: Sessions, prefix: str) -> Response:
    """Return the server's answer to `/logout`: the session cookie is taken back."""
    target = "/login" if configuration.has_credentials else "/"
    return redirect(f"{prefix}{target}").with_headers(sessions.header(CookieSession(), ends=True))


def redirect(target: str) -> Response:
    """Return the 302 to another page that follows Stash's login and logout."""
    body = f'<a href="{target}">Found</a>.\n\n'.encode()
    return Response(302, body, (("Location", target), ("Content-Type", "text/html; charset=utf-8")))
