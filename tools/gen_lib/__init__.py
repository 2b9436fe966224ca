"""The parts of tools/gen: reading (read_*), checking (check_*) and writing (write_*)."""
