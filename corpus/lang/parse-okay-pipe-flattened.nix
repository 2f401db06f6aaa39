# L39: a pipe into a call adds an argument
a: b: f: [ (b |> f a) ((a |> f) b) (f a <| b) (f <| a b) (b |> (f a)) (a b |> f) ]
