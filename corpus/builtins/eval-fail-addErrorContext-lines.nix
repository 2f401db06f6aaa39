# A text of several lines, and one with percent signs.
builtins.addErrorContext "one\ntwo" (builtins.addErrorContext "100%" (throw "error"))
