"""What is given away: the sdist and the wheel, the image, and how long they take to begin. `make wheel`."""
