"""Outside order files, one file per format, behind one recogniser."""
