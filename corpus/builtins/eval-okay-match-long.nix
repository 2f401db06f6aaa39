# Long subjects and repetition.
[
  (builtins.stringLength (builtins.head (builtins.match "(a*)b" "${builtins.concatStringsSep "" (builtins.genList (n: "a") 1000)}b")))
  (builtins.length (builtins.split "," (builtins.concatStringsSep "," (builtins.genList toString 200))))
]
