"""What is registered at an operator: the world as it began, and the registers as they are now."""
