"""Numbers: Iran's plans of subscribers' and lines' numbers, sets and lists of them, and numbers of persons."""
