# Escapes of strings in quotes: \n \r \t; any other character stands for itself. (L6)
[ "\n\r\t\\\"\a\b\$\'\{\0\x41" (builtins.stringLength "\n\r\t\\\"\a") "\${x}" "$\{x}" "a$" "$$" "$" "\
" ]
