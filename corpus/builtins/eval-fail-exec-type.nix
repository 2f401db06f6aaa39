# exec wants a list.
builtins.exec "true"
