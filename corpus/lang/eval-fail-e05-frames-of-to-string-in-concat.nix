# Frames of __toString called by a builtin. (E5, L28)
builtins.concatStringsSep ", " [ "a" { __toString = self: self.missing; name = "n"; } ]
