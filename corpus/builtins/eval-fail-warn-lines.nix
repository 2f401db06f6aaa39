# A warning of several lines.
builtins.warn "one\ntwo\n" (builtins.warn "" (builtins.warn "100%" (throw "end")))
