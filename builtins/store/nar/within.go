package nar

// This file defines how archiving ends early.

import (
	"io"
	"slices"
	"strings"
)

// A Budget ends what takes long.
type Budget interface {
	// Tick is called every so often. n says how much was done since, in units of a
	// microsecond at most. Its error ends everything.
	Tick(n int) error
}

// Within returns fs as Write and the others read it within a budget: their error
// is then that of the budget.
func Within(budget Budget, fs FS) FS { return within{fs, budget} }

type within struct {
	FS
	budget Budget
}

func (w within) Lstat(path string) (Info, error) {
	if err := w.budget.Tick(4); err != nil {
		return Info{}, err
	}
	return w.FS.Lstat(path)
}

func (w within) ReadDir(path string) ([]string, error) {
	names, err := w.FS.ReadDir(path)
	if err == nil {
		err = w.sort(names)
	}
	return names, err
}

// sort sorts names. It ends early by a panic that it recovers.
func (w within) sort(names []string) (err error) {
	defer func() {
		if err != nil {
			_ = recover()
		}
	}()
	n := 0
	slices.SortFunc(names, func(a, b string) int {
		if n++; n&63 == 0 {
			if err = w.budget.Tick(16); err != nil {
				panic(err)
			}
		}
		return strings.Compare(a, b)
	})
	return nil
}

func (w within) Open(path string) (io.ReadCloser, error) {
	f, err := w.FS.Open(path)
	if err != nil {
		return nil, err
	}
	return reader{f, w.budget}, nil
}

type reader struct {
	io.ReadCloser
	budget Budget
}

func (r reader) Read(b []byte) (int, error) {
	n, err := r.ReadCloser.Read(b[:min(len(b), bufSize)])
	if stop := r.budget.Tick(1 + n>>9); stop != nil {
		return n, stop
	}
	return n, err
}
