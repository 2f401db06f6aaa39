# L15: lookup paths under with
with { __nixPath = [ ]; }; <a>
