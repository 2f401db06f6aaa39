# L6: escapes in double-quoted strings
[
  "a\nb\rc\td"
  "\"quoted\" \\ backslash"
  "\q\a\0\x41\'"
  "\${a} \$ $\{ \$\{"
]
