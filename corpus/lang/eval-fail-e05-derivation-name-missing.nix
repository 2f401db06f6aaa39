# derivationStrict without a name. (E5)
derivationStrict { system = "s"; builder = "b"; }
