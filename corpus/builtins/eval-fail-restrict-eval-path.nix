# Nor copied to the store.
"${/etc/passwd}"
