# Without an error it is its second argument, and its message is never evaluated. (E5)
builtins.addErrorContext (throw "message") { a = 1; }
