"""An answer as a tree that is written as XML or JSON, by the Accept header of the request."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Union
from xml.sax.saxutils import escape, quoteattr

from sandbox.messages import Response

Value = Union[str, int, float, bool]
Attributes = dict[str, Value]


@dataclass
class Element:
    """A node; under JSON it is put into the list `json_name`, which is its tag if empty."""

    tag: str
    attributes: Attributes = field(default_factory=dict)
    children: list[Element] = field(default_factory=list)
    json_name: str = ""


def write_container(children: list[Element], attributes: Attributes, as_json: bool) -> Response:
    """Return an answer of Plex with these elements in a MediaContainer, for `PlexRequest.show`."""
    root = Element("MediaContainer", {"size": len(children), **attributes}, children)
    if as_json:
        body = json.dumps({"MediaContainer": to_json(root)}, ensure_ascii=False, separators=(",", ":"))
        return Response(200, body.encode(), (("Content-Type", "application/json"),))
    text = '<?xml version="1.0" encoding="UTF-8"?>\n' + to_xml(root)
    return Response(200, text.encode("utf-8", "surrogatepass"), (("Content-Type", "text/xml;charset=utf-8"),))


def to_xml(element: Element) -> str:
    """Return the element as XML; characters that XML forbids are written all the same, as Plex does."""
    attributes = "".join(f" {name}={quoteattr(write_value(value))}" for name, value in element.attributes.items())
    if not element.children:
        return f"<{element.tag}{attributes}/>"
    inner = "".join(to_xml(child) for child in element.children)
    return f"<{element.tag}{attributes}>{inner}</{element.tag}>"


def write_value(value: Value) -> str:
    """Return a value as an XML attribute: flags are 1 and 0, for `to_xml`."""
    if isinstance(value, bool):
        return "1" if value else "0"
    return str(value)


def to_json(element: Element) -> dict[str, object]:
    """Return the element as a JSON object; children with one name become a list. Plex's answers in JSON are made so."""
    result: dict[str, object] = dict(element.attributes)
    for child in element.children:
        name = child.json_name or child.tag
        siblings = result.setdefault(name, [])
        if isinstance(siblings, list):
            siblings.append(to_json(child))
    return result


def write_unavailable(title: str, status: str) -> Response:
    """Return the 503 page of a Plex server that starts, migrates or is under maintenance, for the double."""
    body = f'<Response code="503" title={quoteattr(title)} status={quoteattr(status)}/>'
    return Response(503, body.encode(), (("Content-Type", "text/xml;charset=utf-8"),))


def write_failure(status: int, reason: str) -> Response:
    """Return the small HTML page of Plex's failures."""
    page = f"<html><head><title>{escape(reason)}</title></head><body><h1>{status} {escape(reason)}</h1></body></html>"
    return Response(status, page.encode(), (("Content-Type", "text/html"),))
