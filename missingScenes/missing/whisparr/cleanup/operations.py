"""The operation that shows the preview of the clean-up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from missing.whisparr.cleanup.tasks import PREVIEW, SAVED_PREVIEW
from shared.arguments import takes
from shared.page.paging import format_time

if TYPE_CHECKING:
    from shared.runtime.call import Call


@takes()
def show_preview(call: Call) -> dict[str, Any]:
    """Operation `cleanup_preview`: return the plan that the last dry run saved, or an empty answer."""
    saved = call.store.kv.get(PREVIEW, SAVED_PREVIEW)
    if saved is None:
        return {"plan_id": None, "count": 0, "made_at": None, "limit": None, "is_cut": False}
    about = {"plan_id": str(saved["plan_id"]), "count": saved["count"], "made_at": format_time(saved["at"])}
    return {**about, "limit": saved.get("limit"), "is_cut": bool(saved.get("is_cut"))}
