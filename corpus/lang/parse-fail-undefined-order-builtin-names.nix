# names that the evaluator knows come first
{ zebra = unknown1; map = unknown2; }
