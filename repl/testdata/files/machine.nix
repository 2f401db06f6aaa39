{ user ? "alice" }:
{
  hostName = "cellar";
  /** Who may log in. */
  users = [ user ];
  nested.deeper.value = 7;
  "odd name" = 5;
}
