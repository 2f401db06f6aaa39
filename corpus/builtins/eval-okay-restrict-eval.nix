# With restrict-eval there is no environment, and outside of the search path nothing can be read.
[
  (builtins.getEnv "HOME")
  (builtins.pathExists ./files/text.txt)
  (builtins.pathExists /etc/passwd)
  (builtins.readFile ./files/text.txt)
  (builtins ? currentTime)
]
