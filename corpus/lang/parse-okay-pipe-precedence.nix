# L39: pipes bind weakest
a: b: f: g: [
  (a -> b |> f)
  (f <| a -> b)
  (a + b |> f a |> g)
  (a |> (x: x) |> g)
  ((f <| a) |> g)
  (f <| (a |> g))
]
