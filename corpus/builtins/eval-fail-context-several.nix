# If there are several elements, the message shows the first in their order, that of the hashes.
builtins.getEnv "${./files/text.txt}${./files/tree/a.txt}${derivation { name = "n"; builder = "/b"; system = "s"; }}"
