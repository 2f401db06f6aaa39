# A function in XML shows its formals. (L48)
builtins.toXML [ (x: x) ({ a, b ? 1 }: a) ({ a, ... }: a) ({ a }@args: a) (args@{ ... }: 1) map (map 1) ]
