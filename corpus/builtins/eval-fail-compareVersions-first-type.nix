# compareVersions wants a string as its first argument.
builtins.compareVersions 1 "2"
