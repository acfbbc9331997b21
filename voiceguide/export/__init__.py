"""Files: WAV, FLAC and MP3 with their tags and chapters, and the report on them."""
