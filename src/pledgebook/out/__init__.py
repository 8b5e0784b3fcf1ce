"""What leaves the tracker: answers as text, the board on a terminal."""
