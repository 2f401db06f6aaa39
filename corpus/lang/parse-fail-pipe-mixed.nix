# L39: |> then <|
a: f: a |> f <| a
