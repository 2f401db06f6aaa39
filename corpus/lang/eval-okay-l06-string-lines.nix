# A newline in quotes belongs to the string. (L6)
"first
  second
"
