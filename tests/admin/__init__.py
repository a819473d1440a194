"""The HTTP side, over real loopback sockets."""
