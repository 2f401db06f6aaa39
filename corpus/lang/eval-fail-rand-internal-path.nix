# What is part of the program is shown in the form of a search path.
"" + <nix/missing>
