# || needs Booleans. (L32)
[ ] || true
