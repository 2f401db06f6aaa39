# L7: an indented string prints as a double-quoted one
[
  ''
    "a"\	${"b"}
    $
  ''
  ''$\{''
]
