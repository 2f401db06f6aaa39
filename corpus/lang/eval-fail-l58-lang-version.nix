# L58: the version of the language is an integer.
"version " + builtins.langVersion
