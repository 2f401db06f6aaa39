package storetest

// This file defines the objects of the tests.

import (
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/memory"
	"github.com/firn-lang/firn/builtins/store/nar"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/eval/world"
)

// The path of the text "y" with the name "x", and the hash of the text.
const (
	TextPath = "/nix/store/lfngsssysp6h1v4ccqg23c52s9sjl779-x"
	TextHash = "1ymh908v3l1pkgvqqaj1j0inihh0srspi3jbzy68izsl70vf9z51"
)

// An Object is something to add to a store, and what is known of it. The hashes
// are in base16.
type Object struct {
	Source  store.Source
	Path    string
	Hash    string // that the path is made of
	NARHash string
	CA      string
}

// Fixture returns a file, a tree, the tree without one of its parts, an executable
// file, and the tree as git hashes it. The hashes and paths were recorded with Nix 2.34.8.
func Fixture() []Object {
	tree := Tree()
	return []Object{
		{
			Source:  store.Source{Name: "flat", Method: storepath.Flat, Host: tree, Path: "/hello"},
			Path:    "/nix/store/hrzh64qwa6kpxv4ik12aiyppb3r0njks-flat",
			Hash:    "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03",
			NARHash: "1c37d01af40be2e80691de3cc3df44377a699afbb17c68f080964b2fd071fc13",
			CA:      "fixed:sha256:00xyyr3fi8l6hb839bv3f7yb86yjv7xi1cgh1xnhipym4asvb4aq",
		},
		{
			Source:  store.Source{Name: "tree", Method: storepath.NAR, Host: tree, Path: "/"},
			Path:    "/nix/store/5ii8rgwc1q9acw4nycdcrd18h28jqpcz-tree",
			Hash:    "c442c34a731325ec707f138f1ffb67999f3fe5254bbd94594152abe787f817d1",
			NARHash: "c442c34a731325ec707f138f1ffb67999f3fe5254bbd94594152abe787f817d1",
			CA:      "fixed:r:sha256:1l8pz23ygasj85cr9gab4pjkz7wrczxiz3qkgxqfq98kfd5c6hn4",
		},
		{
			Source: store.Source{Name: "filtered", Method: storepath.NAR, Host: tree, Path: "/",
				Filter: func(path string, kind nar.Kind) (bool, error) { return path != "/sub", nil }},
			Path:    "/nix/store/445v2ax01mpz662vn416wn7plxmxaibp-filtered",
			Hash:    "e827515a0734f25d8602c23057bfdad91d9b49e9a4f3517a29043e4945c8a99c",
			NARHash: "e827515a0734f25d8602c23057bfdad91d9b49e9a4f3517a29043e4945c8a99c",
			CA:      "fixed:r:sha256:1759r12ljgh455x53wx4x54rn7frvazmfc620a35vwil0xd529z8",
		},
		{
			Source:  store.Source{Name: "run", Method: storepath.NAR, Host: tree, Path: "/sub/run"},
			Path:    "/nix/store/fhsg3jqz69b5s1ng2y2947cgd10nvswa-run",
			Hash:    "6283c1668260f903d1a895c0cd6b822fa4b68762bb0b17cedef2d39d97e26554",
			NARHash: "6283c1668260f903d1a895c0cd6b822fa4b68762bb0b17cedef2d39d97e26554",
			CA:      "fixed:r:sha256:0m35wabrvlzjvv71f2xvca3vd91gh9mwvh4mm38h7yb0h9kc30v2",
		},
		{
			Source:  store.Source{Name: "git", Method: storepath.Git, Algo: nixhash.SHA1, Host: tree, Path: "/"},
			Path:    "/nix/store/hlxdpdkdviswgx2031c5ffn5fdl85mv1-git",
			Hash:    "0350ea2e3a24a22f4bbb302c86d787b0242f3bd7",
			NARHash: "c442c34a731325ec707f138f1ffb67999f3fe5254bbd94594152abe787f817d1",
			CA:      "fixed:git:sha1:swxjy95hhzbqcb1hpd5jz8i478pfll03",
		},
	}
}

// Tree returns the files of the fixture.
func Tree() *memory.Tree {
	t := memory.NewTree()
	for name, f := range map[string]memory.File{
		"hello":   {Type: world.Regular, Contents: []byte("hello\n")},
		"sub/run": {Type: world.Regular, Executable: true, Contents: []byte("#!/bin/sh\n")},
		"link":    {Type: world.Symlink, Target: "sub/run"},
		"empty":   {Type: world.Directory},
	} {
		if err := t.Add(name, f); err != nil {
			panic(err) // the names are good
		}
	}
	return t
}
