# A function has no JSON.
derivationStrict { name = "n"; builder = "/b"; system = "s"; __structuredAttrs = true; x.y = [ (z: z) ]; }
