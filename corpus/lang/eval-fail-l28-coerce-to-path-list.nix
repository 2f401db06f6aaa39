# Nor a list. (L28)
builtins.pathExists [ ./files ]
