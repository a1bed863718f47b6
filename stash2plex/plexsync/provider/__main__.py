"""The provider's entry: `python3 -m plexsync.provider`, run in the plugin's folder."""

import sys


def run() -> None:
    """Start the provider with the packages that the plugin's folder carries."""
    if sys.version_info < (3, 9):
        sys.exit("The provider needs Python 3.9 or later.")
    sys.dont_write_bytecode = True  # the plugin's folder stays as Stash installed it
    from shared.runtime.deps import PACKAGES, find_missing, use_vendored

    if not use_vendored() and find_missing():
        sys.exit(
            f"The provider needs the folder of a released plugin, or the packages {' and '.join(PACKAGES.values())}."
        )
    from plexsync.provider.program import main

    sys.exit(main(sys.argv[1:]))


if __name__ == "__main__":
    run()
