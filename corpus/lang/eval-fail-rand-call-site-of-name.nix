# A call that is delayed is made where its value is needed: at the attribute.
builtins.listToAttrs (map (name: { inherit name; value = 1; }) (builtins.genList (n: throw "no name") 1))
