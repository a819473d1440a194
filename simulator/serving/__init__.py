"""An operator behind its ports: configuration, doors, connections, the loop of deliveries, start and end."""
