# Two dollars before a brace are literal; three interpolate nothing else. (L9)
let x = "X"; in [ "$${x}" "$$${x}" "\$${x}" "$\${x}" ''$${x}'' ''$$${x}'' "$$$${x}" "a$${x}b${x}" ]
