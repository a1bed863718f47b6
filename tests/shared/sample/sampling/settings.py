"""Settings of the sample plugin."""

from shared.runtime.deps import PACKAGES_GROUP
from shared.settings import LIST, NUMBER, SECRET, SWITCH, Group, Setting

SETTINGS = (
    Group(
        "all",
        "All",
        (
            Setting("apiKey", SECRET, "", "API key", "A key."),
            Setting("limit", NUMBER, 5, "Limit", "A limit.", low=1, high=10, picker="sampling.work:list_limits"),
            Setting("names", LIST, ("a",), "Names", "Some names."),
            Setting("isOn", SWITCH, True, "On", "A switch."),
        ),
    ),
    PACKAGES_GROUP,
)
