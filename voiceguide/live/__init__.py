"""A session while it is heard: what can be asked for, where it is, who voices ahead, and who watches the sound."""
