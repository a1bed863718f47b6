"""Messages to a person outside Stash: ntfy, Gotify, Discord, Telegram, Apprise, or any address that takes JSON.

target = read_target(call.settings)                    # None if nothing is set up
send_message(target, Message("3 new scenes", "…"), clock=call.clock, deadline=call.service_deadline)
"""
