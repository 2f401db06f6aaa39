# L9: dollars in double-quoted strings
x: [
  "$" "$$" "a$" "$a" "$ {" "{$}"
  "$${x}" "$$${x}" "$$$${x}" "\$${x}" "\$\${x}" "a$${x}b${x}$"
]
