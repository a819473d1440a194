"""What takes its time: an operator that is killed again and again (`make kill`), and one that goes on (`make soak`)."""
