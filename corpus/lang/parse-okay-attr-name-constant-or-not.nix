# L20: a URL or a literal in parentheses in ${ } is static too, nothing else
[
  { ${("a")} = 1; }
  { ${"a" + ""} = 1; }
  { "${"a"}" = 1; }
  { ${"${"a"}"} = 1; }
  { ${a:b} = 1; }
]
