# This file defines <nix/fetchurl.nix>: a function that makes the derivation of a
# file on the network, which the builder "builtin:fetchurl" fetches.
#
# All attributes of the derivation count for its path, so they are those that
# the reference has, among them some that have no use any more.
{
  url,
  name ? baseNameOf (toString url),
  system ? "", # not used
  executable ? false,
  unpack ? false,
  impure ? false, # what is fetched may change; then there is no hash

  # One of these is the hash of what is fetched; the first that is there counts.
  hash ? "", # as SRI, which has the algorithm in it
  sha512 ? "",
  sha1 ? "",
  md5 ? "",
  sha256 ? "",
  outputHash ?
    if hash != "" then hash
    else if sha512 != "" then sha512
    else if sha1 != "" then sha1
    else if md5 != "" then md5
    else sha256,
  outputHashAlgo ?
    if hash != "" then ""
    else if sha512 != "" then "sha512"
    else if sha1 != "" then "sha1"
    else if md5 != "" then "md5"
    else "sha256",
}:

let
  content = if impure then { __impure = true; } else { inherit outputHash outputHashAlgo; };
in
derivation (
  {
    inherit name url executable unpack;
    urls = [ url ];
    system = "builtin";
    builder = "builtin:fetchurl";
    outputHashMode = if executable || unpack then "recursive" else "flat";
    preferLocalBuild = true;
    impureEnvVars = [ "http_proxy" "https_proxy" "ftp_proxy" "all_proxy" "no_proxy" ];
  }
  // content
)
