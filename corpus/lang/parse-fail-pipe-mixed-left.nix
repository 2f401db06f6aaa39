# L39: <| then |>
a: f: f <| a |> f
