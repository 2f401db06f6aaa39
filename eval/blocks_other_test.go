//go:build !unix

package eval_test

// This file defines how much of the disk a file takes, where that is not known.

import ()

import ()

func blocksOf(string) (int64, bool) { return 0, false }
