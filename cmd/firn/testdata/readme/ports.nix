let
  # What a program wrote: its numbers are strings.
  services = builtins.fromJSON ''{ "web": { "port": "80" } }'';

  # The port of what listens beside a service.
  next = service: 1 + service.port;
in
builtins.mapAttrs (name: next) services
