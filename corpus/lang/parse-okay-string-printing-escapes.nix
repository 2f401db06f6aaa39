# L6: printing escapes quote, backslash and ${
[ "\"" "\\" "\${" "$\${" "$" "$x" "\$\$" ''$''${'' "\\\${" "'" "''" "`" ]
