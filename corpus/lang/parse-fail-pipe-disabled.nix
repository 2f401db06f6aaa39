# L39: |> without the experimental feature
a: f: a |> f
