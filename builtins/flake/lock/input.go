package lock

// This file defines what Compute is told of flakes, and how it gets at them.

import (
	"context"

	"github.com/firn-lang/firn/builtins/flake/flakeref"
)

// An Input is an input as a flake.nix describes it.
type Input struct {
	Ref       *flakeref.Ref // nil if there is none: the input is then looked up by its name
	Follows   Path          // from the flake that says so, empty for that flake; nil if it follows nothing
	IsTree    bool          // flake = false
	Overrides Inputs        // for the inputs of the input
}

// Inputs are inputs by name.
type Inputs map[string]Input

// Registries says which registries names of flakes are looked up in.
type Registries int

// What names may be looked up in. Inputs of inputs see neither the registry of the user nor
// that of the system, so that a lock file does not depend on the machine.
const (
	NoRegistry      Registries = iota
	LimitedRegistry            // that of the command line, and the global one
	AllRegistries
)

// A Tree is what a reference means.
type Tree struct {
	Resolved *flakeref.Ref // what registries made of the reference
	Locked   *flakeref.Ref // with what pins the contents, as in a lock file
	Data     any           // for the Fetcher
}

// A Flake is a folder of a tree with a flake.nix.
type Flake struct {
	Tree   *Tree
	Dir    string // in the tree, clean, without slashes at the ends; "" for the tree itself
	Inputs Inputs
	// Self are the attributes of inputs.self, which change how the tree is fetched.
	Self flakeref.Attrs
	// Lock returns the contents of the flake.lock beside flake.nix; an empty graph if there is
	// none.
	Lock func() (*Graph, error)
}

// A Fetcher gets trees, and reads the flakes in them.
type Fetcher interface {
	// Fetch returns the tree that ref means. Several goroutines call it at once, and trees
	// that turn out not to be needed may be asked for.
	Fetch(ctx context.Context, ref *flakeref.Ref, use Registries) (*Tree, error)
	// Flake reads the flake in the folder dir of a tree. It is called by the goroutine that
	// called Compute, and not at once with itself.
	Flake(t *Tree, dir string) (*Flake, error)
}
