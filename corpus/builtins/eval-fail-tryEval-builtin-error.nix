# Errors of builtins are not caught.
builtins.tryEval (builtins.head [ ])
