# compareVersions wants a string as its second argument.
builtins.compareVersions "1" 2.0
