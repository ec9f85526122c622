"""What people do here, one act a file. The desk connects the stations; it never prints."""
