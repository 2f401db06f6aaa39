# L26: @ before and after a set pattern
[
  ({ a }@n: n)
  (n@{ a }: n)
  ({ }@n: n)
  (n@{ }: n)
  ({ ... } @ n: n)
  (n @ { ... }: n)
  (n @ { a ? 1, ... }: [ a n ])
]
