# L39: of two unknown names the function comes first
unknown1 |> unknown2
