# The start set is looked at before the operator.
builtins.genericClosure { startSet = throw "the start set"; operator = throw "the operator"; }
