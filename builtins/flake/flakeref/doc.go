// Package flakeref reads and writes references to flakes and other trees that
// can be fetched: "github:NixOS/nixpkgs", or a set of attributes.
//
//	Parse      a reference to a flake, from text
//	FromURL    a reference to a tree, from a URL
//	FromAttrs  either, from attributes
//	Ref        a reference: attributes that were checked
//	URL        a URL as the reference implementation has it
//
// It only knows text: nothing is fetched, and no file is looked at.
package flakeref

// This file defines nothing but the documentation.
