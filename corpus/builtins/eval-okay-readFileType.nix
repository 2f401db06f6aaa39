# The type of a single path; the root is a directory.
[
  (builtins.readFileType ./files/text.txt)
  (builtins.readFileType ./files/tree)
  (builtins.readFileType "${toString ./files/tree}/")
  (builtins.readFileType /.)
]
