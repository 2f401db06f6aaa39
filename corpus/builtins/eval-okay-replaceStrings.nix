# replaceStrings goes from left to right, the first pattern in the list wins, and replacements are not searched again.
[
  (builtins.replaceStrings [ "oo" "a" ] [ "a" "i" ] "foobar")
  (builtins.replaceStrings [ "a" "b" ] [ "b" "a" ] "abba")
  (builtins.replaceStrings [ "a" "ab" ] [ "1" "2" ] "ab")
  (builtins.replaceStrings [ "ab" "a" ] [ "2" "1" ] "ab")
  (builtins.replaceStrings [ "aa" ] [ "x" ] "aaaaa")
  (builtins.replaceStrings [ "a" ] [ "" ] "banana")
  (builtins.replaceStrings [ "x" ] [ "y" ] "")
  (builtins.replaceStrings [ ] [ ] "abc")
  (builtins.replaceStrings [ "a" "a" ] [ "1" "2" ] "aa")
  (builtins.replaceStrings [ "abc" ] [ "x" ] "ab")
  (builtins.replaceStrings [ "\n" ] [ "\\n" ] "a\nb")
  (builtins.replaceStrings [ "é" ] [ "e" ] "café")
  (builtins.replaceStrings [ "a" ])
  (builtins.replaceStrings [ "a" ] [ "b" ])
]
