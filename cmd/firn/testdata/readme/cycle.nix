rec {
  frontend = { port = backend.port + 1; };
  backend = { port = proxy.port + 1; };
  proxy = { port = frontend.port - 2; };
}
