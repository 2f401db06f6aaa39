# The position of a call by |>. (L39)
let x = 1; in [ (x |> 2) ]
