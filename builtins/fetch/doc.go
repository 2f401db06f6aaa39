// Package fetch gets the trees that references mean: "github:NixOS/nixpkgs", an
// archive at a URL, a folder of this machine.
//
//	Fetcher    fetches trees and files; New makes one
//	Scheme     what fetches the references of one type; package git has one more
//	Env        what a Scheme may use
//	Tree       the files of a reference, and what became known of it
//	HTTP       the capability to talk to servers; package web has the real one
//
// The references themselves are those of package flakeref: a type with attributes,
// as a URL or as a set, locked or not.
//
// # Trees
//
// A tree is a world of its own whose root is "/". Nothing is unpacked into
// folders: an archive becomes one file of the cache (package treefile) that files
// are read from in place. So an archive cannot write outside of its place, whatever
// names and links it has, names that differ in case do not meet, and a fetch that
// fails leaves nothing.
//
// # The cache
//
// The cache is a folder that processes share. What was fetched lies there once, by
// its hash: a reference that says its narHash is found whatever its URL is, and
// needs no server. For each URL there is a note of what was fetched from it, which
// is believed for as long as tarball-ttl says, and then confirmed by ETag or
// Last-Modified. Failures leave no note.
//
// Nothing here, or below, knows the evaluator.
package fetch

// This file defines nothing but the documentation.
