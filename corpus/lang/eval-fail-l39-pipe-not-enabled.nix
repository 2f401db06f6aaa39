# Without the experimental feature they are an error. (L39)
1 |> (x: x)
