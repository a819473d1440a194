"""What alters the registers: changes, the journal of them, and who makes them besides people."""
