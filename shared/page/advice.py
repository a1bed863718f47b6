"""The next step for each kind of error; docs/errors.md says the same at length."""

from __future__ import annotations

from shared import errors

# The message names the first step; this is the usual cause behind it.
NEXT_STEPS: dict[type[errors.BundleError], str] = {
    errors.UsageError: "Reload the page; if it happens again, update the plugin.",
    errors.SettingError: "Change the setting and test again.",
    errors.StateError: "The user that runs Stash must be allowed to write to its own configuration folder.",
    errors.DependencyMissing: "The released plugin carries what it needs: install that one.",
    errors.Busy: "Wait until it has ended; a process that died is noticed by itself.",
    errors.Conflict: "Look at the present value, then make a new preview.",
    errors.Unreachable: "In a container, localhost is the container itself: use the other machine's name or address.",
    errors.TimedOut: "See whether that machine is busy or asleep, or whether a firewall swallows the connection.",
    errors.TlsFailed: "Within your own network, http:// may be all you need.",
    errors.StartingUp: "Wait a minute and test again.",
    errors.ServerFailed: "The reason is in the other program's own log.",
    errors.RateLimited: "Wait as long as the message says, then try again.",
    errors.AuthRejected: "Copy the key or token again: complete, without spaces.",
    errors.WrongService: "Compare the port: programs of one family look alike.",
    errors.WrongVersion: "Update the other program, then test again.",
    errors.NotFound: "It may have been renamed or deleted there, or the address lacks a part at its end.",
    errors.Refused: "The reason in the message is the other program's own.",
    errors.BadReply: "A proxy in between may change or cut answers: try the direct address.",
    errors.TooLarge: "Ask for less in one request.",
    errors.ForbiddenAddress: "If this service is your own, allow addresses in your network in the plugin's settings.",
    errors.UnreadableRow: "Do it again: the unreadable row was set aside.",
    errors.GraphQLFailed: "The other program may be older or newer than expected: compare its version.",
    errors.ServiceError: "Try again later.",
    errors.BundleError: "Try again; if it happens again, look into Stash's log.",
}


def advise(error: errors.BundleError) -> str:
    """Return the next step for an error, that of its nearest class; failed setup tests show it."""
    return next(NEXT_STEPS[kind] for kind in type(error).__mro__ if kind in NEXT_STEPS)
