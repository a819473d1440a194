"""As much of testcontainers as examples/testcontainers uses, with a process in the container's place."""
