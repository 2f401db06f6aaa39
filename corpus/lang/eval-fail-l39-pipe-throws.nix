# The frames of calls by pipes. (L39)
let f = x: x + 1; g = x: throw "g ${toString x}"; in { r = 1 |> f |> g |> f; }
