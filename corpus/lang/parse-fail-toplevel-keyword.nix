# L51: in without let
{ } in 1
