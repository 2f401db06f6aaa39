# errors: counts within counts within counts
builtins.match "((((((a{1,255}){1,255}){1,255}){1,255}){1,255}){1,255}){1,255}" "aaaaaaaaaaaaaaaa"
