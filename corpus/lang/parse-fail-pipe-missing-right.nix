# L39: nothing after a pipe
(1 |> )
