package nar

// This file defines how archiving ends early.

import (
	"io"

	"github.com/firn-lang/firn/eval/budget"
)

// Within returns fs as it is read within a budget: Write and Hash then end with the error of the budget.
func Within(b budget.Budget, fs FS) FS {
	if b == nil {
		return fs
	}
	return within{fs, b}
}

type within struct {
	FS
	budget budget.Budget
}

func (w within) Lstat(path string) (Info, error) {
	if err := w.budget.Tick(4); err != nil {
		return Info{}, err
	}
	return w.FS.Lstat(path)
}

// ReadDir returns sorted names, so that sorting is within the budget too.
func (w within) ReadDir(path string) ([]string, error) {
	names, err := w.FS.ReadDir(path)
	if err == nil {
		err = budget.Sort(w.budget, names)
	}
	return names, err
}

func (w within) Open(path string) (io.ReadCloser, error) {
	f, err := w.FS.Open(path)
	if err != nil {
		return nil, err
	}
	return struct {
		io.Reader
		io.Closer
	}{budget.Reader(w.budget, f), f}, nil
}
