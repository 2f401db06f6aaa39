# Which of several failing attributes is told. (L60)
{ zz4 = throw "zz4"; aa4 = throw "aa4"; }
