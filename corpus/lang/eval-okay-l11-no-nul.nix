# L11: there is no escape that makes a NUL.
[ "\0" (builtins.stringLength "\0") (builtins.stringLength "\x00") ]
