# The path of a file: URL is absolute.
builtins.fetchTree "file:./archive.tar.gz"
