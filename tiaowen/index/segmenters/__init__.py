"""One file a segmenter."""
