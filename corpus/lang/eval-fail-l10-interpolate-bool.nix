# ... nor Booleans. (L10)
"${true}"
