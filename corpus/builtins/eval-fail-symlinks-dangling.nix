# A link that leads nowhere cannot be read.
builtins.readFile ./files/links/dangling
