# L39: pipe operators
a: f: g: [ (a |> f) (a |> f |> g) (f <| a) (g <| f <| a) (a|>f) (f<|a) ]
