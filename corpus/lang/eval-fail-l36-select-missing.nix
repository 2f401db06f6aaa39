# A missing attribute, with a suggestion. (L36)
{ name = 1; version = 2; }.nmae
