# Control characters are taken out of messages; a tab becomes spaces. (E5)
throw "${builtins.fromJSON ''"\u001b[31mred\u001b[0m bell \u0007 return \r tab \t end"''}"
