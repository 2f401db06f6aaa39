# The hash is that of what the filter leaves.
builtins.path { path = ./files/tree; filter = p: t: t == "regular"; sha256 = "sha256-DM6j70TK2IJGh5wMrb3/ZoLtC7fP9KAsScJvW+gL6vQ="; }
