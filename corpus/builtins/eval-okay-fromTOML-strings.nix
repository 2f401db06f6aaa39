# Strings of several lines, with escapes and quotes.
let
  q = "\"\"\"";
  l = "'''";
in
[
  (fromTOML "x = ${q}\n  first \\\n     joined\n  second${q}").x
  (fromTOML "x = ${q}\"a\"\"b${q}").x
  (fromTOML "x = ${l}\n  no \\escape\n  'a' ${l}").x
  (fromTOML "x = ${q}a\r\nb${q}").x
  (fromTOML "x = 'a\\b\"c'").x
  (fromTOML "x = \"\\b\\t\\n\\f\\r\\\"\\\\\"").x
  (fromTOML "x = ${q}${q}").x
]
