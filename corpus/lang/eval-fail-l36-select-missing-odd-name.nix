# ... by a name that is no identifier. (L36)
{ }."a b"
