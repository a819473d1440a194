"""Load tests: a plan, users that Locust runs, what they measured, and the run directory that it is kept in.

Here trio is never imported, and gevent only in the processes of Locust (`users`, `wiring`, `generator`, `locustfile`):
gevent patches the standard library beneath a process, and takes away the select.epoll on which trio stands.
"""
