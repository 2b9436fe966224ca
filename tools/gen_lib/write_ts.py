"""Writes TypeScript."""
def ts_files(world):
    return {}
