# How strings print: only quote, backslash, newline, return, tab and dollar-brace are escaped. (L6)
[ "a\"b\\c\nd\re\tf" "\${a}" "$a" "$$" "$\${a}" "ä€😀" "'" "" (builtins.fromJSON ''"\u0001\u001b\u007f"'') ]
