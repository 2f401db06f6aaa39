# L55: true, false and null are variables
[
  true
  false
  null
  (let true = 1; false = true; in false)
  (null: null)
  ({ true ? false, ... }: true)
  { inherit true null; false = true; }
  rec { null = 1; a = null; }
]
