"""What the command line says."""

COMMANDS = {
    "command.cancelled": "Order {number} is cancelled. {refund} goes back.",
    "command.cancelled_outside": "Order {number} is cancelled here; {outside} is not told.",
    "command.clock.one": "{count} deadline applied.",
    "command.clock.other": "{count} deadlines applied.",
    "command.migrated": "The store is at revision {revision}.",
    "command.not_a_time": "{value} is not a time; write it as 2026-11-23T18:40:00.",
    "command.unexpected": "Something went wrong on our side; what is known of it is in {file}.",
    "command.no_lines": "(no items)",
    # What a shell can be told more exactly than a screen.
    "command.no_such_order": "There is no order {number}.",
    "command.no_such_person": "There is no account {handle}.",
    "command.reason_not_allowed": "{reason} is no reason for this order now; these are: {allowed}.",
    "command.text_too_short.one": "{reason} needs --text, in your own words.",
    "command.text_too_short.other": "{reason} needs --text of at least {least} characters.",
    "command.web": "Takeback is at {address}. Ctrl+C ends it.",
}
