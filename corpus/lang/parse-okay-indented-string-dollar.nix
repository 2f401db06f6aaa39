# L9: dollars in indented strings
x: [
  ''$'' ''$$'' ''a$b'' ''$${x}'' ''$$${x}'' ''$$$${x}''
  ''$ ${x}$''
  ''${x}$''
]
