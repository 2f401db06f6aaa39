# exec needs a program.
builtins.exec [ ]
