"""The resources of the HTTP API, each over a real operator."""
