// Package registry looks up what names of flakes stand for: registries, files of entries such
// as "nixpkgs is github:NixOS/nixpkgs/nixpkgs-unstable".
//
//	Parse, Registry.Text   a registry.json, read and written
//	Registry.Add, Remove   entries
//	List.Lookup            what a reference stands for in several registries
//
// It reads no file: callers know where registries are.
package registry

// This file defines nothing but the documentation.
