# host: a file without end
builtins.stringLength (builtins.readFile /dev/zero)
