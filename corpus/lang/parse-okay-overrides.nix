# L19: __overrides is an ordinary name to the parser
[
  (rec { a = b; b = 1; __overrides = { b = 2; }; })
  (let __overrides = { a = 2; }; a = 1; in a)
]
