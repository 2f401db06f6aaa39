# The frames of an error in an element.
builtins.concatStringsSep "," [ "a" (throw "in the element") ]
