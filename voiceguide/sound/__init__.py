"""The audio process and its devices: takes on a deck, a buffer, a loudspeaker."""
