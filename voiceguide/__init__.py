"""A voice-guided audio session player: a Markdown routine becomes calm spoken guidance over a living soundscape."""
