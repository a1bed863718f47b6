"""What a person can do about each kind of error; docs/errors.md tells the same at length."""

from __future__ import annotations

from shared import errors

NEXT_STEPS: dict[type[errors.BundleError], str] = {
    errors.UsageError: "Reload the page; if it happens again, update the plugin.",
    errors.SettingError: "Change the setting that is named and test again.",
    errors.StateError: "Let the user that runs Stash write to the folder that is named.",
    errors.DependencyMissing: "Install the released plugin, which carries what it needs, or run the command.",
    errors.Busy: "Wait until it has ended.",
    errors.Conflict: "Look at the present value and make a new preview.",
    errors.TimedOut: "See whether the program is overloaded; try again later.",
    errors.TlsFailed: "Use http, or a certificate that this machine trusts.",
    errors.StartingUp: "Wait a minute and test again.",
    errors.Unreachable: "Check the address, that the program runs, and that this machine may connect to it.",
    errors.ServerFailed: "Look into the other program's own log.",
    errors.RateLimited: "Wait; it is asked again by itself.",
    errors.AuthRejected: "Copy the key or token again.",
    errors.WrongService: "Check the address: another program answers there.",
    errors.WrongVersion: "Update the other program.",
    errors.NotFound: "See whether it still exists there.",
    errors.Refused: "See the reason the other program gives.",
    errors.TooLarge: "Ask for less at once.",
    errors.BadReply: "Check the address, and whether a proxy stands in between.",
    errors.GraphQLFailed: "See the reason the other program gives; it may be a newer or older version.",
    errors.ServiceError: "Try again later.",
    errors.BundleError: "Try again; if it happens again, see Stash's log.",
}


def advise(error: errors.BundleError) -> str:
    """The next step for this error, by its nearest kind."""
    return next(NEXT_STEPS[kind] for kind in type(error).__mro__ if kind in NEXT_STEPS)
