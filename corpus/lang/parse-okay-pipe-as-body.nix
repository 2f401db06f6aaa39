# L39: pipes inside lambda, let, if and assert
a: f: [
  (x: x |> f)
  (let b = a |> f; in b |> f)
  (if a |> f then f <| a else a |> f)
  (assert a |> f; with a; f <| a)
]
