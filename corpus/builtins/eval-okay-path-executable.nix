# The executable bit is part of the hash.
[
  "${./files/modes/run.sh}"
  "${./files/modes/plain}"
  "${./files/modes}"
]
