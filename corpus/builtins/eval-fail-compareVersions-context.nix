# A version may not refer to a store path.
builtins.compareVersions "1" "${./files/text.txt}"
