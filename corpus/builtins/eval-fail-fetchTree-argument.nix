# An integer is neither a set nor a URL.
builtins.fetchTree 1
