# The message shows the last token that was read.
builtins.fromJSON ''{"some": "string that is fine", "other": nonsense}''
