"""The audit: what a client does on the wire, held against the specification and the operator's rules, and graded.

`traces` says what was observed, `recording` puts it together, `check` and `checks` judge it, `grading` and `result`
say what that is worth; `wire_log` and `capture` read what was observed, `live` has a client observed and provoked.
"""
