package builtins

// This file defines the texts that <nix/…> finds.

import _ "embed"

//go:embed fetchurl.nix
var fetchurlText string

// InternalTexts returns the texts for Options.Internal of an evaluator.
func InternalTexts() map[string]string { return map[string]string{"fetchurl.nix": fetchurlText} }
