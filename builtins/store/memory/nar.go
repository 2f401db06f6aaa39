package memory

// This file defines how an archive becomes a Tree.

import (
	"io"

	"github.com/firn-lang/firn/builtins/store/nar"
	"github.com/firn-lang/firn/eval/budget"
	"github.com/firn-lang/firn/eval/world"
)

// ReadNAR adds what is in an archive to t, which must be empty. The bytes of
// files are charged to b, which may be nil.
func (t *Tree) ReadNAR(b budget.Budget, r io.Reader) error {
	return nar.Read(budget.Reader(b, r), treeVisitor{t, b})
}

type treeVisitor struct {
	t *Tree
	b budget.Budget
}

// fileSize is what a file of a tree takes besides its contents, in bytes.
const fileSize = 200

func (v treeVisitor) Directory(path string) error {
	if err := budget.Charge(v.b, fileSize+len(path)); err != nil {
		return err
	}
	return v.t.Add(path, File{Type: world.Directory})
}

func (v treeVisitor) File(path string, executable bool, size int64, contents io.Reader) error {
	// The size is a promise; ReadAll asks for room as the bytes come.
	data, err := budget.ReadAll(v.b, contents, size)
	if err != nil {
		return err
	}
	if err := budget.Charge(v.b, fileSize+len(path)+len(data)); err != nil {
		return err
	}
	return v.t.Add(path, File{Type: world.Regular, Executable: executable, Contents: data})
}

func (v treeVisitor) Symlink(path, target string) error {
	if err := budget.Charge(v.b, fileSize+len(path)+len(target)); err != nil {
		return err
	}
	return v.t.Add(path, File{Type: world.Symlink, Target: target})
}
