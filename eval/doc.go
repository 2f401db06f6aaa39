// Package eval evaluates Nix expressions.
package eval
