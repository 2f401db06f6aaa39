# L49: a doc comment does not hide an error
{
  /** doc */
  a /** what? */ 1;
}
