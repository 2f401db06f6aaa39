# outputs is read as a string split at blanks, so a string works as well as a list.
let
  drv = outputs: derivationStrict { name = "n"; builder = "/b"; system = "s"; inherit outputs; };
in
{
  list = drv [ "out" "dev" ];
  string = drv "out dev" == drv [ "out" "dev" ];
  blanks = drv " out  dev\n" == drv [ "out" "dev" ];
  blanksNames = builtins.attrNames (drv " out  dev\n");
  elementWithBlank = builtins.attrNames (drv [ "out dev" ]);
  nested = builtins.attrNames (drv [ [ "out" ] "dev" ]);
  order = (drv [ "a" "b" ]).a == (drv [ "b" "a" ]).a;
  odd = builtins.attrNames (drv [ "a.b" "x+y" ]);
}
