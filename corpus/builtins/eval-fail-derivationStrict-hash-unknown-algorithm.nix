# An algorithm that does not exist counts as none; the message is about the hash.
derivationStrict { name = "n"; builder = "/b"; system = "s"; outputHash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"; outputHashAlgo = "crc32"; }
