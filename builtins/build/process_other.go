//go:build !unix

package build

// This file defines what there is where no program can be run.

import (
	"context"
	"errors"
	"os"

	"github.com/firn-lang/firn/builtins/build/sandbox"
)

// An exitError says how a builder's program ended.
type exitError struct{ text string }

func (e *exitError) Error() string { return "builder " + e.text }

// runProgram returns an error.
func (*attempt) runProgram(context.Context, *sandbox.Spec) error {
	return errors.New("nothing can be built on this system")
}

// statusText returns how a process ended.
func statusText(state *os.ProcessState) string { return "failed: " + state.String() }

func diskFull(...string) bool { return false }
