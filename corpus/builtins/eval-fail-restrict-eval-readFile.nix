# With restrict-eval a file outside of the search path cannot be read.
builtins.readFile /etc/passwd
