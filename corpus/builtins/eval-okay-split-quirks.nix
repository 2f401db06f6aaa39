# Matches that are empty, nested groups, and the leftmost longest match.
[
  (builtins.split "a*" "baac")
  (builtins.split "(a*)" "aab")
  (builtins.split "(a*)(b?)" "aab")
  (builtins.split "a|ab|abc" "abcd")
  (builtins.split "(a|ab)(c|bcd)?" "abcd")
  (builtins.split "(a+|b*)*" "xabx")
  (builtins.split "((a)|(b))" "ab")
  (builtins.split "(x)?" "ab")
  (builtins.split "^|,|$" "a,b")
  (builtins.split "." "abc")
  (builtins.split "..?" "abc")
  (builtins.split "[^a-z]+" "one, two; three")
  (builtins.split "(=)([^=]*)$" "a=b=c")
  (builtins.split "\\." "1.2.3")
  (builtins.split "()" "ab")
  (builtins.split "(,)|(;)" "a,b;c")
]
