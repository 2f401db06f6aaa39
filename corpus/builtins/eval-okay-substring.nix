# substring counts bytes, accepts ranges beyond the end, and takes any negative length for "to the end".
[
  (builtins.substring 0 2 "abc")
  (builtins.substring 1 (-1) "abc")
  (builtins.substring 1 (-5) "abc")
  (builtins.substring 2 100 "abc")
  (builtins.substring 3 1 "abc")
  (builtins.substring 100 1 "abc")
  (builtins.substring 0 0 "abc")
  (builtins.substring 9223372036854775807 9223372036854775807 "abc")
  (builtins.substring 0 9223372036854775807 "abc")
  (builtins.substring 2 9223372036854775807 "abc")
  (builtins.stringLength (builtins.substring 0 1 "é"))
  (builtins.substring 0 2 { outPath = "path"; })
  (builtins.substring 0 3 { __toString = self: "string"; })
  (builtins.substring 0 0 { outPath = "path"; })
  (builtins.substring 0)
  (builtins.substring 0 1)
]
