# L27: which of several duplicates is reported
{ b, a, a, b }: a
