# The trace of an outPath that throws. (L28)
{ a = "${{ outPath = throw "no outPath"; }}"; }
