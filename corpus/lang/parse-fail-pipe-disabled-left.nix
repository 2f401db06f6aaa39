# L39: <| without the experimental feature
a: f:
  f <| a
