# CR LF in quotes is a newline; in an indented string the CR stays, and so does the indentation. (L8)
[ "a
b" ''
  c
  d
'' "ef" "\
g" ]
