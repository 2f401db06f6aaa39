# The message is coerced like an interpolation.
throw { outPath = "from outPath"; }
