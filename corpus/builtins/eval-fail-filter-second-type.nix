# filter wants a list as its second argument.
builtins.filter (x: true) null
