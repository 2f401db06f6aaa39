# The configuration of a service: what it is called, where it listens, and how it
# prices what is asked of it.
{ environment ? "test" }:
let
  lib = import ./lib;
  production = environment == "production";
in
{
  name = "prices-${environment}";
  listen = { host = if production then "0.0.0.0" else "localhost"; port = 8000 + (if production then 80 else 0); };
  timeout = if production then "1m30s" else "5s";
  currencies = lib.genAttrs [ "eur" "chf" "usd" ] (name: { inherit name; rate = builtins.rate name; });

  # A request is a set; the answer is what is sent back.
  handle = { item, count ? 1, currency ? "eur" }:
    let price = lib.prices.${item} or (throw "there is no ${item}");
    in {
      inherit item count;
      total = lib.round (price * count * builtins.rate currency);
      text = "${toString count} ${item}";
    };
}
