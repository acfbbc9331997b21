"""Words to clips: text is made speakable, spoken by a voice in its own process, levelled and kept."""
