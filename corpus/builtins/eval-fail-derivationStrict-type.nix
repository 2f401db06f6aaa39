# derivationStrict wants a set.
derivationStrict 1
