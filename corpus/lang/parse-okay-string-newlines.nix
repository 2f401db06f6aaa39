# L6: newlines and tabs inside a string; an escaped newline stays
[
  "one
  two"
  "tab	here"
  "esc\
aped"
]
