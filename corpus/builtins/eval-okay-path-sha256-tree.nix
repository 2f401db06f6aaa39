# The hash of a tree is that of its archive.
[
  (builtins.path { path = ./files/tree; sha256 = "sha256-DM6j70TK2IJGh5wMrb3/ZoLtC7fP9KAsScJvW+gL6vQ="; } == "${./files/tree}")
  (builtins.path { path = ./files/tree; name = "n"; recursive = true; sha256 = "sha256-DM6j70TK2IJGh5wMrb3/ZoLtC7fP9KAsScJvW+gL6vQ="; } == builtins.path { path = ./files/tree; name = "n"; })
  (builtins.path { path = "${toString ./files/tree}/"; } == "${./files/tree}")
  (builtins.path { path = "${toString ./files}/./search/../tree"; } == "${./files/tree}")
]
