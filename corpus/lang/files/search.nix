<p/one>
